"""Pages of a team, and the end of an account."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cahiers.accounts.access import sign_in_first, signed_in
from cahiers.consultations.access import consultation_for, refuse
from cahiers.consultations.models import Consultation, Membership
from cahiers.consultations.permissions import (
    ORGANISERS,
    is_member,
    may_manage,
    may_manage_some,
    memberships,
)
from cahiers.consultations.team import actions
from cahiers.consultations.team.forms import InvitationForm, RoleForm
from cahiers.consultations.team.queries import team_of
from cahiers.territories.models import Territory, TerritoryQuerySet

#: Keeps the page within its weight: 8 elements a person.
PER_PAGE = 30


@require_safe
@never_cache
def team(request: HttpRequest, consultation: str) -> HttpResponse:
    found = consultation_for(request, consultation, is_member)
    page = Paginator(team_of(found), PER_PAGE).get_page(request.GET.get("page"))
    manages = may_manage_some(request.user, found)
    return render(
        request,
        "consultations/team.html",
        {
            "consultation": found,
            "page": page,
            "members": [(membership, _may_touch(request, found, membership)) for membership in page],
            "manages": manages,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invite(request: HttpRequest, consultation: str) -> HttpResponse:
    found = consultation_for(request, consultation, may_manage_some)
    whole = may_manage(request.user, found)
    form = InvitationForm(
        request.POST if request.method == "POST" else None, among=_managed(request, found, whole), whole=whole
    )
    if form.is_valid():
        try:
            membership = actions.invite(
                consultation=found, **form.cleaned_data, by=signed_in(request), now=timezone.now()
            )
        except actions.AlreadyMember:
            form.add_error(
                "email", _("Cette personne a déjà un rôle à cet endroit : changez-le dans l’équipe.")
            )
        else:
            done = _("%s est dans l’équipe. Un message vient de lui être envoyé.")
            messages.success(request, done % membership.person)
            return redirect("team", found.slug)
    return render(
        request,
        "consultations/invite.html",
        {
            "consultation": found,
            "form": form,
            "offered": form.offered(),
            "days": settings.INVITATION_DAYS,
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def member(request: HttpRequest, consultation: str, membership: str) -> HttpResponse:
    """A colleague's role, to be changed or ended; one's own can be left."""
    found, held = _membership(request, consultation, membership)
    manageable = may_manage(request.user, found, held.territory)
    form = RoleForm(request.POST if request.method == "POST" else None, initial={"role": held.role})
    if request.method == "POST" and not manageable:
        refuse(request, found)
    if form.is_valid():
        try:
            actions.assign(
                membership=held, role=form.cleaned_data["role"], by=signed_in(request), now=timezone.now()
            )
        except actions.LastOrganiser:
            form.add_error("role", _last_organiser())
        except actions.Ended:
            return _ended(request, found)
        else:
            messages.success(request, _("Le rôle de %s est enregistré.") % held.person)
            return redirect("team", found.slug)
    return render(
        request,
        "consultations/member.html",
        {"consultation": found, "membership": held, "form": form, "manageable": manageable},
        status=422 if form.errors else 200,
    )


@require_POST
def invite_again(request: HttpRequest, consultation: str, membership: str) -> HttpResponse:
    found, held = _membership(request, consultation, membership)
    if not may_manage(request.user, found, held.territory):
        refuse(request, found)
    try:
        actions.invite_again(membership=held, by=signed_in(request), now=timezone.now())
    except actions.Answered:
        messages.info(request, _("%s a déjà répondu à l’invitation.") % held.person)
    except actions.Ended:
        return _ended(request, found)
    else:
        messages.success(request, _("L’invitation est renvoyée à %s.") % held.person.email)
    return redirect("member", found.slug, held.uuid)


@require_POST
def dismiss(request: HttpRequest, consultation: str, membership: str) -> HttpResponse:
    found, held = _membership(request, consultation, membership)
    try:
        actions.dismiss(membership=held, by=signed_in(request), now=timezone.now())
    except actions.LastOrganiser:
        messages.error(request, _last_organiser())
        return redirect("member", found.slug, held.uuid)
    except actions.Ended:
        return _ended(request, found)
    messages.success(request, _("%s n’a plus ce rôle.") % held.person)
    return redirect("home") if held.person == request.user else redirect("team", found.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sign_in_first
def delete_account(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    stuck: Consultation | None = None
    if request.method == "POST":
        try:
            actions.delete_account(person=person, by=person, now=timezone.now())
        except actions.LastOrganiser as refusal:
            stuck = refusal.consultation
        else:
            logout(request)
            messages.success(request, _("Votre compte est supprimé."))
            return redirect("home")
    return render(
        request, "consultations/delete_account.html", {"stuck": stuck}, status=409 if stuck else 200
    )


def _membership(request: HttpRequest, slug: str, uuid: str) -> tuple[Consultation, Membership]:
    """A current membership that the visitor may end: one of those they manage, or their own."""
    found = consultation_for(request, slug, is_member)
    held = get_object_or_404(team_of(found), uuid=uuid)
    if not _may_touch(request, found, held):
        refuse(request, found)
    held.consultation = found
    return found, held


def _may_touch(request: HttpRequest, consultation: Consultation, membership: Membership) -> bool:
    return membership.person == request.user or may_manage(request.user, consultation, membership.territory)


def _ended(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    messages.error(request, _("Quelqu’un d’autre vient de changer ce rôle : rien n’a été fait."))
    return redirect("team", consultation.slug)


def _managed(request: HttpRequest, consultation: Consultation, whole: bool) -> TerritoryQuerySet:
    """Territories where the visitor may invite, the highest first."""
    tops = (
        list(consultation.territories.all())
        if whole
        else [
            held.territory
            for held in memberships(request.user, consultation)
            if held.territory and held.role in ORGANISERS
        ]
    )
    return Territory.objects.within(*tops)


def _last_organiser() -> str:
    return _(
        "C’est la dernière personne qui organise toute la concertation : donnez d’abord ce rôle à quelqu’un d’autre."
    )
