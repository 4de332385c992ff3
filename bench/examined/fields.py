"""What a synthesis states beside its items: themes, feedback sheets, session forms."""

from collections import Counter
from collections.abc import Iterator

from cahiers.documents.model import Synthesis

Field = tuple[object, ...]


def fields(said: Synthesis, got: Synthesis) -> tuple[int, int]:
    """How many fields of what was said were read as they are, and how many there are."""
    wanted, found = Counter(stated(said)), Counter(stated(got))
    return (wanted & found).total(), wanted.total()


def stated(synthesis: Synthesis) -> Iterator[Field]:
    """Each field that holds something, with its place."""
    for place, meeting in enumerate(synthesis.meetings):
        yield place, "format", meeting.format
        yield from ((place, "dates", _plain(line)) for line in meeting.dates_text)
        yield from ((place, "facilitator", one.name, _plain(one.role or "")) for one in meeting.facilitators)
        for one in meeting.participants:
            yield place, one.category, one.checked, one.count, one.establishments
    for place, theme in enumerate(synthesis.themes):
        yield place, "theme", theme.key, theme.number, _plain(theme.title)
        for sheet in theme.feedback:
            yield place, "sheet", sheet.number, sheet.scope, _plain(sheet.text), sheet.links
        for stage, rows in theme.stages.items():
            for index, row in enumerate(rows):
                if row.feedback or row.feedback_text:
                    texts = tuple(map(_plain, row.feedback_text))
                    yield place, "cited", stage, index, row.feedback, texts


def _plain(text: str) -> str:
    return " ".join(text.split())
