"""Signing in and out, and one's account."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cahiers.accounts import actions, codes
from cahiers.accounts.access import sign_in_first, signed_in, speak
from cahiers.accounts.forms import CodeForm, EmailForm, ProfileForm
from cahiers.accounts.limits import client_of
from cahiers.accounts.passkeys.actions import offered
from cahiers.accounts.welcoming import LONGEST_ADDRESS, PENDING, welcome
from cahiers.ui.addresses import safe_destination


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a code. What follows is the same whether the address is known or not."""
    asked = request.POST.get("suite", request.GET.get("suite", ""))[:LONGEST_ADDRESS]
    if request.user.is_authenticated:
        return redirect(safe_destination(request, asked))
    form = EmailForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        email = form.cleaned_data["email"]
        try:
            code = codes.ask(email=email, client=client_of(request), now=timezone.now())
        except codes.TooMany:
            form.add_error(None, _("Trop de codes ont été demandés. Réessayez dans un quart d’heure."))
            status = 429
        else:
            request.session[PENDING] = {"code": str(code.uuid), "email": email, "suite": asked}
            request.session.set_expiry(int(codes.LIFE.total_seconds()))
            return redirect("sign_in_code")
    elif form.is_bound:
        status = 422
    given = {"form": form, "suite": asked, "passkeys": offered()}
    return render(request, "accounts/sign_in.html", given, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Give the code back."""
    pending = request.session.get(PENDING)
    if pending is None:
        return redirect("sign_in")
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            person = codes.redeem(
                code=UUID(pending["code"]),
                digits=form.cleaned_data["digits"],
                client=client_of(request),
                now=timezone.now(),
            )
        except codes.WrongCode:
            form.add_error(
                "digits", _("Ce n’est pas le code envoyé à cette adresse. Vérifiez-le dans le message.")
            )
            status = 422
        except codes.SpentCode:
            form.add_error("digits", _("Ce code ne sert plus : demandez-en un autre."))
            status = 422
        except codes.TooMany:
            form.add_error(None, _("Trop d’essais pour cette adresse. Réessayez dans une heure."))
            status = 429
        else:
            return welcome(request, person, pending["suite"])
    elif form.is_bound:
        status = 422
    return render(request, "accounts/sign_in_code.html", {"form": form, "pending": pending}, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, _("Vous êtes déconnecté."))
    return redirect("home")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sign_in_first
def account(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    form = ProfileForm(
        request.POST if request.method == "POST" else None,
        initial={"display_name": person.display_name, "language": person.language},
    )
    if form.is_valid():
        actions.edit(person=person, **form.cleaned_data, by=person, now=timezone.now())
        messages.success(request, _("Votre compte est à jour."))
        response = redirect("account")
        speak(response, person)
        return response
    return render(
        request,
        "accounts/account.html",
        {
            "form": form,
            "person": person,
            "passkeys": person.passkeys.all() if offered() else None,
        },
        status=422 if form.errors else 200,
    )


@require_POST
@sign_in_first
def close_sessions(request: HttpRequest) -> HttpResponse:
    """Everywhere, here included."""
    person = signed_in(request)
    actions.close_sessions(person=person, by=person, now=timezone.now())
    logout(request)
    messages.success(request, _("Vous êtes déconnecté de tous vos appareils."))
    return redirect("home")
