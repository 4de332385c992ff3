"""Pages where what was understood of a document is corrected, beside what the document says."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cahiers.accounts.access import signed_in
from cahiers.documents.model import Row, Synthesis
from cahiers.journal.actions import CommandReused
from cahiers.methods import Stage
from cahiers.notebooks.intake import actions, corrections, preview
from cahiers.notebooks.intake.access import draft_for
from cahiers.notebooks.intake.corrections import Destination, NoSuchPlace, Spot
from cahiers.notebooks.intake.forms import Choices, DestinationForm, ItemForm, PlaceForm, SeenForm, ThemeForm
from cahiers.notebooks.intake.models import ImportDraft
from cahiers.notebooks.intake.views import say_changed, undo_form

#: Rows that the list of a form offers, around the one where the item is.
OFFERED = 80
NEW_ROW = "new"

form_page = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(slots=True, kw_only=True)
class Correction:
    """A form in its page; `change` is what it asks once valid, and `there` then says where it leads."""

    draft: ImportDraft
    form: SeenForm
    template: str
    said: str
    change: Callable[[Synthesis], Synthesis]
    there: Callable[[], str]
    #: What stands at that place in a synthesis, for whoever was overtaken; raises NoSuchPlace.
    current: Callable[[Synthesis], str]
    given: dict[str, Any] = field(default_factory=dict)


@require_safe
@never_cache
def table(request: HttpRequest, consultation: str, draft: UUID, theme: int, stage: str) -> HttpResponse:
    """A stage's rows as they were understood, each beside what the source has there."""
    found, _synthesis, block = _theme(request, consultation, draft, theme)
    shown = _stage(found, stage)
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
    found = _theme(request, consultation, draft, theme)[0]
    spot = Spot(theme=theme - 1, stage=_stage(found, stage).key, row=row - 1, kind="", index=0)
    return redirect(_table_address(found, spot))


