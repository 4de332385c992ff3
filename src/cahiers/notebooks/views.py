"""Pages of consultations and notebooks. A stranger reads what is published; members, their drafts too."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response

from cahiers import methods
from cahiers.consultations.access import readable_with_themes, refuse
from cahiers.consultations.models import Consultation
from cahiers.consultations.permissions import may_create, may_edit, may_read_drafts, visible_to
from cahiers.consultations.windows import steps
from cahiers.contributions.collecting.queries import open_forms
from cahiers.documents.errors import UnknownFormat
from cahiers.meetings.permissions import meetings_to_count
from cahiers.meetings.queries import Totals, totals, totals_by_territory
from cahiers.notebooks.annexes.access import annexes_with
from cahiers.notebooks.citations.queries import RESTS, support_of
from cahiers.notebooks.editing.access import barriers_of
from cahiers.notebooks.exports import Export, downloads
from cahiers.notebooks.history import journal_of, lines_of, steps_of
from cahiers.notebooks.models import Notebook, Statement
from cahiers.notebooks.overview import cards, listed, theme_summaries, tree
from cahiers.notebooks.permissions import may_read_notebook, readable_notebooks
from cahiers.notebooks.publishing.access import of_reading
from cahiers.notebooks.publishing.pages import about
from cahiers.notebooks.queries import source_of
from cahiers.notebooks.reading import Reading, drafted, published
from cahiers.notebooks.tables import anchored, theme_tables
from cahiers.notebooks.tasks import tasks_of
from cahiers.ui.forms import SeenForm

#: Entries of a journal's page: 8 elements each.
PER_PAGE = 30
#: Statements of a theme up to which each has its link: beyond, the page would weigh too much, and rows' links do.
LINKED = 120


def home(request: HttpRequest) -> HttpResponse:
    consultations = visible_to(request.user, Consultation.objects.all())
    return render(
        request,
        "notebooks/home.html",
        {
            "consultations": cards(request.user, consultations),
            "may_create": may_create(request.user),
        },
    )


def consultation(request: HttpRequest, consultation: str) -> HttpResponse:
    found, themes = readable_with_themes(request, consultation)
    notebooks = listed(found, readable_notebooks(request.user, found))
    counted = totals_by_territory(meetings_to_count(request.user, found))
    return render(
        request,
        "notebooks/consultation.html",
        {
            "consultation": found,
            "tasks": tasks_of(request.user, found),
            "open_forms": open_forms(request.user, found, timezone.now()),
            # Its stages alone are shown: themes come by their titles.
            "method": methods.get(found.method_key),
            "themes": themes,
            "notebooks": notebooks,
            "totals": sum(counted.values(), Totals()),
            "tree": tree(notebooks, counted),
            "downloads": downloads() if any(one.published for _, one in notebooks) else [],
            "steps": steps(found, timezone.now()),
        },
    )


@of_reading
def notebook(request: HttpRequest, reading: Reading) -> HttpResponse:
    found = reading.notebook
    # Its stages alone are shown: the consultation's own themes would cost a query.
    method = methods.get(found.consultation.method_key)
    themes = theme_summaries(reading.headings, reading.counts, method)
    return render(
        request,
        "notebooks/notebook.html",
        {
            "consultation": found.consultation,
            "method": method,
            "notebook": found,
            "themes": themes,
            "statement_count": sum(theme.statements for theme in themes),
            "sheet_count": sum(theme.heading.sheets for theme in themes),
            "meetings": reading.meetings,
            "totals": totals(reading.meetings),
            "downloads": downloads(),
            "editable": reading.edition is None
            and may_edit(request.user, found.consultation, found.territory),
            "annexes": annexes_with(reading),
            **about(request, reading),
        },
    )


@of_reading
def theme(request: HttpRequest, reading: Reading, order: int) -> HttpResponse:
    found = reading.notebook
    try:
        block, addresses = reading.theme(order)
    except KeyError:
        raise Http404 from None
    # Its stages alone are shown: the consultation's own themes would cost a query.
    method = methods.get(found.consultation.method_key)
    editable = reading.edition is None and may_edit(request.user, found.consultation, found.territory)
    linked = editable or "adresses" in request.GET
    tables = theme_tables(block, method, addresses if linked else None)
    return render(
        request,
        "notebooks/theme.html",
        {
            "consultation": found.consultation,
            "method": method,
            "notebook": found,
            "theme": block,
            "order": order,
            "previous": next((one for one in reversed(reading.headings) if one.order < order), None),
            "next": next((one for one in reading.headings if one.order > order), None),
            "sheets": anchored(block.feedback),
            "numbers": {sheet.number for sheet in block.feedback},
            "tables": tables,
            "emphasised": any(table.emphasised for table in tables),
            "editable": editable,
            "linked": linked and (not editable or sum(table.statements for table in tables) <= LINKED),
            "empty_stages": [stage for stage in method.stages if not block.stages.get(stage.key)],
            **about(request, reading, order),
        },
    )


def statement(request: HttpRequest, code: str) -> HttpResponse:
    """At its short address for ever: what it says, where it stands, where it came from and, to members, its history."""
    found = get_object_or_404(
        Statement.objects.annotate(rests=RESTS).select_related(
            "current",
            "source_file",
            "row__theme__notebook__consultation",
            "row__theme__notebook__territory",
            "row__theme__notebook__live",
        ),
        code=code,
    )
    notebook = found.row.theme.notebook
    whole = may_read_drafts(request.user, notebook.consultation, notebook.territory)
    shown = drafted(found) if whole else published(notebook, code)
    if shown is None or not may_read_notebook(request.user, notebook):
        refuse(request, notebook.consultation)
    stage = methods.get(notebook.consultation.method_key).stage(shown.stage)
    editable = may_edit(request.user, notebook.consultation, notebook.territory)
    barrier = barriers_of(request, notebook).get(stage.key) if editable else None
    return render(
        request,
        "notebooks/statement.html",
        {
            "consultation": notebook.consultation,
            "notebook": notebook,
            "within": shown.theme,
            "statement": found,
            "shown": shown,
            "stands": not whole or (found.present and found.row.present),
            "stage": stage,
            "column": stage.column(shown.kind),
            "source": source_of(found),
            "address": request.build_absolute_uri(request.path),
            "whole": whole,
            "support": support_of(found, whole=whole),
            "steps": steps_of(found) if whole else [],
            "barrier": barrier,
            "editable": editable and not (barrier and barrier.refused),
            "form": SeenForm(initial={"seen": found.current_id}),
        },
    )


def journal(request: HttpRequest, consultation: str, notebook: str) -> HttpResponse:
    """Who did what, when; to strangers, what was done to the notebook as a whole, without a name."""
    found = _readable_notebook(request, consultation, notebook)
    whole = may_read_drafts(request.user, found.consultation, found.territory)
    page = Paginator(journal_of(found, drafts=whole), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "notebooks/journal.html",
        {
            "consultation": found.consultation,
            "notebook": found,
            "page": page,
            "lines": lines_of(page, named=whole),
            "whole": whole,
        },
    )


@of_reading
def download(request: HttpRequest, reading: Reading, format: str) -> HttpResponse:
    """The same state gives the same bytes, and the same ETag before a byte is written."""
    try:
        export = Export(reading, format)
    except UnknownFormat:
        raise Http404 from None
    unchanged = get_conditional_response(request, etag=export.etag)
    if isinstance(unchanged, HttpResponseNotModified):
        return unchanged
    return HttpResponse(
        export.data,
        content_type=export.media_type,
        headers={"Content-Disposition": f'attachment; filename="{export.filename}"', "ETag": export.etag},
    )


def _readable_notebook(request: HttpRequest, consultation: str, notebook: str) -> Notebook:
    found = get_object_or_404(
        Notebook.objects.select_related("consultation", "territory"),
        consultation__slug=consultation,
        slug=notebook,
    )
    if not may_read_notebook(request.user, found):
        refuse(request, found.consultation)
    return found
