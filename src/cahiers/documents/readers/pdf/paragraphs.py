"""Puts lines together to paragraphs: which line goes on with the one before, and what stands between them."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from cahiers.documents.blocks import Paragraph, Run
from cahiers.documents.model import Source
from cahiers.documents.readers.pdf.cut_words import Words
from cahiers.documents.readers.pdf.lines import CERTAIN, NUMBER, Line

HYPHENS: Final = ("-", "\u2010", "\u2011")
OPENING: Final = ("«", "“", "(", "[")
ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S*$", re.IGNORECASE)
WHOLE_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S*", re.IGNORECASE)
#: What no space stands before.
TOUCHING: Final = re.compile(r"[,.)]+(?!\w)")
#: The same where the author sets no space before double signs.
TIGHT: Final = re.compile(r"[,.);:!?]+(?!\w)")
STOPS: Final = (".", "!", "?", "…", "»", ")")
#: What an address may go on with, and the signs after which it may be wrapped.
ONWARD: Final = re.compile(r"[\w#%&+,./:=?@~-]*")
ADDRESS_BREAKS: Final = ("/", "?")
#: What a line takes along: a word, with the opening mark before it and the closing marks that French sets apart.
FIRST_WORD: Final = re.compile(r"(?:[«“(\[][ \t]*)?[^ \t]+(?:[ \t]+[;:!?»…%]+)*")
#: A line gap of this many times the usual one parts paragraphs.
WIDE: Final = 1.3
#: The same after a line without the space that wrapped ones keep.
CLEAR: Final = 1.15
#: A word must leave this many characters' width free to have had room on the line before.
MARGIN: Final = 1.6
#: A line that is not stretched ends this far from the side at least, in sizes of its letters.
SHORT: Final = 0.2
#: Points by which a line stands further right than another where it does so at all.
LEVEL: Final = 2.0
#: Points by which a column's text may end before its cell's padding does.
SLACK: Final = 2.5
WIDEST: Final = tuple("mwMW")
#: A space is at most this wide, in sizes of its letters.
SPACE: Final = 0.45
#: Where a column ends is known to so many sizes of letters, at worst.
UNSURE: Final = 1.5
#: Signs that no line of its own begins with.
CLOSING: Final = (",", ";", ")")
SPACES: Final = " \u00a0\u202f"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is known of the place where lines stand: between which x, and the document's habits.

    `bullets` are those that open items in it, `addresses` those of its links, `vocabulary` the words seen inside of
    lines, in small letters and those that keep a capital there with it, `words` tells the words that lines cut,
    `themes` what the first cells of rows say.
    `spaced` says that the file keeps the space at which a line was wrapped, so that a line without it ends a
    paragraph, or was broken inside a word; `exact`, that it keeps even those that had no room on the line;
    `justified`, that wrapped lines reach the right side; `capitals`, that no bullet but a capital opens statements;
    `stops`, that a stop ends these; `tight`, that no space stands before double signs.
    `pitch` is the usual distance of lines, in multiples of their letters' size, or 0.
    """

    left: float
    right: float
    bullets: frozenset[str] = CERTAIN
    addresses: frozenset[str] = frozenset()
    spaced: bool = False
    exact: bool = False
    justified: bool = False
    pitch: float = 0.0
    capitals: bool = False
    stops: bool = False
    tight: bool = False
    vocabulary: frozenset[str] = frozenset()
    words: Words = field(default_factory=Words)
    themes: frozenset[str] = frozenset()


def paragraphs_of(lines: Sequence[Line], setting: Setting) -> list[Paragraph]:
    """Paragraphs that the lines make."""
    pitch = pitch_of(lines)
    if pitch > setting.pitch * CLEAR and setting.pitch:
        # Each line is a paragraph of its own.
        pitch = setting.pitch
    groups: list[list[Line]] = []
    for line in lines:
        if (
            groups
            and (not begins(groups[-1][-1], line, setting, pitch) or _hangs_on(groups[-1], line))
            and not _parts_address(groups[-1], line, setting)
        ):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group, setting) for group in groups]


def _hangs_on(group: Sequence[Line], line: Line) -> bool:
    """Whether a dash goes on with a statement that such a dash opens: it stands below its words."""
    first, before = group[0], group[-1]
    return (
        len(group) > 1
        and line.bullet == first.bullet
        and line.bullet not in (None, NUMBER, *CERTAIN)
        and abs(line.x0 - before.x0) < 1
        and line.x0 - first.x0 > LEVEL
        and not _hangs(line)
    )


