"""Pages that correct rows: name, what is cited, splitting, merging, moving, setting aside."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from cahiers.documents.model import Item, Row, Source, Synthesis, ThemeBlock
from cahiers.methods import Stage
from cahiers.notebooks.intake import preview
from cahiers.notebooks.intake.correcting.forms import CarryRowForm, MoveRowForm, RowForm, SplitForm
from cahiers.notebooks.intake.corrections import rows
from cahiers.notebooks.intake.corrections.places import NoSuchPlace, RowSpot, row_at
from cahiers.notebooks.intake.forms import Choices
from cahiers.notebooks.intake.models import ImportDraft
from cahiers.notebooks.intake.pages import (
    ASIDE,
    Correction,
    answer,
    form_page,
    read_theme,
    stage_of,
    table_address,
    titled,
)

#: Items of a column that the page of a division offers, around the one it came from.
OFFERED = 40
MERGE = "merge"


@form_page
@never_cache
def row(
    request: HttpRequest, consultation: str, draft: UUID, theme: int, stage: str, row: int
) -> HttpResponse:
    """A row: its name, what it cites; or it joins the one before, or is set aside."""
    found, _synthesis, block, shown, spot, current = _read(request, consultation, draft, theme, stage, row)
    form = RowForm(
        request.POST or None,
        version=found.version,
        initial={
            "name": current.name or "",
            "feedback": current.feedback,
            "feedback_text": current.feedback_text,
        },
    )
    if not (shown.cites_feedback or current.feedback or current.feedback_text):
        del form.fields["feedback"], form.fields["feedback_text"]
    asked = request.POST.get("do", "")

    def change(before: Synthesis) -> Synthesis:
        if asked == ASIDE:
            # In French whoever reads, like the warnings of readers.
            return rows.set_aside(
                before, spot, f"Ligne mise de côté avant l’import ({_place(block, shown)})."
            )
        given = form.cleaned_data
        after = rows.describe(
            before,
            spot,
            name=given["name"],
            feedback=given.get("feedback", ()),
            feedback_text=given.get("feedback_text", ()),
        )
        return rows.merge(after, spot) if asked == MERGE else after

    said = {
        ASIDE: _("La ligne est mise de côté : ses textes sont parmi les doutes."),
        MERGE: _("Les deux lignes n’en font plus qu’une."),
    }
    others = [(ASIDE, _("Mettre la ligne de côté"))]
    if spot.row:
        others.insert(0, (MERGE, _("Fusionner avec la ligne d’avant")))
    return answer(
        request,
        _page(
            *(found, block, shown, spot, current),
            form=form,
            template="notebooks/intake/row.html",
            title=_("Corriger la ligne %d") % row,
            button=_("Enregistrer"),
            others=others,
            said=said.get(asked, _("La ligne est corrigée.")),
            change=change,
            there=lambda: table_address(
                found, replace(spot, row=max(0, spot.row - 1)) if asked == MERGE else spot
            ),
            given={
                "quoted": preview.words_of(current),
                "row": row,
                "others": [one for one in found.consultation.method.stages if one != shown],
            },
        ),
    )


@form_page
@never_cache
def split(
    request: HttpRequest, consultation: str, draft: UUID, theme: int, stage: str, row: int
) -> HttpResponse:
    """A row in two: column by column, where the new one begins."""
    found, _synthesis, block, shown, spot, current = _read(request, consultation, draft, theme, stage, row)
    kind, index = request.GET.get("colonne", ""), request.GET.get("rang", "")
    here = int(index) - 1 if index.isdecimal() else 0
    form = SplitForm(
        request.POST or None,
        version=found.version,
        kinds={
            column.kind: (
                column.plural,
                _item_choices(current.cells[column.kind], here if column.kind == kind else 0),
            )
            for column in shown.columns
            if current.cells.get(column.kind)
        },
        initial={kind: str(here)},
    )
    return answer(
        request,
        _page(
            *(found, block, shown, spot, current),
            form=form,
            title=_("Diviser la ligne %d") % row,
            button=_("Diviser"),
            said=_("La ligne est divisée."),
            change=lambda before: rows.split(before, spot, form.at()),
            there=lambda: table_address(found, replace(spot, row=spot.row + 1)),
            given={
                "lead": _(
                    "Dans chaque colonne, choisissez le premier énoncé qui passe dans la nouvelle ligne ; ceux qui le"
                    " suivent passent avec lui."
                )
            },
        ),
    )


@form_page
@never_cache
def move(
    request: HttpRequest, consultation: str, draft: UUID, theme: int, stage: str, row: int
) -> HttpResponse:
    """A row elsewhere in its table, or in the same stage of another theme."""
    found, synthesis, block, shown, spot, current = _read(request, consultation, draft, theme, stage, row)
    form = MoveRowForm(
        request.POST or None,
        version=found.version,
        synthesis=synthesis,
        initial={"theme": str(spot.theme), "row": row},
    )
    landed = [spot]

    def change(before: Synthesis) -> Synthesis:
        given = form.cleaned_data
        to = given["row"] - 1 if given["row"] else None
        after, landed[0] = rows.move(before, spot, theme=int(given["theme"]), row=to)
        return after

    return answer(
        request,
        _page(
            *(found, block, shown, spot, current),
            form=form,
            title=_("Déplacer la ligne %d") % row,
            button=_("Déplacer"),
            said=_("La ligne est déplacée."),
            change=change,
            there=lambda: table_address(found, landed[0]),
            given={"quoted": preview.words_of(current)},
        ),
    )


@form_page
@never_cache
def carry(
    request: HttpRequest, consultation: str, draft: UUID, theme: int, stage: str, row: int, to: str
) -> HttpResponse:
    """A row in another stage of its theme, column by column."""
    found, _synthesis, block, shown, spot, current = _read(request, consultation, draft, theme, stage, row)
    there = stage_of(found, to)
    held = [column for column in shown.columns if current.cells.get(column.kind)]
    form = CarryRowForm(
        request.POST or None,
        version=found.version,
        held=held,
        stage=there,
    )
    landed = [spot]

    def change(before: Synthesis) -> Synthesis:
        at = form.cleaned_data["row"]
        after, landed[0] = rows.carry(
            before, spot, stage=there.key, kinds=form.kinds(), row=at - 1 if at else None
        )
        return after

    return answer(
        request,
        _page(
            *(found, block, shown, spot, current),
            form=form,
            title=_("Porter la ligne %d à une autre étape") % row,
            button=_("Porter"),
            said=_("La ligne est à sa nouvelle étape."),
            change=change,
            there=lambda: table_address(found, landed[0]),
            given={
                "quoted": preview.words_of(current),
                "lead": _("Vers « %s » : dites dans quelle colonne va chaque liste de la ligne.")
                % there.title,
            },
        ),
    )


def _read(
    request: HttpRequest, consultation: str, draft: UUID, theme: int, stage: str, row: int
) -> tuple[ImportDraft, Synthesis, ThemeBlock, Stage, RowSpot, Row]:
    found, synthesis, block = read_theme(request, consultation, draft, theme)
    spot = RowSpot(theme=theme - 1, stage=stage_of(found, stage).key, row=row - 1)
    try:
        return found, synthesis, block, stage_of(found, stage), spot, row_at(synthesis, spot)
    except NoSuchPlace:
        raise Http404 from None


def _page(
    found: ImportDraft, block: ThemeBlock, stage: Stage, spot: RowSpot, row: Row, **own: Any
) -> Correction:
    """What all pages on a row have in common, and what this one has of its own."""
    return Correction(
        draft=found,
        current=lambda now: preview.words_of(row_at(now, spot)),
        source=_source(row),
        up=(table_address(found, spot), _place(block, stage)),
        **own,
    )


def _item_choices(items: tuple[Item, ...], here: int) -> Choices:
    first = max(0, min(here - OFFERED // 2, len(items) - OFFERED))
    near = list(enumerate(items))[first : first + OFFERED]
    return [(str(index), f"{index + 1}. {Truncator(item.text).chars(80)}") for index, item in near]


def _place(block: ThemeBlock, stage: Stage) -> str:
    return f"{titled(block)} – {stage.title}"


def _source(row: Row) -> Source | None:
    """Its first item's where the row has none, or none with a line."""
    items = [item.source for held in row.cells.values() for item in held if item.source]
    lined = [source for source in (row.source, *items) if source and source.line]
    return next(iter([*lined, *filter(None, [row.source, *items])]), None)
