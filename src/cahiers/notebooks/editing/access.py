"""How a view gets at what is to be edited: 404 to strangers, 403 to members who have not the right."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from cahiers.consultations.access import refuse
from cahiers.consultations.permissions import may_edit
from cahiers.consultations.windows import Barrier, barriers
from cahiers.notebooks.models import Notebook, Row, Statement


def editable_notebook(request: HttpRequest, consultation: str, notebook: str) -> Notebook:
    found = get_object_or_404(
        Notebook.objects.select_related("consultation", "territory"),
        consultation__slug=consultation,
        slug=notebook,
    )
    _check(request, found)
    return found


def editable_statement(request: HttpRequest, code: str) -> Statement:
    found = get_object_or_404(
        Statement.objects.select_related(
            "current",
            "row__current",
            "row__theme__notebook__consultation",
            "row__theme__notebook__territory",
        ),
        code=code,
    )
    _check(request, found.row.theme.notebook)
    return found


def editable_row(request: HttpRequest, uuid: UUID) -> Row:
    found = get_object_or_404(
        Row.objects.select_related("current", "theme__notebook__consultation", "theme__notebook__territory"),
        uuid=uuid,
    )
    _check(request, found.theme.notebook)
    return found


def barriers_of(request: HttpRequest, notebook: Notebook) -> dict[str, Barrier]:
    """Closed stages of the notebook, to whoever may edit it; one query where all are open."""
    return barriers(
        visitor=request.user,
        consultation=notebook.consultation,
        territory=notebook.territory,
        now=timezone.now(),
    )


def _check(request: HttpRequest, notebook: Notebook) -> None:
    if not may_edit(request.user, notebook.consultation, notebook.territory):
        refuse(request, notebook.consultation)
