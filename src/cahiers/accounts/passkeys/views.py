"""Pages and answers about passkeys; a script of ours speaks with the device."""

import secrets
from typing import Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cahiers.accounts import codes
from cahiers.accounts.access import sign_in_first, signed_in
from cahiers.accounts.limits import Limit, client_of
from cahiers.accounts.models import Passkey
from cahiers.accounts.passkeys import actions
from cahiers.accounts.welcoming import LONGEST_ADDRESS, welcome

#: In the session, until it is answered, once: the challenge in hexadecimal, and when it was made.
ASKED: Final = "passkey"
#: Seconds to answer.
LIFE: Final = 300
#: Each challenge is a row of the sessions' table; a network is often a whole school.
CHALLENGED_FROM: Final = Limit(name="challenged-from", most=600, within=codes.ASKED_FROM.within)


class NameForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Nom de la clé"),
        help_text=gettext_lazy("Par exemple : mon téléphone."),
        max_length=100,
    )


@require_POST
@never_cache
def challenge(request: HttpRequest) -> HttpResponse:
    """What a key signs to sign in, in JSON."""
    _check_offered()
    if not CHALLENGED_FROM.spend(client_of(request), timezone.now()):
        return HttpResponse(status=429)
    if not request.user.is_authenticated:
        request.session.set_expiry(int(codes.LIFE.total_seconds()))
    return _json(actions.options_to_sign_in(_ask(request)))


@require_POST
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    _check_offered()
    asked = request.POST.get("suite", "")[:LONGEST_ADDRESS]
    try:
        person = actions.redeem(
            answer=request.POST.get("answer", ""), challenge=_asked(request), now=timezone.now()
        )
    except actions.Refused:
        messages.error(
            request, _("Cette clé n’est pas reconnue ici. Réessayez, ou demandez un code par courrier.")
        )
        return redirect(f"{reverse('sign_in')}?{urlencode({'suite': asked})}")
    return welcome(request, person, asked)


@require_POST
@never_cache
@sign_in_first
def challenge_to_add(request: HttpRequest) -> HttpResponse:
    """What a key is made with, in JSON."""
    _check_offered()
    return _json(actions.options_to_add(signed_in(request), _ask(request)))


@require_POST
@sign_in_first
def add(request: HttpRequest) -> HttpResponse:
    """The key, which its page then names."""
    _check_offered()
    try:
        key = actions.add(
            person=signed_in(request),
            answer=request.POST.get("answer", ""),
            challenge=_asked(request),
            now=timezone.now(),
        )
    except actions.Refused:
        messages.error(request, _("La clé n’a pas pu être ajoutée : recommencez."))
        return redirect("account")
    except actions.TooManyKeys:
        messages.error(request, _("Vous avez beaucoup de clés : retirez-en une d’abord."))
        return redirect("account")
    messages.success(request, _("La clé est ajoutée. Donnez-lui un nom qui vous la fasse reconnaître."))
    return redirect("passkey", key.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sign_in_first
def passkey(request: HttpRequest, key: UUID) -> HttpResponse:
    """Name a key of one's own."""
    found = _own(request, key)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": found.name})
    if form.is_valid():
        actions.rename(key=found, **form.cleaned_data)
        messages.success(request, _("Le nom de la clé est enregistré."))
        return redirect("account")
    return render(
        request, "accounts/passkey.html", {"form": form, "key": found}, status=422 if form.errors else 200
    )


@require_POST
@sign_in_first
def remove(request: HttpRequest, key: UUID) -> HttpResponse:
    actions.remove(key=_own(request, key))
    messages.success(request, _("La clé est retirée : elle ne connecte plus à ce compte."))
    return redirect("account")


def _own(request: HttpRequest, key: UUID) -> Passkey:
    return get_object_or_404(signed_in(request).passkeys, uuid=key)


def _check_offered() -> None:
    if not actions.offered():
        raise Http404


def _ask(request: HttpRequest) -> bytes:
    made = secrets.token_bytes(32)
    request.session[ASKED] = {"challenge": made.hex(), "at": timezone.now().timestamp()}
    return made


def _asked(request: HttpRequest) -> bytes:
    """The challenge, which is answered once. Raises Refused where there is none, or none so young."""
    asked = request.session.pop(ASKED, None)
    if asked is None or timezone.now().timestamp() - asked["at"] > LIFE:
        raise actions.Refused
    return bytes.fromhex(asked["challenge"])


def _json(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="application/json")
