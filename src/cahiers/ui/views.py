"""Pages that say what went wrong."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from cahiers.ui import outbox


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "ui/403.html", status=403)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is not this visitor's: another site's, or older than a sign-in in another window."""
    if outbox.wanted(request):
        return JsonResponse({"csrf": True}, status=403)
    return render(request, "ui/stale.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "ui/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/500.html", status=500)
