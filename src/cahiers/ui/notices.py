"""Pages that the law asks for: who publishes the site, and how accessible it is."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def legal(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/legal.html", {"legal": settings.LEGAL})


def accessibility(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "ui/accessibility.html",
        {"legal": settings.LEGAL, "audit": settings.ACCESSIBILITY_AUDIT, "site": settings.SITE_URL},
    )
