"""Finds how a document words the headings of its tables, where it has others than the method's."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from cahiers.documents.landmarks import Landmarks
from cahiers.documents.matching import EMPTY_WORDS, FEEDBACK_COLUMN, THEME_COLUMN, fold
from cahiers.documents.normal import tidy
from cahiers.documents.readers.txt.headings import bare_words
from cahiers.documents.readers.txt.lines import Line, without
from cahiers.documents.readers.txt.parts import BULLET
from cahiers.methods import Method, Stage

#: A wording stands in one of so many of its stage's sections at least.
SHARE: Final = 2
#: What documents name themes by.
THEMES: Final = ("Thématique", "Thème")
BRACKETED: Final = re.compile(r"\((\w+)\)")

#: What each column may be named, the method's own heading first.
Names = Mapping[str, Sequence[str]]


def worded(lines: Sequence[Line], method: Method) -> tuple[list[Line], Method]:
    """The method, its tables' headings as the document words them, and the lines.

    Where stages word the themes' heading in several ways, the lines have the shortest everywhere.
    """
    names = {stage.key: names_of(stage, method) for stage in method.stages}
    sections: dict[str, list[set[tuple[str, str]]]] = {stage.key: [] for stage in method.stages}
    bounds = list(_sections(lines, method))
    for stage, within in bounds:
        found = _headings(lines[within.start : within.stop], names[stage.key])
        # A table of contents has sections without tables.
        sections[stage.key] += [found] if found else []
    themes = {
        key: _usual(_counted(own, THEME_COLUMN), method.theme_heading, len(own))
        for key, own in sections.items()
        if own
    }
    everywhere = [section for own in sections.values() for section in own]
    known = _counted(everywhere, THEME_COLUMN)
    # The method's own, wherever it stands: a shorter one of other stages is known by its beginning.
    heading = method.theme_heading
    if not known[heading]:
        heading = _usual(known, heading, len(everywhere))
    kept = list(lines)
    shortest = min(themes.values(), key=len, default=heading)
    changed = {
        stage.key: list(_with_headings(lines, own, themes[stage.key], shortest))
        for stage, own in _joined(bounds).items()
        if themes.get(stage.key, shortest) != shortest
    }
    if changed and all(changed.values()):
        heading = shortest
        for at, line in (one for own in changed.values() for one in own):
            kept[at] = line
        kept = list(without(kept, {at for at, line in enumerate(kept) if not line.text}))
    return kept, replace(
        method,
        theme_heading=heading,
        stages=tuple(_worded(stage, sections[stage.key]) for stage in method.stages),
    )


def _joined(bounds: Sequence[tuple[Stage, range]]) -> dict[Stage, list[int]]:
    """Indexes of the lines of all sections of each stage."""
    found: dict[Stage, list[int]] = {}
    for stage, own in bounds:
        found.setdefault(stage, []).extend(own)
    return found


def _with_headings(
    lines: Sequence[Line], indexes: Sequence[int], heading: str, other: str
) -> Iterator[tuple[int, Line]]:
    """The lines that begin with the heading, with the other, shorter one; what stands in columns does not move.

    The heading may go down its column: nothing of it stays on the other lines.
    """
    for at in indexes:
        written = other
        for below, begun in _down(lines, at, heading.split()):
            line = lines[below]
            room = begun.end() - begun.end(1)
            raw = begun[1] + written.ljust(room) + line.raw[begun.end() :]
            yield below, replace(line, raw=raw, text=tidy(raw))
            written = ""


def _down(lines: Sequence[Line], at: int, words: Sequence[str]) -> Sequence[tuple[int, re.Match[str]]]:
    """The lines from that one on that begin with these words, one after the other; none where some are missing."""
    found: list[tuple[int, re.Match[str]]] = []
    for below in range(at, min(at + len(words), len(lines))):
        if found and lines[below].apart:
            break
        for count in range(len(words), 0, -1):
            own = r"\s".join(map(re.escape, words[:count]))
            begun = re.match(rf"(\s*){own}(?=\s|$)", lines[below].raw, re.IGNORECASE)
            if begun is not None:
                found.append((below, begun))
                words = words[count:]
                break
        else:
            break
        if not words:
            return found
    return []


def _counted(sections: Sequence[set[tuple[str, str]]], column: str) -> Counter[str]:
    """In how many sections each name of the column stands."""
    return Counter(name for section in sections for kind, name in section if kind == column)


def _worded(stage: Stage, sections: Sequence[set[tuple[str, str]]]) -> Stage:
    return replace(
        stage,
        columns=tuple(
            replace(column, heading=_usual(_counted(sections, column.kind), column.heading, len(sections)))
            for column in stage.columns
        ),
    )


def _usual(counts: Counter[str], heading: str, sections: int) -> str:
    """The name that stands in most sections; the heading, where it does not stand in fewer."""
    for name, count in counts.most_common(1):
        if count > counts[heading] and count * SHARE >= sections:
            return name
    return heading


def names_of(stage: Stage, method: Method) -> Names:
    """Names of each column: with the question that the heading or an alias asks behind them too ("Acteurs (Qui)")."""
    names: dict[str, Sequence[str]] = {
        THEME_COLUMN: (*_beginnings(method.theme_heading), method.theme_word, *THEMES)
    }
    if stage.cites_feedback and method.feedback is not None:
        names[FEEDBACK_COLUMN] = (method.feedback.word,)
    for column in stage.columns:
        own = (*_beginnings(column.heading), column.plural, column.label, *column.aliases)
        asked = [*BRACKETED.findall(column.heading), *(name for name in column.aliases if " " not in name)]
        names[column.kind] = (*own, *(f"{name} ({word})" for name in own for word in asked))
    return names


def _beginnings(heading: str) -> Iterator[str]:
    """The heading, whole and ever shorter, none of them ending within a phrase."""
    ends = [match.end() for match in re.finditer(r"\S+", heading)]
    for end in reversed(ends):
        if fold(heading[:end]).split()[-1] not in EMPTY_WORDS:
            yield heading[:end]


def _sections(lines: Sequence[Line], method: Method) -> Iterator[tuple[Stage, range]]:
    """Indexes of the lines below each stage's heading, up to the next heading or title bar."""
    landmarks = Landmarks(method)
    stage: Stage | None = None
    start = 0
    for at, line in enumerate(lines):
        is_heading = landmarks.is_heading(line.text)
        if is_heading or landmarks.theme(line.text) is not None:
            if stage is not None:
                yield stage, range(start, at)
            stage, start = landmarks.section(line.text) if is_heading else None, at + 1
    if stage is not None:
        yield stage, range(start, len(lines))


