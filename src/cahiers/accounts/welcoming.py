"""What follows once someone has shown who they are, whichever the way."""

from typing import Final

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from cahiers.accounts import actions
from cahiers.accounts.access import speak
from cahiers.accounts.models import Person
from cahiers.ui.addresses import safe_destination

#: In the session, between the two steps: the code, the address it went to, and the page asked for.
PENDING: Final = "sign_in"
#: A page's address waits in the session or a form: anyone could make it as long as a request.
LONGEST_ADDRESS: Final = 2000


def welcome(request: HttpRequest, person: Person, asked: str) -> HttpResponse:
    """Open their session, and on to the page that they asked for."""
    request.session.pop(PENDING, None)
    actions.welcome(person=person, now=timezone.now())
    login(request, person)  # under another session key
    request.session.set_expiry(None)
    request.session.clear_expired()
    response = redirect(safe_destination(request, asked))
    speak(response, person)
    return response