@form_page
@never_cache
def theme(request: HttpRequest, consultation: str, draft: UUID, theme: int) -> HttpResponse:
    """What a theme is called, and what was understood of it."""
    found, _synthesis, block = _theme(request, consultation, draft, theme)
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

    return _answer(
        request,
        Correction(
            draft=found,
            form=form,
            template="notebooks/intake/theme.html",
            said=_("Le thème est enregistré."),
            change=change,
            there=lambda: reverse("import_theme", args=[*_address(found), theme]),
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
    found, synthesis, block = _theme(request, consultation, draft, theme)
    shown, spot = _stage(found, stage), _spot(theme, stage, row, kind, index)
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

    return _answer(
        request,
        Correction(
            draft=found,
            form=form,
            template="notebooks/intake/item.html",
            said=_("L’énoncé est mis de côté.") if asked == "aside" else _("L’énoncé est corrigé."),
            change=change,
            there=lambda: _table_address(found, landed[0]),
            current=lambda now: corrections.item_at(now, spot).text,
            given=_around(found, theme, block)
            | {
                "stage": shown,
                "item": current,
                "row": row,
                "is_first": spot.row == 0,
                "is_last": spot.row == len(rows) - 1,
                "lines": preview.lines_at(current.source, preview.source_lines(found)),
                "table": _table_address(found, spot),
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
    found, synthesis, block = _theme(request, consultation, draft, theme)
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

    return _answer(
        request,
        Correction(
            draft=found,
            form=form,
            template="notebooks/intake/carry.html",
            said=_("L’énoncé est à sa nouvelle place."),
            change=change,
            there=lambda: _table_address(found, landed[0]),
            current=lambda now: corrections.item_at(now, spot).text,
            given=_around(found, theme, block)
            | {"item": current, "lines": preview.lines_at(current.source, preview.source_lines(found))},
        ),
    )


@form_page
@never_cache
def doubt(request: HttpRequest, consultation: str, draft: UUID, number: int) -> HttpResponse:
    """A warning's words put where they belong."""
    found, synthesis = _read(request, consultation, draft)
    if not 1 <= number <= len(synthesis.warnings):
        messages.error(request, _("Ce doute n’est plus là : voici ceux qui restent."))
        return redirect("import_doubts", *_address(found))
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

    return _answer(
        request,
        Correction(
            draft=found,
            form=form,
            template="notebooks/intake/doubt.html",
            said=_("L’énoncé est à sa place."),
            change=change,
            there=lambda: (
                _table_address(found, landed[0]) if landed else reverse("import_doubts", args=_address(found))
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


def _answer(request: HttpRequest, page: Correction) -> HttpResponse:
    """The form, the form again with what is wrong or what someone else did meanwhile, or on to what was done."""
    status, changed, current = 200, False, ""
    if page.form.is_bound:
        status = 422
    if page.form.is_valid():
        try:
            _correct(request, page)
        except NoSuchPlace:
            page.form.add_error(None, _("Cette place n’existe pas : choisissez-en une autre."))
        except (actions.Changed, CommandReused):
            now = draft_for(request, page.draft.consultation.slug, page.draft.uuid)
            if not now.is_read:
                say_changed(request)
                return redirect(now)
            try:
                current = page.current(actions.content(now))
            except NoSuchPlace:
                say_changed(request)
                return redirect(now)
            status, changed = 409, True
            page.form.renew(now.version)
        else:
            messages.success(request, page.said)
            return redirect(page.there())
    given = page.given | {"form": page.form, "changed": changed, "current": current}
    return render(request, page.template, given, status=status)


def _correct(request: HttpRequest, page: Correction) -> None:
    given = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    actions.correct(
        draft=page.draft,
        change=page.change,
        asked=f"{request.path} {sorted(given.items())}",
        command=page.form.cleaned_data["command"],
        seen=page.form.cleaned_data["seen"],
        by=signed_in(request),
        now=timezone.now(),
    )


def _read(request: HttpRequest, consultation: str, draft: UUID) -> tuple[ImportDraft, Synthesis]:
    """A draft that has been read; 404 for one that has not, or that is closed."""
    found = draft_for(request, consultation, draft)
    if not found.is_read:
        raise Http404
    return found, actions.content(found)


def _theme(
    request: HttpRequest, consultation: str, draft: UUID, theme: int
) -> tuple[ImportDraft, Synthesis, Any]:
    found, synthesis = _read(request, consultation, draft)
    try:
        return found, synthesis, corrections.theme_at(synthesis, theme - 1)
    except NoSuchPlace:
        raise Http404 from None


def _stage(draft: ImportDraft, key: str) -> Stage:
    try:
        return draft.consultation.method.stage(key)
    except KeyError:
        raise Http404 from None


def _spot(theme: int, stage: str, row: int, kind: str, index: int) -> Spot:
    """Of an address, which counts from 1."""
    return Spot(theme=theme - 1, stage=stage, row=row - 1, kind=kind, index=index - 1)


def _gone(request: HttpRequest, draft: ImportDraft, theme: int) -> HttpResponse:
    """For an item that someone moved since its link was shown."""
    say_changed(request)
    return redirect("import_theme", *_address(draft), theme)


def _around(draft: ImportDraft, theme: int, block: Any) -> dict[str, Any]:
    return {"consultation": draft.consultation, "draft": draft, "theme": block, "order": theme}


def _address(draft: ImportDraft) -> list[Any]:
    return [draft.consultation.slug, draft.uuid]


def _table_address(draft: ImportDraft, spot: Spot) -> str:
    """Of the page and row where an item stands."""
    address = reverse("import_table", args=[*_address(draft), spot.theme + 1, spot.stage])
    rows = actions.content(draft).themes[spot.theme].stages.get(spot.stage, ()) if draft.is_read else ()
    page = preview.page_of(rows, spot.row)
    return f"{address}{f'?page={page}' if page > 1 else ''}#ligne-{spot.row + 1}"


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