def _parts_address(group: Sequence[Line], line: Line, setting: Setting) -> bool:
    """Whether an address that fills its line stands apart: where no bullet opens the text, it has its own paragraph."""
    before = group[-1]
    if group[0].bullet is not None or (before.block is not None and before.block == line.block):
        return False
    if sum(own.text.count("(") - own.text.count(")") for own in group) > 0:
        return False
    if WHOLE_ADDRESS.fullmatch(before.text.strip()):
        return glue_of(before.text, before, line, setting) == " "
    return WHOLE_ADDRESS.fullmatch(line.text.strip()) is not None


def pitch_of(lines: Sequence[Line]) -> float:
    """The least distance between two lines, in multiples of the letters' size; 0 where unknown."""
    gaps = [
        (line.y - before.y) / line.size
        for before, line in itertools.pairwise(lines)
        if before.page == line.page and line.y > before.y
    ]
    return min(gaps, default=0.0)


def begins(before: Line, line: Line, setting: Setting, pitch: float = 0.0) -> bool:
    """Whether a line opens a paragraph rather than going on with the one before."""
    bullet = line.bullet
    if not before.unbulleted:
        # The bullet stands alone: the first word was too long to follow it.
        return False
    if bullet is not None and bullet in CERTAIN:
        return True
    if before.block is not None and line.block is not None and before.block != line.block:
        return True
    if line.text.lstrip()[:1] in CLOSING:
        return False
    same_block = before.block is not None and before.block == line.block
    if not same_block and _hangs(line):
        return True
    if same_block and (before.wrapped or not setting.spaced):
        return False
    apart = not same_block or (setting.exact and not before.wrapped)
    if bullet is not None and apart and bullet in setting.bullets and line.x0 <= before.x0 + 2:
        return True
    if not (before.pieces[0].upright and line.pieces[0].upright):
        return False
    ended = setting.spaced and not before.wrapped
    if not same_block and _stands_apart(before, line, pitch, CLEAR if ended and pitch else WIDE):
        return True
    if setting.stops and (told := _by_stop(before, line)) is not None:
        return told
    is_broken = setting.exact and not before.wrapped and _opens(line, setting)
    return ((is_broken or not same_block) and _is_short(before, line, setting)) or _had_room(
        before, line, setting
    )


def _is_short(before: Line, line: Line, setting: Setting) -> bool:
    """Whether the line before ends where none is wrapped."""
    if setting.spaced and not before.wrapped and not _may_break(before, line, setting):
        return True
    # A word alone on its line stays short.
    justified = setting.justified and " " in before.unbulleted
    return justified and setting.right - before.x1 > SHORT * before.size


def _by_stop(before: Line, line: Line) -> bool | None:
    """What the end of the line before says, where a stop ends statements: one may also end a sentence inside of one."""
    if not before.text.rstrip().endswith(STOPS):
        return False
    return True if before.page != line.page and line.text.lstrip()[:1].isupper() else None


def _hangs(line: Line) -> bool:
    """Whether a bullet stands apart from the line's text, further than a space is wide."""
    if line.bullet in (None, NUMBER) or len(line.pieces) < 2 or line.pieces[0].text.strip() != line.bullet:
        return False
    return line.pieces[1].x0 - line.pieces[0].x1 > SPACE * line.size


def _may_break(before: Line, line: Line, setting: Setting) -> bool:
    """Whether a line can have been wrapped where no space stands: after some signs, or where none had room."""
    if not setting.exact and not _opens(line, setting) and _room(before, line, setting) < SPACE * before.size:
        return True
    text = before.text.rstrip()
    return (
        text.endswith((*HYPHENS, *OPENING, "/", "\u200b", "–", "—"))
        or ADDRESS.search(text) is not None
        or _is_cut(before, line, setting)
    )


def _opens(line: Line, setting: Setting) -> bool:
    """Whether the line's first letter is that of a statement, and not of a name."""
    word = line.text.split()[0]
    return setting.capitals and word[0].isupper() and word not in setting.vocabulary


def _is_cut(before: Line, line: Line, setting: Setting, word: str = "") -> bool:
    """Whether one word, too long for its column, fills the line and goes on in the next.

    `word` is what is known of it, where it began on a line further up.
    """
    alone = before.unbulleted.lstrip("".join(OPENING) + SPACES)
    if _is_torn(before, line, setting):
        return True
    if not alone or " " in alone or (setting.spaced and before.wrapped):
        return False
    rest = (line.text.split() or [""])[0]
    if not _fills(before, setting, rest[:1]):
        return False
    if setting.exact:
        return True
    # The space between two words may have had no room left: then only the words themselves can tell.
    had_room = setting.spaced and _room(before, line, setting) > SPACE * before.size
    return setting.words.are_one(word or alone, rest, likely=had_room)


