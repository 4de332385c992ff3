"""Pages where what was understood of a document is corrected, beside what the document says."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cahiers.documents.model import Row, Synthesis, ThemeBlock
from cahiers.notebooks.intake import corrections, preview
from cahiers.notebooks.intake.corrections import Destination, NoSuchPlace, Spot
from cahiers.notebooks.intake.forms import Choices, DestinationForm, ItemForm, PlaceForm, ThemeForm
from cahiers.notebooks.intake.models import ImportDraft
from cahiers.notebooks.intake.pages import (
    Correction,
    address_of,
    answer,
    read_draft,
    read_theme,
    stage_of,
    table_address,
)
from cahiers.notebooks.intake.views import say_changed, undo_form

#: Rows that the list of a form offers, around the one where the item is.
OFFERED = 80
NEW_ROW = "new"

form_page = require_http_methods(["GET", "HEAD", "POST"])


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
    spot = Spot(theme=theme - 1, stage=stage_of(found, stage).key, row=row - 1, kind="", index=0)
    return redirect(table_address(found, spot))


@form_page
@never_cache
def theme(request: HttpRequest, consultation: str, draft: UUID, theme: int) -> HttpResponse:
    """What a theme is called, and what was understood of it."""
    found, _synthesis, block = read_theme(request, consultation, draft, theme)
    method = found.consultation.method
    form = ThemeForm(
        request.POST or None,
        version=found.version,
        method=method,
        initial={"key": block.key or "", "number": block.number, "title": block.title},
    )
    stages = [
        (stage, len(block.stages[stage.key]), sum(_items(block.stages[stage.key])))
        for stage in method.stages
        if block.stages.get(stage.key)
    ]

    def change(synthesis: Synthesis) -> Synthesis:
        given = form.cleaned_data
        return corrections.entitle(
            synthesis, theme - 1, key=given["key"] or None, number=given["number"], title=given["title"]
        )

    return answer(
        request,
        Correction(
            draft=found,
            form=form,
            template="notebooks/intake/theme.html",
            said=_("Le thème est enregistré."),
            change=change,
            there=lambda: reverse("import_theme", args=[*address_of(found), theme]),
            current=lambda synthesis: corrections.theme_at(synthesis, theme - 1).title,
            given=_around(found, theme, block) | {"stages": stages, "undoing": undo_form(found)},
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
        current = corrections.item_at(synthesis, spot)
    except NoSuchPlace:
        return _gone(request, found, theme)
    form = ItemForm(
        request.POST or None,
        version=found.version,
        kinds=[(column.kind, column.label) for column in shown.columns],
        rows=_row_choices(rows, spot.row),
        initial={"text": current.text, "emphasised": current.emphasised, "kind": kind, "row": str(spot.row)},
    )
    asked, landed = request.POST.get("do", ""), [spot]
    if asked == "aside":
        form.ask_nothing()

    def change(before: Synthesis) -> Synthesis:
        if asked == "aside":
            column = shown.column(kind)
            # In French whoever reads: it is kept with the document, like the warnings of readers.
            said = f"Mis de côté avant l’import ({block.title or 'thème sans titre'}, {column.plural})."
            return corrections.set_aside(before, spot, said)
        given = form.cleaned_data
        after = corrections.reword(before, spot, text=given["text"], emphasised=given["emphasised"])
        chosen = {"previous": spot.row - 1, "next": spot.row + 1}.get(asked)
        if chosen is None:
            chosen = None if given["row"] == NEW_ROW else int(given["row"])
        to = Destination(theme=spot.theme, stage=stage, kind=given["kind"], row=chosen)
        after, landed[0] = corrections.move(after, spot, to)
        return after

    return answer(
        request,
        Correction(
            draft=found,
            form=form,
            template="notebooks/intake/item.html",
            said=_("L’énoncé est mis de côté.") if asked == "aside" else _("L’énoncé est corrigé."),
            change=change,
            there=lambda: table_address(found, landed[0]),
            current=lambda now: corrections.item_at(now, spot).text,
            given=_around(found, theme, block)
            | {
                "stage": shown,
                "item": current,
                "row": row,
                "is_first": spot.row == 0,
                "is_last": spot.row == len(rows) - 1,
                "lines": preview.lines_at(current.source, preview.source_lines(found)),
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
    spot = _spot(theme, stage, row, kind, index)
    try:
        current = corrections.item_at(synthesis, spot)
    except NoSuchPlace:
        return _gone(request, found, theme)
    form = DestinationForm(
        request.POST or None,
        version=found.version,
        synthesis=synthesis,
        method=found.consultation.method,
        initial={"theme": str(theme - 1), "column": f"{stage} {kind}"},
    )
    landed = [spot]

    def change(before: Synthesis) -> Synthesis:
        after, landed[0] = corrections.move(before, spot, form.destination())
        return after

    return answer(
        request,
        Correction(
            draft=found,
            form=form,
            template="notebooks/intake/carry.html",
            said=_("L’énoncé est à sa nouvelle place."),
            change=change,
            there=lambda: table_address(found, landed[0]),
            current=lambda now: corrections.item_at(now, spot).text,
            given=_around(found, theme, block)
            | {"item": current, "lines": preview.lines_at(current.source, preview.source_lines(found))},
        ),
    )


@form_page
@never_cache
def doubt(request: HttpRequest, consultation: str, draft: UUID, number: int) -> HttpResponse:
    """A warning's words put where they belong."""
    found, synthesis = read_draft(request, consultation, draft)
    if not 1 <= number <= len(synthesis.warnings):
        messages.error(request, _("Ce doute n’est plus là : voici ceux qui restent."))
        return redirect("import_doubts", *address_of(found))
    shown = preview.doubts(synthesis)[number - 1]
    form = PlaceForm(
        request.POST or None,
        version=found.version,
        synthesis=synthesis,
        method=found.consultation.method,
        initial={
            "text": shown.warning.text or "",
            "theme": str(shown.theme or 0),
            "row": shown.row + 1 if shown.stage else None,
        },
    )
    landed: list[Spot] = []

    def change(before: Synthesis) -> Synthesis:
        given = form.cleaned_data
        after, spot = corrections.place(
            before, number - 1, form.destination(), text=given["text"], emphasised=given["emphasised"]
        )
        landed.append(spot)
        return after

    def current(now: Synthesis) -> str:
        if number > len(now.warnings):
            raise NoSuchPlace
        return now.warnings[number - 1].text or now.warnings[number - 1].message

    return answer(
        request,
        Correction(
            draft=found,
            form=form,
            template="notebooks/intake/doubt.html",
            said=_("L’énoncé est à sa place."),
            change=change,
            there=lambda: (
                table_address(found, landed[0])
                if landed
                else reverse("import_doubts", args=address_of(found))
            ),
            current=current,
            given={
                "consultation": found.consultation,
                "draft": found,
                "doubt": shown,
                "lines": preview.lines_at(shown.warning.source, preview.source_lines(found)),
            },
        ),
    )


