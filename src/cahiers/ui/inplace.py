"""Forms opened inside of another page: its form alone is sent, and saving it leads back to where one was.

htmx says in a header from which page it asks. Without a script nothing of this happens.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers


def inside(request: HttpRequest) -> str:
    """Address, within this site, of the page that asks for another one to show inside; "" where none does."""
    if "HX-Request" not in request.headers:
        return ""
    asking = urlsplit(request.headers.get("HX-Current-URL", ""))
    if asking.netloc != request.get_host() or asking.path.startswith("//"):
        return ""
    return f"{asking.path}?{asking.query}" if asking.query else asking.path


def layout(request: HttpRequest) -> str:
    """What a page with a form extends: the whole page or, inside of another one, the form alone."""
    there = inside(request).partition("?")[0]
    return "ui/fragment.html" if there not in {"", request.path} else "ui/base.html"


def stay_inside(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A form that was sent from inside of a page leads back to that page, not to where its own page leads."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        patch_vary_headers(response, ("HX-Request",))
        if there := inside(request):
            response.headers["Cache-Control"] = "no-store"
            if request.method == "POST" and isinstance(response, HttpResponseRedirect):
                response.headers["Location"] = there
        return response

    return respond
