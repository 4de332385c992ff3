"""The page where a dropped document that is no synthesis becomes an annex."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cahiers.accounts.access import signed_in
from cahiers.consultations.pages import Refusal
from cahiers.meetings.models import Meeting
from cahiers.notebooks.annexes import actions
from cahiers.notebooks.annexes.forms import KeepForm
from cahiers.notebooks.annexes.views import refusals
from cahiers.notebooks.intake.access import draft_for, editable_territories
from cahiers.notebooks.intake.actions import Changed
from cahiers.notebooks.intake.forms import Choices
from cahiers.notebooks.intake.models import ImportDraft
from cahiers.notebooks.intake.views import say_changed
from cahiers.notebooks.models import Notebook

#: Notebooks, and meetings, that the form offers: the others have a link of their own on their page.
OFFERED = 100


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def keep(request: HttpRequest, consultation: str, draft: UUID) -> HttpResponse:
    found = draft_for(request, consultation, draft)
    if not found.is_open:
        return redirect(found)
    notebooks, meetings = _places(request, found)
    form = KeepForm(
        request.POST or None,
        version=found.version,
        places=_choices(notebooks, meetings),
        initial={"title": ""},
    )
    if form.is_valid():
        sort, _sep, uuid = form.cleaned_data["to"].partition(" ")
        among: dict[str, Notebook | Meeting] = {
            str(one.uuid): one for one in (notebooks if sort == "notebook" else meetings)
        }
        place = among[uuid]
        place.consultation = found.consultation
        try:
            with refusals("to"):
                actions.attach_draft(
                    draft=found,
                    to=place,
                    title=form.cleaned_data["title"],
                    public=form.cleaned_data["public"],
                    seen=form.cleaned_data["seen"],
                    by=signed_in(request),
                    now=timezone.now(),
                )
        except Refusal as refusal:
            form.add_error(refusal.name, refusal.message)
        except Changed:
            say_changed(request)
            return redirect(found)
        except OSError:
            form.add_error(None, _("Le fichier n’est plus là : déposez-le de nouveau."))
        else:
            messages.success(request, _("Le fichier est joint."))
            return redirect(place)
    return render(
        request,
        "notebooks/annexes/keep.html",
        {"consultation": found.consultation, "draft": found, "form": form, "wrong": bool(form.errors)},
        status=422 if form.errors else 200,
    )


def _places(request: HttpRequest, draft: ImportDraft) -> tuple[list[Notebook], list[Meeting]]:
    """Those that the visitor may write, of the document's territory first."""
    among = editable_territories(request.user, draft.consultation)
    own = draft.territory_id
    notebooks = draft.consultation.notebooks.filter(territory__in=among).select_related("territory")
    meetings = draft.consultation.meetings.filter(territory__in=among).select_related("territory")
    return (
        sorted(notebooks, key=lambda one: one.territory_id != own)[:OFFERED],
        sorted(meetings, key=lambda one: one.territory_id != own)[:OFFERED],
    )


def _choices(notebooks: list[Notebook], meetings: list[Meeting]) -> Choices:
    groups = [
        (_("Cahiers"), [(f"notebook {one.uuid}", str(one)) for one in notebooks]),
        (_("Sessions"), [(f"meeting {one.uuid}", _numbered(one)) for one in meetings]),
    ]
    return [group for group in groups if group[1]]


def _numbered(meeting: Meeting) -> str:
    return _("Session %(number)d – %(label)s") % {"number": meeting.number, "label": meeting}
