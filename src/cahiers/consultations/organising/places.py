"""Pages that choose which territories are consulted: by search, by level, or down the tree."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cahiers.accounts.access import signed_in
from cahiers.consultations.access import consultation_for
from cahiers.consultations.organising import actions
from cahiers.consultations.organising.forms import SearchForm
from cahiers.consultations.permissions import may_create, may_manage
from cahiers.journal.actions import CommandReused
from cahiers.territories.addresses import slug_of
from cahiers.territories.models import Territory, TerritoryQuerySet

#: Keeps the page within its weight: 8 elements a territory.
PER_PAGE = 20


@require_safe
@never_cache
def consulted(request: HttpRequest, consultation: str) -> HttpResponse:
    found = consultation_for(request, consultation, may_manage)
    form = SearchForm(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    under = _uuid(request.GET.get("sous", ""))
    above = Territory.objects.filter(uuid=under).first() if under else None
    searched = sought(given.get("q", ""), given.get("niveau", ""), above)
    tops = list(found.territories.order_by("path"))
    chosen = Paginator(tops, PER_PAGE).get_page(request.GET.get("choisis"))
    page = Paginator(searched.select_related("parent"), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "consultations/consulted.html",
        {
            "consultation": found,
            "here": "settings",
            "form": form,
            "above": above,
            "trail": Territory.objects.leading_to(above.path).exclude(pk=above.pk) if above else (),
            "chosen": chosen,
            "page": page,
            "offered": [(one, any(one.is_within(top) for top in tops)) for one in page],
            "query": _without_page(request),
            "command": uuid4(),
            "may_grow": may_create(request.user),
        },
    )


@require_POST
def consult(request: HttpRequest, consultation: str) -> HttpResponse:
    found = consultation_for(request, consultation, may_manage)
    territory, command = _asked(request)
    try:
        actions.add_territory(
            consultation=found,
            territory=territory,
            command=command,
            by=signed_in(request),
            now=timezone.now(),
        )
    except CommandReused:
        messages.error(request, _("Cette page avait déjà servi : rien n’a été fait, recommencez."))
    else:
        messages.success(request, _("%s est dans la concertation, avec tout ce qui en dépend.") % territory)
    return redirect("consulted", found.slug)


@require_POST
def dismiss(request: HttpRequest, consultation: str) -> HttpResponse:
    found = consultation_for(request, consultation, may_manage)
    territory, command = _asked(request)
    try:
        actions.remove_territory(
            consultation=found,
            territory=territory,
            command=command,
            by=signed_in(request),
            now=timezone.now(),
        )
    except actions.InUse:
        told = _("%s reste : un cahier, une session, une contribution ou un rôle s’y rattache.")
        messages.error(request, told % territory)
    except CommandReused:
        messages.error(request, _("Cette page avait déjà servi : rien n’a été fait, recommencez."))
    else:
        messages.success(request, _("%s n’est plus dans la concertation.") % territory)
    return redirect("consulted", found.slug)


def sought(words: str, level: str, above: Territory | None) -> TerritoryQuerySet:
    """By part of a name or code, by level, or both; for neither, what is just below `above`, or the roots."""
    found = Territory.objects.all()
    if words:
        # Slugs have neither capitals nor accents, and every database compares them the same way.
        named = Q(slug__contains=slug_of(words)) if slug_of(words) else Q(pk__in=())
        found = found.filter(named | Q(code__iexact=words.strip()))
    if level:
        found = found.filter(level=level)
    if above is not None:
        found = found.filter(path__startswith=above.path).exclude(pk=above.pk)
    if not words and not level:
        found = found.filter(parent=above)
    return found.order_by("path")


def _asked(request: HttpRequest) -> tuple[Territory, UUID]:
    territory = get_object_or_404(Territory, uuid=_uuid(request.POST.get("territory", "")) or uuid4())
    return territory, _uuid(request.POST.get("command", "")) or uuid4()


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _without_page(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
