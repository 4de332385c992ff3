"""Pages of a stage's table, and of its items: words, emphasis, place; one that was missed is added."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cahiers.documents.model import Item, Row, Synthesis, ThemeBlock
from cahiers.notebooks.intake import preview
from cahiers.notebooks.intake.correcting.forms import DestinationForm, ItemForm, NewItemForm
from cahiers.notebooks.intake.corrections import items
from cahiers.notebooks.intake.corrections.places import Destination, NoSuchPlace, RowSpot, Spot, item_at
from cahiers.notebooks.intake.forms import Choices
from cahiers.notebooks.intake.models import ImportDraft
from cahiers.notebooks.intake.pages import (
    ASIDE,
    Correction,
    answer,
    form_page,
    gone,
    read_theme,
    stage_of,
    table_address,
    theme_address,
    titled,
)
from cahiers.notebooks.intake.views import undo_form

#: Rows that the list of a form offers, around the one where the item is.
OFFERED = 80
NEW_ROW = "new"


@require_safe
@never_cache
def table(request: HttpRequest, consultation: str, draft: UUID, theme: int, stage: str) -> HttpResponse:
    """A stage's rows as they were understood, each beside what the source has there."""
    found, _synthesis, block = read_theme(request, consultation, draft, theme)
    shown = stage_of(found, stage)
    rows = block.stages.get(stage, ())
    pages = preview.pages_of(rows)
    asked = request.GET.get("page", "1")
    number = min(max(1, int(asked) if asked.isdecimal() else 1), len(pages))
    columns, on_page = preview.shown_rows(rows, pages[number - 1], shown, preview.source_lines(found))
    return render(
        request,
        "notebooks/intake/table.html",
        _around(found, theme, block)
        | {
            "stage": shown,
            "columns": columns,
            "rows": on_page,
            "page": number,
            "pages": len(pages),
            "undoing": undo_form(found),
        },
    )


@require_safe
@never_cache
def row(
    request: HttpRequest, consultation: str, draft: UUID, theme: int, stage: str, row: int
) -> HttpResponse:
    """Leads to a row, on whichever page of its table it is."""
    found = read_theme(request, consultation, draft, theme)[0]
    return redirect(
        table_address(found, RowSpot(theme=theme - 1, stage=stage_of(found, stage).key, row=row - 1))
    )


@form_page
@never_cache
def add(request: HttpRequest, consultation: str, draft: UUID, theme: int, stage: str) -> HttpResponse:
    """An item that the reader missed, in a row of the table or in a new one."""
    found, _synthesis, block = read_theme(request, consultation, draft, theme)
    shown = stage_of(found, stage)
    rows = block.stages.get(stage, ())
    asked = request.GET.get("ligne", "")
    form = NewItemForm(
        request.POST or None,
        version=found.version,
        kinds=[(column.kind, column.label) for column in shown.columns],
        rows=len(rows),
        initial={"row": asked if asked.isdecimal() else None},
    )
    landed = [RowSpot(theme=theme - 1, stage=stage, row=0)]

    def change(before: Synthesis) -> Synthesis:
        given = form.cleaned_data
        row = given["row"] - 1 if given["row"] else None
        to = Destination(theme=theme - 1, stage=stage, kind=given["kind"], row=row)
        item = Item(text=given["text"], emphasised=given["emphasised"])
        after, landed[0] = items.put(before, item, to)
        return after

    return answer(
        request,
        Correction(
            draft=found,
            form=form,
            title=_("Ajouter un énoncé"),
            button=_("Ajouter"),
            said=_("L’énoncé est ajouté."),
            change=change,
            there=lambda: table_address(found, landed[0]),
            up=(table_address(found, landed[0]), f"{titled(block)} – {shown.title}"),
        ),
    )


