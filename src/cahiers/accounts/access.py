"""Who asks, and the language they read."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from cahiers.accounts.models import Person
from cahiers.ui.language import remember

#: For views of one's own account: others sign in first, and come back.
sign_in_first = login_required(redirect_field_name="suite")


def signed_in(request: HttpRequest) -> Person:
    """Who asks; for views that none but signed-in people reach."""
    assert isinstance(request.user, Person)
    return request.user


def speak(response: HttpResponse, person: Person) -> None:
    """Have the following pages in the person's language, without looking them up for it."""
    if person.language:
        remember(response, person.language)
