"""Pages that strangers read, kept until something is written.

What a public page shows changes by an action, and each action is in the journal: while the journal is the same, so is
the page. A peak of readers, on the day that a plan is published, then costs one query a page.
"""

from collections.abc import Callable
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from cahiers.journal.models import Entry

#: Seconds after which a page is drawn again all the same: windows open and close by the clock.
LASTS = 60
#: Cookies that change nothing of a page: it is kept by language, and one that holds a form's token is not kept.
HARMLESS = frozenset({settings.LANGUAGE_COOKIE_NAME, settings.CSRF_COOKIE_NAME})

Respond = Callable[[HttpRequest], HttpResponse]


def kept_for_strangers(get_response: Respond) -> Respond:
    """Answer those who carry nothing of their own with the page as it was last drawn."""

    def respond(request: HttpRequest) -> HttpResponse:
        if not _is_anyones(request):
            return get_response(request)
        key = _key(request)
        kept = cache.get(key)
        if kept is not None:
            content, headers = kept
            return HttpResponse(content, headers=headers)
        response = get_response(request)
        if _can_be_kept(request, response):
            cache.set(key, (response.content, dict(response.headers)), LASTS)
        return response

    return respond


def _is_anyones(request: HttpRequest) -> bool:
    own = set(request.COOKIES) - HARMLESS
    return request.method == "GET" and not own and "HX-Request" not in request.headers


def _key(request: HttpRequest) -> str:
    """The address, the language, and the last entry of the journal: one query."""
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    address = sha256(f"{chosen} {request.build_absolute_uri()}".encode()).hexdigest()
    return f"page:{last}:{address}"


def _can_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and response.headers.get("Content-Type", "").startswith("text/html")
        and "no-store" not in response.headers.get("Cache-Control", "")
        and "private" not in response.headers.get("Cache-Control", "")
        # A form's token is its visitor's own.
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and b"csrfmiddlewaretoken" not in response.content
    )
