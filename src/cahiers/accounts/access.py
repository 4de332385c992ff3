"""Who asks, and where a sign-in leads."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from cahiers.accounts.models import Person

#: For views of one's own account: others sign in first, and come back.
sign_in_first = login_required(redirect_field_name="suite")


def signed_in(request: HttpRequest) -> Person:
    """Who asks; for views that none but signed-in people reach."""
    assert isinstance(request.user, Person)
    return request.user


def safe_destination(request: HttpRequest, asked: str) -> str:
    """The page of this site that was asked for, else the first page."""
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if ours else resolve_url(settings.LOGIN_REDIRECT_URL)


def speak(response: HttpResponse, person: Person) -> None:
    """Have the following pages in the person's language, without looking them up for it."""
    if person.language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            person.language,
            max_age=365 * 24 * 3600,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")
