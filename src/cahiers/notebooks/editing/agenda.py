"""The page that says which meetings a notebook accounts for, in which order."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cahiers.accounts.access import signed_in
from cahiers.consultations.pages import FormPage, answer, posted
from cahiers.meetings.models import Meeting
from cahiers.notebooks.actions import agenda
from cahiers.notebooks.editing.access import editable_notebook
from cahiers.ui.forms import LinesField, SeenForm

#: Meetings that the page lists with their numbers.
LISTED = 60


class AgendaForm(SeenForm):
    numbers = LinesField(
        label=gettext_lazy("Numéros des sessions"),
        help_text=gettext_lazy("Un par ligne, dans l’ordre du cahier."),
        required=False,
        rows=8,
    )

    def __init__(self, *args: Any, among: QuerySet[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.among = among
        #: What the numbers are, in their order.
        self.meetings: list[Meeting] = []

    def clean_numbers(self) -> list[str]:
        lines: list[str] = self.cleaned_data["numbers"]
        numbers = [line.lstrip("nN°").strip() for line in lines]
        wanted = [
            int(number) for number in numbers if number.isascii() and number.isdigit() and len(number) < 10
        ]
        found = {meeting.number: meeting for meeting in self.among.filter(number__in=wanted)}
        for number in numbers:
            if not number.isascii() or not number.isdigit() or int(number[:10]) not in found:
                self.add_error("numbers", _("Aucune session ne porte ce numéro : %s.") % number)
                return lines
        self.meetings = list(dict.fromkeys(found[number] for number in wanted))
        return [str(meeting.number) for meeting in self.meetings]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def meetings_of(request: HttpRequest, consultation: str, notebook: str) -> HttpResponse:
    found = editable_notebook(request, consultation, notebook)
    among = found.consultation.meetings.filter(territory__path__startswith=found.territory.path)
    held = agenda.agenda_of(found)
    either = found.consultation.meetings.filter(pk__in=[meeting.pk for meeting in held]) | among
    initial = {"numbers": [str(meeting.number) for meeting in held]}
    form = AgendaForm(posted(request), initial={**initial, "seen": agenda.state_of(found)}, among=either)

    def act(given: dict[str, Any]) -> None:
        agenda.account_for(
            notebook=found,
            meetings=form.meetings,
            seen=given["seen"],
            command=given["command"],
            by=signed_in(request),
            now=timezone.now(),
        )

    page = FormPage(
        title=_("Sessions du cahier"),
        lead=_("Les sessions dont ce cahier rend compte : celles de son territoire et d’en dessous."),
        form=form,
        button=_("Enregistrer"),
        back=found.get_absolute_url(),
        said=_("Les sessions du cahier sont enregistrées."),
        template="notebooks/agenda.html",
        current=lambda: initial,
        given={"notebook": found, "offered": either.select_related("territory").order_by("number")[:LISTED]},
    )
    return answer(request, found.consultation, page, act)
