"""Pages of consultations and notebooks. A stranger reads what is published; members, their drafts too."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response

from cahiers.consultations.access import readable_consultation, refuse
from cahiers.consultations.models import Consultation
from cahiers.consultations.permissions import is_member, visible_to
from cahiers.documents.errors import UnknownFormat
from cahiers.meetings.models import Meeting
from cahiers.meetings.queries import totals, with_totals
from cahiers.notebooks.exports import Export, downloads
from cahiers.notebooks.models import Notebook
from cahiers.notebooks.overview import consultations_with_counts, theme_summaries, tree
from cahiers.notebooks.permissions import may_read_notebook, readable_notebooks
from cahiers.notebooks.queries import block_of
from cahiers.notebooks.tables import anchored, theme_tables


def home(request: HttpRequest) -> HttpResponse:
    consultations = visible_to(request.user, Consultation.objects.all())
    return render(request, "notebooks/home.html", {"consultations": consultations_with_counts(consultations)})


def consultation(request: HttpRequest, consultation: str) -> HttpResponse:
    found = readable_consultation(request, consultation)
    notebooks = readable_notebooks(request.user, found)
    meetings = list(with_totals(found.meetings.select_related("territory")))
    return render(
        request,
        "notebooks/consultation.html",
        {
            "consultation": found,
            "is_member": is_member(request.user, found),
            "method": found.method,
            "notebooks": list(notebooks),
            "meetings": meetings,
            "totals": totals(meetings),
            "tree": tree(notebooks, meetings),
            "windows": {window.stage: window for window in found.windows.all()},
        },
    )


def notebook(request: HttpRequest, consultation: str, notebook: str) -> HttpResponse:
    found = _readable_notebook(request, consultation, notebook)
    themes = theme_summaries(found)
    held = with_totals(Meeting.objects.filter(notebook_links__notebook=found).select_related("territory"))
    meetings = list(held.order_by("notebook_links__position", "notebook_links__pk"))
    return render(
        request,
        "notebooks/notebook.html",
        {
            "consultation": found.consultation,
            "method": found.consultation.method,
            "notebook": found,
            "themes": themes,
            "statement_count": sum(theme.statements for theme in themes),
            "sheet_count": sum(theme.sheets for theme in themes),
            "meetings": meetings,
            "totals": totals(meetings),
            "downloads": downloads(),
        },
    )


def theme(request: HttpRequest, consultation: str, notebook: str, order: int) -> HttpResponse:
    found = _readable_notebook(request, consultation, notebook)
    themes = list(found.themes.select_related("theme"))
    chosen = next((theme for theme in themes if theme.order == order), None)
    if chosen is None:
        raise Http404
    block = block_of(chosen)
    tables = theme_tables(block, found.consultation.method)
    return render(
        request,
        "notebooks/theme.html",
        {
            "consultation": found.consultation,
            "method": found.consultation.method,
            "notebook": found,
            "theme": block,
            "order": order,
            "previous": next((theme for theme in reversed(themes) if theme.order < order), None),
            "next": next((theme for theme in themes if theme.order > order), None),
            "sheets": anchored(block.feedback),
            "numbers": {sheet.number for sheet in block.feedback},
            "tables": tables,
            "emphasised": any(table.emphasised for table in tables),
        },
    )


def download(request: HttpRequest, consultation: str, notebook: str, format: str) -> HttpResponse:
    """The same state gives the same bytes, and the same ETag before a byte is written."""
    found = _readable_notebook(request, consultation, notebook)
    try:
        export = Export(found, format)
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
