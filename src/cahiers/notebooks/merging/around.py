"""Writes what stands around the rows of a notebook: its heading, themes, meetings and feedback sheets."""

from uuid import uuid5

from cahiers.contributions import actions as contributions
from cahiers.contributions.actions import Draft
from cahiers.contributions.models import FEEDBACK, Channel, Contribution
from cahiers.meetings import actions as meetings
from cahiers.meetings.models import Meeting
from cahiers.notebooks.actions.sheets import take_out
from cahiers.notebooks.merging.keeping import key_of, known_by
from cahiers.notebooks.merging.tables import Tables
from cahiers.notebooks.merging.tree import HEAD, LINES, MEETINGS, Part, Sort, meeting_of
from cahiers.notebooks.models import STEP, NotebookFeedback, NotebookMeeting, NotebookTheme, RowFeedback


def write_head(tables: Tables) -> None:
    said = tables.result[HEAD].said
    if said == tables.ours[HEAD].said:
        return
    notebook = tables.edit.notebook
    notebook.territory_text, notebook.consultation_text = said["territory"], said["consultation"]
    notebook.save(update_fields=["territory_text", "consultation_text"])


def write_themes(tables: Tables) -> None:
    """New ones come last, for the order of those that are there stands in their addresses."""
    notebook = tables.edit.notebook
    known = {theme.key: theme for theme in notebook.consultation.themes.all()}
    last = max((one.order for one in tables.themes.values()), default=0)
    for part in tables.wanted(Sort.THEME):
        if part == tables.ours.get(part.key):
            continue
        theme = tables.themes.get(part.key)
        if theme is None:
            last += 1
            theme = NotebookTheme(notebook=notebook, order=last)
            tables.made[part.key] = key_of(Sort.THEME, last)
            tables.themes[tables.made[part.key]] = theme
        theme.theme = known[part.said["theme"]] if part.said["theme"] else None
        theme.number, theme.title = part.said["number"], part.said["title"]
        theme.save()


def write_meetings(tables: Tables) -> None:
    """The notebook no longer accounts for those that are gone; they stay in the consultation."""
    notebook = tables.edit.notebook
    held = {key_of(Sort.MEETING, one.number): one for one in notebook.meetings.all()}
    for part in tables.wanted(Sort.MEETING):
        place = (part.key, LINES)
        form = meeting_of(part, [tables.result[key] for key in tables.lists.get(place, [])])
        if part.key in tables.ours:
            before = [tables.ours[key] for key in tables.lists_before.get(place, [])]
            if meeting_of(tables.ours[part.key], before) == form:
                continue
        elif (again := _meeting_again(tables, part)) is not None:
            held[part.key] = again
        else:
            [held[part.key]] = meetings.store(
                consultation=notebook.consultation, territory=notebook.territory, meetings=[form]
            )
            tables.made[part.key] = key_of(Sort.MEETING, held[part.key].number)
            continue
        meetings.rewrite(meeting=held[part.key], form=form)
    keys = tables.lists.get(MEETINGS, [])
    if keys != tables.lists_before.get(MEETINGS, []):
        notebook.meeting_links.all().delete()
        NotebookMeeting.objects.bulk_create(
            NotebookMeeting(notebook=notebook, meeting=held[key], position=place * STEP)
            for place, key in enumerate(keys, 1)
        )


def _meeting_again(tables: Tables, part: Part) -> Meeting | None:
    """One that the notebook accounted for before, if it is still there."""
    if not part.key.startswith(key_of(Sort.MEETING, "")):
        return None
    return tables.edit.notebook.consultation.meetings.filter(number=known_by(part.key)).first()


def write_sheets(tables: Tables) -> None:
    """What a sheet that is gone said stays, as where it is deleted by hand."""
    positions = tables.positions(Sort.SHEET, tables.sheets)
    for part in tables.gone(Sort.SHEET):
        # Each by a command of its own, for each is put back by itself.
        command = uuid5(tables.edit.command, part.key)
        take_out(sheet=tables.sheets[part.key], command=command, now=tables.edit.now)
    for part in tables.wanted(Sort.SHEET):
        position = positions.get(part.key)
        if part == tables.ours.get(part.key) and position is None:
            continue
        sheet = tables.sheets.get(part.key) or _new_sheet(tables, part)
        if part.said != _said(sheet):
            contributions.revise(
                contribution=sheet.contribution,
                text=part.said["text"],
                scope=part.said["scope"],
                links=part.said["links"],
                now=tables.edit.now,
            )
        sheet.theme, sheet.number = tables.theme_of(part), part.said["number"]
        if position is not None:
            sheet.position = position
        sheet.save()


def _said(sheet: NotebookFeedback) -> dict[str, object]:
    said = sheet.contribution.current
    return {"number": sheet.number, "scope": said.scope, "text": said.text, "links": tuple(said.links)}


def _new_sheet(tables: Tables, part: Part) -> NotebookFeedback:
    """Not saved yet. What a sheet that was deleted here said is said again."""
    theme, contribution = tables.theme_of(part), None
    if part.key.startswith(key_of(Sort.SHEET, "")):
        known = Contribution.objects.select_related("current").filter(uuid=known_by(part.key))
        contribution = known.first()
    if contribution is None:
        draft = Draft(
            territory=tables.edit.notebook.territory,
            channel=Channel.DOCUMENT,
            kind=FEEDBACK,
            theme=theme.theme,
            text=part.said["text"],
            scope=part.said["scope"],
            links=part.said["links"],
        )
        consultation = tables.edit.notebook.consultation
        [stored] = contributions.store(consultation=consultation, drafts=[draft], now=tables.edit.now)
        contribution = Contribution.objects.select_related("current").get(pk=stored.pk)
    tables.made[part.key] = key_of(Sort.SHEET, contribution.uuid)
    return NotebookFeedback(theme=theme, contribution=contribution, position=0, **tables.source(part))


def cite_again(tables: Tables) -> None:
    """Rows lead to the sheets that now have the numbers that they give."""
    sheets: dict[tuple[int, int | None], NotebookFeedback] = {}
    for sheet in NotebookFeedback.objects.filter(theme__notebook=tables.edit.notebook).order_by(
        "position", "pk"
    ):
        sheets.setdefault((sheet.theme_id, sheet.number), sheet)
    changed = []
    cited = RowFeedback.objects.filter(row__theme__notebook=tables.edit.notebook).select_related("row")
    for one in cited:
        named = sheets.get((one.row.theme_id, one.number))
        if one.sheet_id != (named.pk if named else None):
            one.sheet = named
            changed.append(one)
    RowFeedback.objects.bulk_update(changed, ["sheet"], batch_size=400)
