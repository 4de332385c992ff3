"""Whether a synthesis can enter a consultation."""

from collections.abc import Iterator

from cahiers.consultations.models import Consultation
from cahiers.documents.model import Row, Synthesis
from cahiers.territories.models import Territory

#: What both databases keep whole, with room to spare.
LARGEST = 10**18 - 1


class NotImportable(ValueError):
    """What was read cannot enter this consultation; its text is one French sentence fit for the screen."""


def check(consultation: Consultation, territory: Territory, synthesis: Synthesis) -> None:
    """Raises NotImportable for the first thing that the consultation or the database would refuse."""
    for reason in refusals(consultation, territory, synthesis):
        raise NotImportable(reason)


def refusals(consultation: Consultation, territory: Territory, synthesis: Synthesis) -> Iterator[str]:
    """Each reason why it cannot enter, in words."""
    method = consultation.method
    if synthesis.method != method.key:
        yield f"Ce document suit la méthode « {synthesis.method} », la concertation suit « {method.key} »."
    if not consultation.covers(territory):
        yield f"{territory.name} n’est pas un territoire de cette concertation."
    themes = {theme.key for theme in method.themes}
    kinds = {stage.key: frozenset(stage.kinds) for stage in method.stages}
    for block in synthesis.themes:
        if block.key is not None and block.key not in themes:
            yield f"Le thème « {block.key} » n’est pas de cette concertation."
        for stage, rows in block.stages.items():
            if stage not in kinds:
                yield f"L’étape « {stage} » n’est pas de la méthode « {method.key} »."
            for kind in {kind for row in rows for kind in row.cells} - kinds.get(stage, frozenset()):
                yield f"Les énoncés « {kind} » ne sont pas de l’étape « {stage} »."
    for meeting in synthesis.meetings:
        if any(day.end < day.start for day in meeting.dates):
            yield f"Une date de la session « {meeting.label} » finit avant de commencer."
    if any(number is not None and not 0 <= number <= LARGEST for number in _numbers(synthesis)):
        yield "Un nombre du document est négatif ou démesuré."
    if any("\0" in text for text in _texts(synthesis)):
        yield "Un texte du document contient un caractère nul, qu’aucune base de données ne garde."


def _numbers(synthesis: Synthesis) -> Iterator[int | None]:
    for meeting in synthesis.meetings:
        for line in meeting.participants:
            yield from (line.count, line.establishments, line.surveyed)
    for block in synthesis.themes:
        yield block.number
        yield from (sheet.number for sheet in block.feedback)
    for row in _rows(synthesis):
        yield from row.feedback


def _texts(synthesis: Synthesis) -> Iterator[str]:
    yield from filter(None, (synthesis.territory, synthesis.consultation))
    for meeting in synthesis.meetings:
        yield from (meeting.label, meeting.facilitators_note or "", *meeting.dates_text)
        yield from (day.place or "" for day in meeting.dates)
        for person in meeting.facilitators:
            yield from (person.name, person.role or "", person.note or "")
        for line in meeting.participants:
            yield from (line.category or "", line.label, line.note or "")
    for block in synthesis.themes:
        yield block.title
        for sheet in block.feedback:
            yield from (sheet.scope or "", sheet.text, *sheet.links)
    for row in _rows(synthesis):
        yield from (row.name or "", row.theme_text or "", *row.feedback_text)
        yield from (item.text for items in row.cells.values() for item in items)


def _rows(synthesis: Synthesis) -> Iterator[Row]:
    for block in synthesis.themes:
        for rows in block.stages.values():
            yield from rows