def _headings(lines: Sequence[Line], names: Names) -> set[tuple[str, str]]:
    """The columns that a section names, each with its names: those that pages' ends or other lines cut count too."""
    known = frozenset(word for own in names.values() for name in own for word in bare_words(name))
    choices = [(column, name, Counter(bare_words(name))) for column, own in names.items() for name in own]
    choices.sort(key=lambda choice: -choice[2].total())
    found = {one for run in _runs(lines, known) for one in _named(run, choices)}
    words = Counter(
        word
        for line in lines
        if not BULLET.match(line.text) and known.issuperset(own := bare_words(line.text))
        for word in own
    )
    return found | {
        (column, own[0]) for column, own in names.items() if not Counter(bare_words(own[0])) - words
    }


def _runs(lines: Sequence[Line], known: frozenset[str]) -> Iterator[Counter[str]]:
    """Words of lines that follow each other and hold words of headings only.

    The first of them begins in capitals; no text goes on below the last one.
    """
    run: Counter[str] = Counter()
    for line in lines:
        words = bare_words(line.text)
        if words and known.issuperset(words) and not BULLET.match(line.text):
            if run or not line.text[0].islower():
                run.update(words)
            continue
        if run and (line.apart or not line.text[0].islower()):
            yield run
        run = Counter()
    if run:
        yield run


def _named(run: Counter[str], choices: Sequence[tuple[str, str, Counter[str]]]) -> set[tuple[str, str]]:
    """The columns that the words name, each with its name: the longest names first; none where words are left."""
    left = run.copy()
    found: dict[str, str] = {}
    for column, name, words in choices:
        if column not in found and words and not words - left:
            left -= words
            found[column] = name
    return set() if left else set(found.items())