def _is_torn(before: Line, line: Line, setting: Setting) -> bool:
    """Whether a word alone on its line has no space after it, in a paragraph of a file that keeps all those there are.

    The author may have broken the line: then a capital follows, or the line is short.
    """
    word, onward = before.unbulleted, line.text.lstrip()
    return (
        setting.exact
        and before.block is not None
        and before.block == line.block
        and not before.wrapped
        and bool(word)
        and " " not in word
        and line.bullet is None
        and not onward[:1].isupper()
        and setting.right - before.x1 < UNSURE * before.size
    )


def _stands_apart(before: Line, line: Line, pitch: float, wide: float) -> bool:
    """Whether letters of another size, or white of so many times the usual line gap, set the line apart."""
    if before.page != line.page:
        return False
    if abs(before.size - line.size) > 0.15 * line.size:
        return True
    gap = (line.y - before.y) / line.size
    return gap > max(pitch, 1.0) * wide and gap > (1.45 if wide == WIDE else 0)


def _had_room(before: Line, line: Line, setting: Setting) -> bool:
    """Whether the line's first word would have stood on the line before: then the break is the author's."""
    text = line.text.strip()
    word = FIRST_WORD.match(text)
    if word is None:
        return False
    width = (line.x1 - line.x0) / len(text)
    # A space left at the end is most often that of a wrapped line: then the word must have had room and to spare.
    needed = len(word[0]) * 1.3 + 3 if setting.spaced and before.wrapped else len(word[0]) + MARGIN
    return needed * width < _room(before, line, setting)


def _room(before: Line, line: Line, setting: Setting) -> float:
    """Points left free on a line, whichever way the paragraph is aligned."""
    right = setting.right - before.x1
    if abs(before.x0 - line.x0) < 2:
        return right
    left = before.x0 - setting.left
    if abs(before.x0 + before.x1 - line.x0 - line.x1) < 3:
        return right + left
    return left if abs(before.x1 - line.x1) < 1.5 and left > right else right


def _paragraph(lines: Sequence[Line], setting: Setting) -> Paragraph:
    listed = lines[0].bullet == NUMBER and NUMBER in setting.bullets
    runs: list[Run] = list(lines[0].unnumbered.runs if listed else lines[0].runs)
    for before, line in itertools.pairwise(lines):
        glue = glue_of("".join(run.text for run in runs), before, line, setting)
        if glue == "":
            runs[-1] = Run(text=runs[-1].text.rstrip(" \u200b"), emphasised=runs[-1].emphasised)
        first, *rest = line.runs
        runs.append(Run(text=glue + first.text.lstrip(), emphasised=first.emphasised))
        runs.extend(rest)
    clean = (Run(text=run.text.replace("\u200b", ""), emphasised=run.emphasised) for run in runs)
    page = lines[0].page
    return Paragraph(runs=tuple(_together(clean)), listed=listed, source=Source(page=page))


def _together(runs: Iterable[Run]) -> Iterator[Run]:
    """Runs, neighbours that look alike being made one."""
    held: Run | None = None
    for run in runs:
        if held is not None and held.emphasised == run.emphasised:
            held = Run(text=held.text + run.text, emphasised=run.emphasised)
        else:
            if held is not None:
                yield held
            held = run
    if held is not None:
        yield held


def glue_of(text: str, before: Line, line: Line, setting: Setting) -> str:
    """What stands between two lines of a paragraph: nothing after a hyphen or inside a long word, else a space."""
    bare = text.rstrip()
    if bare.endswith("\u200b"):
        return ""
    if setting.spaced and before.wrapped:
        return " "
    closing = TIGHT if setting.tight else TOUCHING
    if _is_torn(before, line, setting) or closing.match(line.text.lstrip()):
        return ""
    if bare.endswith(HYPHENS) and len(bare) > 1 and not bare[-2].isspace():
        return ""
    word = bare.split()[-1] if bare.split() else ""
    if address := ADDRESS.search(word):
        start, onward = address[0], (line.text.split() or [""])[0]
        if any(known.startswith(start + onward) for known in setting.addresses):
            return ""
        if start in setting.addresses:
            return " "
        if start.endswith("://"):
            return ""
        breaks = start.endswith(ADDRESS_BREAKS) and ONWARD.fullmatch(onward)
        return "" if not onward.isalpha() and (breaks or _fills(before, setting)) else " "
    if bare.endswith("/") and len(bare) > 1 and not bare[-2].isspace():
        return ""
    return "" if _is_cut(before, line, setting, word) else " "


def _fills(line: Line, setting: Setting, letter: str = "") -> bool:
    """Whether not one more character, or not that letter, would have stood on the line."""
    width = (line.x1 - line.x0) / max(len(line.text.strip()), 1)
    return line.x1 + (1.8 if letter in WIDEST else 1.2) * width >= setting.right - SLACK
