"""The language of the interface: French unless the person chose, whatever the browser asks for.

What people wrote stays French: an interface that followed the browser would be half English unasked.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from cahiers.ui.addresses import safe_destination

KNOWN = frozenset(code for code, _ in settings.LANGUAGES)


def chosen_language(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer in the language of the visitor's cookie."""

    def respond(request: HttpRequest) -> HttpResponse:
        asked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = asked if asked in KNOWN else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        translation.activate(language)
        response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Cookie",))
        return response

    return respond


@csrf_exempt  # changes a cookie of the visitor's alone; a token would make each answer differ from the last
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the choice in a cookie, and go back."""
    response = redirect(safe_destination(request, request.POST.get("suite", "")))
    language = request.POST.get("langue", "")
    if language in KNOWN:
        remember(response, language)
    return response


def remember(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