@form_page
@never_cache
def item(
    request: HttpRequest,
    consultation: str,
    draft: UUID,
    theme: int,
    stage: str,
    row: int,
    kind: str,
    index: int,
) -> HttpResponse:
    """An item: its words, its emphasis, its column and row; or it is set aside."""
    found, synthesis, block = read_theme(request, consultation, draft, theme)
    shown, spot = stage_of(found, stage), _spot(theme, stage, row, kind, index)
    rows = block.stages.get(stage, ())
    try:
        current = item_at(synthesis, spot)
    except NoSuchPlace:
        return gone(request, theme_address(found, theme - 1))
    form = ItemForm(
        request.POST or None,
        version=found.version,
        kinds=[(column.kind, column.label) for column in shown.columns],
        rows=_row_choices(rows, spot.row),
        beside=len(rows[spot.row].cells[kind]),
        initial={
            "text": current.text,
            "emphasised": current.emphasised,
            "kind": kind,
            "row": str(spot.row),
            "rank": index,
        },
    )
    asked, landed = request.POST.get("do", ""), [spot]
    if asked == ASIDE:
        form.ask_nothing()

    def change(before: Synthesis) -> Synthesis:
        if asked == ASIDE:
            column = shown.column(kind)
            # In French whoever reads: it is kept with the document, like the warnings of readers.
            said = f"Mis de côté avant l’import ({block.title or 'thème sans titre'}, {column.plural})."
            return items.set_aside(before, spot, said)
        given = form.cleaned_data
        after = items.reword(before, spot, text=given["text"], emphasised=given["emphasised"])
        chosen = {"previous": spot.row - 1, "next": spot.row + 1}.get(asked)
        if chosen is None:
            chosen = None if given["row"] == NEW_ROW else int(given["row"])
        to = Destination(theme=spot.theme, stage=stage, kind=given["kind"], row=chosen)
        after, landed[0] = items.move(after, spot, to)
        if landed[0] == spot and given.get("rank"):
            after, landed[0] = items.reorder(after, spot, given["rank"] - 1)
        return after

    return answer(
        request,
        Correction(
            draft=found,
            form=form,
            template="notebooks/intake/item.html",
            said=_("L’énoncé est mis de côté.") if asked == ASIDE else _("L’énoncé est corrigé."),
            change=change,
            there=lambda: table_address(found, landed[0]),
            current=lambda now: item_at(now, spot).text,
            source=current.source,
            given=_around(found, theme, block)
            | {
                "stage": shown,
                "row": row,
                "kind": kind,
                "index": index,
                "is_first": spot.row == 0,
                "is_last": spot.row == len(rows) - 1,
                "table": table_address(found, spot),
            },
        ),
    )


@form_page
@never_cache
def carry(
    request: HttpRequest,
    consultation: str,
    draft: UUID,
    theme: int,
    stage: str,
    row: int,
    kind: str,
    index: int,
) -> HttpResponse:
    """An item put in another theme or another stage."""
    found, synthesis, block = read_theme(request, consultation, draft, theme)
    shown, spot = stage_of(found, stage), _spot(theme, stage, row, kind, index)
    try:
        current = item_at(synthesis, spot)
    except NoSuchPlace:
        return gone(request, theme_address(found, theme - 1))
    form = DestinationForm(
        request.POST or None,
        version=found.version,
        synthesis=synthesis,
        method=found.consultation.method,
        initial={"theme": str(theme - 1), "column": f"{stage} {kind}"},
    )
    landed = [spot]

    def change(before: Synthesis) -> Synthesis:
        after, landed[0] = items.move(before, spot, form.destination())
        return after

    return answer(
        request,
        Correction(
            draft=found,
            form=form,
            title=_("Porter un énoncé ailleurs"),
            button=_("Porter"),
            said=_("L’énoncé est à sa nouvelle place."),
            change=change,
            there=lambda: table_address(found, landed[0]),
            current=lambda now: item_at(now, spot).text,
            source=current.source,
            up=(table_address(found, spot), f"{titled(block)} – {shown.title}"),
            given={"quoted": current.text},
        ),
    )


def _spot(theme: int, stage: str, row: int, kind: str, index: int) -> Spot:
    """Of an address, which counts from 1."""
    return Spot(theme=theme - 1, stage=stage, row=row - 1, kind=kind, index=index - 1)


def _around(draft: ImportDraft, theme: int, block: ThemeBlock) -> dict[str, Any]:
    return {"consultation": draft.consultation, "draft": draft, "theme": block, "order": theme}


def _row_choices(rows: tuple[Row, ...], here: int) -> Choices:
    first = max(0, min(here - OFFERED // 2, len(rows) - OFFERED))
    near = list(enumerate(rows))[first : first + OFFERED]
    named = [(str(number), _row_label(number, row)) for number, row in near]
    return [*named, (NEW_ROW, _("Une nouvelle ligne, à la fin"))]


def _row_label(number: int, row: Row) -> str:
    """Its number and its name, or how its first item begins."""
    words = preview.words_of(row)
    label = _("Ligne %d") % (number + 1)
    return f"{label} – {Truncator(words).chars(50)}" if words else label