def _spot(theme: int, stage: str, row: int, kind: str, index: int) -> Spot:
    """Of an address, which counts from 1."""
    return Spot(theme=theme - 1, stage=stage, row=row - 1, kind=kind, index=index - 1)


def _gone(request: HttpRequest, draft: ImportDraft, theme: int) -> HttpResponse:
    """For an item that someone moved since its link was shown."""
    say_changed(request)
    return redirect("import_theme", *address_of(draft), theme)


def _around(draft: ImportDraft, theme: int, block: ThemeBlock) -> dict[str, Any]:
    return {"consultation": draft.consultation, "draft": draft, "theme": block, "order": theme}


def _row_choices(rows: tuple[Row, ...], here: int) -> Choices:
    first = max(0, min(here - OFFERED // 2, len(rows) - OFFERED))
    near = list(enumerate(rows))[first : first + OFFERED]
    named = [(str(number), _row_label(number, row)) for number, row in near]
    return [*named, (NEW_ROW, _("Une nouvelle ligne, à la fin"))]


def _row_label(number: int, row: Row) -> str:
    """Its number and its name, or how its first item begins."""
    words = row.name or next((items[0].text for items in row.cells.values() if items), "")
    label = _("Ligne %d") % (number + 1)
    return f"{label} – {Truncator(words).chars(50)}" if words else label


def _items(rows: tuple[Row, ...]) -> list[int]:
    return [sum(len(items) for items in row.cells.values()) for row in rows]
