"""Addresses that a visitor hands in."""

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


def safe_destination(request: HttpRequest, asked: str) -> str:
    """The page of this site that was asked for, else the first page."""
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if ours else resolve_url(settings.LOGIN_REDIRECT_URL)
