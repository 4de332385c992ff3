"""A synthesis as parts that each have a key, so that two versions of one can be compared part by part."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from cahiers.documents.model import (
    Feedback,
    Item,
    Meeting,
    Participant,
    Row,
    Source,
    Synthesis,
    ThemeBlock,
)

Key = str
#: The list that a part stands in: key of what holds it ("" for the notebook), and which of its lists.
Place = tuple[Key, str]

HEAD: Final[Key] = "head"
MEETINGS: Final[Place] = ("", "meetings")
THEMES: Final[Place] = ("", "themes")
LINES: Final = "lines"
SHEETS: Final = "sheets"


class Sort(StrEnum):
    """In an order in which what holds comes before what it holds."""

    HEAD = "head"
    MEETING = "meeting"
    LINE = "line"
    THEME = "theme"
    SHEET = "sheet"
    ROW = "row"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one part says by itself, without the parts that it holds."""

    sort: Sort
    key: Key
    place: Place
    said: Mapping[str, Any]
    source: Source | None = field(default=None, compare=False, repr=False)

    @property
    def fields(self) -> dict[str, Any]:
        """All that can differ between two versions of it, its place among it."""
        return {"place": self.place, **self.said}


#: Parts by key, in reading order: what holds comes before what it holds.
Tree = Mapping[Key, Part]
#: Gives a part its key.
Name = Callable[[Sort], Key]


def tree_of(synthesis: Synthesis, keys: Sequence[Key] | None = None) -> dict[Key, Part]:
    """Its parts under these keys, which come in the order of `parts_of`; without keys, under provisional ones.

    Provisional keys begin with "+".
    """
    parts = list(parts_of(synthesis))
    named = {part.key: key for part, key in zip(parts, keys, strict=True)} if keys is not None else {}
    return renamed({part.key: part for part in parts}, named)


def renamed(tree: Tree, names: Mapping[Key, Key]) -> dict[Key, Part]:
    """The same parts under other keys, where another is given."""
    found = {}
    for part in tree.values():
        holder, which = part.place
        key = names.get(part.key, part.key)
        found[key] = replace(part, key=key, place=(names.get(holder, holder), which))
    return found


def lists_of(tree: Tree) -> dict[Place, list[Key]]:
    """What each list holds, in order."""
    found: dict[Place, list[Key]] = defaultdict(list)
    for part in tree.values():
        found[part.place].append(part.key)
    return found


def parts_of(synthesis: Synthesis) -> Iterator[Part]:
    """In reading order, under provisional keys."""
    count = iter(range(10**9))

    def made(
        sort: Sort, place: Place, source: Source | None = None, key: Key | None = None, **said: Any
    ) -> Part:
        return Part(sort=sort, key=key or f"+{sort}{next(count)}", place=place, said=said, source=source)

    yield made(
        Sort.HEAD,
        ("", "head"),
        key=HEAD,
        territory=synthesis.territory,
        consultation=synthesis.consultation,
    )
    for meeting in synthesis.meetings:
        yield from _meeting(meeting, made)
    for block in synthesis.themes:
        theme = made(Sort.THEME, THEMES, theme=block.key, number=block.number, title=block.title)
        yield theme
        for sheet in block.feedback:
            yield made(
                Sort.SHEET,
                (theme.key, SHEETS),
                sheet.source,
                number=sheet.number,
                scope=sheet.scope,
                text=sheet.text,
                links=tuple(sheet.links),
            )
        for stage, rows in block.stages.items():
            for row in rows:
                yield from _row(row, (theme.key, stage), made)


def _meeting(meeting: Meeting, made: Callable[..., Part]) -> Iterator[Part]:
    part = made(
        Sort.MEETING,
        MEETINGS,
        label=meeting.label,
        dates=(meeting.dates_text, meeting.dates),
        format=meeting.format,
        facilitators=(meeting.facilitators, meeting.facilitators_note),
    )
    yield part
    for line in meeting.participants:
        yield made(Sort.LINE, (part.key, LINES), line=line)


def _row(row: Row, place: Place, made: Callable[..., Part]) -> Iterator[Part]:
    part = made(
        Sort.ROW,
        place,
        row.source,
        name=row.name,
        theme_text=row.theme_text,
        feedback=tuple(row.feedback),
        feedback_text=tuple(row.feedback_text),
    )
    yield part
    for kind, items in row.cells.items():
        for item in items:
            yield made(
                Sort.STATEMENT, (part.key, kind), item.source, text=item.text, emphasised=item.emphasised
            )


def synthesis_of(tree: Tree, method: str) -> Synthesis:
    """The other way."""
    lists = lists_of(tree)
    held: dict[Key, dict[str, list[Part]]] = defaultdict(dict)
    for (holder, which), keys in lists.items():
        held[holder][which] = [tree[key] for key in keys]
    top = held[""]
    return Synthesis(
        method=method,
        territory=tree[HEAD].said["territory"],
        consultation=tree[HEAD].said["consultation"],
        meetings=tuple(meeting_of(part, held[part.key].get(LINES, [])) for part in top.get("meetings", [])),
        themes=tuple(_theme(part, held) for part in top.get("themes", [])),
    )


def meeting_of(part: Part, lines: Sequence[Part]) -> Meeting:
    """The form that a meeting's part and those of its lines make."""
    dates_text, dates = part.said["dates"]
    facilitators, note = part.said["facilitators"]
    participants: tuple[Participant, ...] = tuple(line.said["line"] for line in lines)
    return Meeting(
        label=part.said["label"],
        dates_text=dates_text,
        dates=dates,
        format=part.said["format"],
        facilitators=facilitators,
        facilitators_note=note,
        participants=participants,
    )


def _theme(part: Part, held: Mapping[Key, Mapping[str, list[Part]]]) -> ThemeBlock:
    own = held.get(part.key, {})
    return ThemeBlock(
        key=part.said["theme"],
        number=part.said["number"],
        title=part.said["title"],
        feedback=tuple(Feedback(**sheet.said, source=sheet.source) for sheet in own.get(SHEETS, [])),
        stages={
            stage: tuple(
                Row(
                    **row.said,
                    cells={
                        kind: tuple(Item(**item.said, source=item.source) for item in items)
                        for kind, items in held.get(row.key, {}).items()
                    },
                    source=row.source,
                )
                for row in rows
            )
            for stage, rows in own.items()
            if stage != SHEETS
        },
    )
