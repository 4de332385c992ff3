"""Cuts a text into its parts, leaving out captions, prompts and repeated headers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from cahiers.documents.errors import Unreadable
from cahiers.documents.landmarks import Landmarks
from cahiers.documents.matching import FEEDBACK_COLUMN, THEME_COLUMN, fold, theme_key
from cahiers.documents.readers.txt.headings import HeaderRow, Heading, Headings, bare_words
from cahiers.documents.readers.txt.lines import ADDRESS, Line
from cahiers.documents.readers.txt.parts import BULLET, FormPart, Part, ProsePart, TablePart
from cahiers.documents.session_form import boxes, field_of
from cahiers.methods import Method, Stage

CAPTION_LINES: Final = 3
HEADING_LINES: Final = 8
#: Lines of the first cell that may stand between the theme's heading and the others.
EARLY: Final = 8
#: No statement goes on with a heading of so many words.
SURE_WORDS: Final = 4
#: A synthesis has five themes or so; many are joined in one file at times.
MAX_THEMES: Final = 500


def cut(lines: Sequence[Line], method: Method) -> tuple[list[Part], list[Sequence[Line]]]:
    """Parts of a text in order, and the instructions left out that are not the method's own.

    Captions, the method's prompts and repeated headers are left out too.

    Raises Unreadable for more themes than any synthesis has.
    """
    cutter = _Cutter(lines, method)
    return cutter.cut(), cutter.instructions


class _Cutter:
    def __init__(self, lines: Sequence[Line], method: Method) -> None:
        self.lines = lines
        self.method = method
        self.landmarks = Landmarks(method)
        self.headings = Headings(method)
        texts = [prompt for stage in method.stages for prompt in stage.prompts]
        texts += method.feedback.prompts if method.feedback is not None else ()
        texts += [method.legend] if method.legend is not None else []
        self.prompts = [fold(text) for text in texts]
        self.addresses = _addresses(lines)
        self.parts: list[Part] = []
        self.title = ""
        self.bars = 0
        self.themed = False
        self.prompting = False
        self.instructions: list[Sequence[Line]] = []
        self.missing: tuple[Heading, ...] = ()
        #: Stage of the part that a heading opened.
        self.section: Stage | None = None
        #: Lines below a theme's heading that stands alone, and where it stands.
        self.early: list[Line] | None = None
        self.early_at = 0
        self.behind: TablePart | None = None
        #: The line after a heading that was taken out of a table's body.
        self.beheaded = -1

    def cut(self) -> list[Part]:
        at = 0
        while at < len(self.lines):
            at += self._take(at)
        self._return_early()
        return self.parts

    def _take(self, at: int) -> int:
        """Takes the line at that index in; returns how many lines were used."""
        line = self.lines[at]
        # A closing quotation mark is of what stands above it.
        has_words = bool(fold(line.text))
        if has_words and ((used := self._landmark(at)) or (used := self._header(at))):
            self.behind = None
            return used
        if self.early is not None:
            return self._take_early(line)
        if self._is_copy(at):
            return 1
        if isinstance(self.current, TablePart):
            return self._take_row_line(at)
        if self._opens_form(at) or isinstance(self.current, FormPart):
            self._form(line).lines.append(line)
            return 1
        if (table := self._left_behind(line)) is not None:
            table.lines.append(replace(line, empty=1) if self.beheaded == at else line)
            return 1
        if used := self._heading_left_behind(at):
            return used
        self._prose().lines.append(line)
        return 1

    @property
    def current(self) -> Part | None:
        return self.parts[-1] if self.parts else None

    def _prose(self) -> ProsePart:
        if not isinstance(self.current, ProsePart):
            self.parts.append(ProsePart())
        assert isinstance(self.current, ProsePart)
        return self.current

    def _form(self, line: Line) -> FormPart:
        opens = field_of(line.text, self.method) == "label"
        if not isinstance(self.current, FormPart) or (opens and self.current.lines):
            self.parts.append(FormPart())
            self.themed = False
        assert isinstance(self.current, FormPart)
        return self.current

    def _left_behind(self, line: Line) -> TablePart | None:
        """The table of the same page that the line is of: some reading orders put last cells after the caption."""
        table, self.behind = self.behind, None
        if line.page is None or (isinstance(self.current, ProsePart) and self.current.sheet):
            return None
        if BULLET.match(line.text) and (last := self._last_table()) is not None:
            bullets = Counter(own.text[0] for own in last.lines if BULLET.match(own.text))
            usual = bullets.most_common(1)
            if last.lines[-1].page == line.page and usual and usual[0][0] == line.text[0]:
                self.behind = last
        elif not line.apart or line.text[0].islower():
            self.behind = table
        return self.behind

    def _heading_left_behind(self, at: int) -> int:
        """A heading of the page's last table that comes after the caption, as does what stands below it."""
        line, last = self.lines[at], self._last_table()
        if (
            line.page is None
            or last is None
            or line.page not in (last.lines[-1].page, last.headers[-1][0].page)
        ):
            return 0
        heading, length = self._heading_at(at, self.headings.others(last.stage))
        if heading is not None:
            self.behind = last
            self._name(last, at + length, heading)
        return length

    def _last_table(self) -> TablePart | None:
        for part in reversed(self.parts):
            if isinstance(part, TablePart):
                return part if part.title == self.title and part.lines else None
        return None

    # What is not content

    def _is_copy(self, at: int) -> bool:
        """Whether the line is a web address listed again: outside of feedback sheets, or at its page's end."""
        text = self.lines[at].text
        if ADDRESS.fullmatch(text) is None or self.addresses.get(text, at) >= at:
            return False
        if not (isinstance(self.current, ProsePart) and self.current.lines):
            return True
        for line in self.lines[at + 1 : at + 50]:
            if line.opens_page:
                return True
            if ADDRESS.fullmatch(line.text) is None:
                return False
        return True

    def _landmark(self, at: int) -> int:
        """Title bars, headings, captions and prompts: how many lines they take, 0 for none."""
        line = self.lines[at]
        if (bar := self.landmarks.theme(line.text)) is not None:
            return self._open_theme(at, bar[1])
        if (
            BULLET.match(line.text)
            and not line.text.startswith(("■", "-", "–"))
            and not self._is_prompt(line)
        ):
            return 0
        in_table = isinstance(self.current, TablePart)
        if self.landmarks.is_heading(line.text) and not (in_table and line.text[0].islower()):
            self._return_early()
            self.parts.append(ProsePart(lines=[line]))
            self.section, self.prompting = self.landmarks.section(line.text), True
            return 1
        for length in range(CAPTION_LINES, 0, -1):
            if self.landmarks.is_caption(self._joined(at, length)):
                self._return_early()
                self.prompting = False
                self._close_sheet()
                return min(length, len(self.lines) - at)
        if self.themed and self._is_prompt(line):
            may_be_left = line.apart or self.behind is not None
            if not (may_be_left and self._left_behind(line) is not None):
                return self._skip_prompt(at)
        sheet = self.landmarks.feedback(line.text)
        if sheet is not None and sheet != (None, None) and self.themed:
            self.prompting = False
            self.parts.append(ProsePart(lines=[line], sheet=True))
            return 1
        return 0

    def _is_prompt(self, line: Line) -> bool:
        """Whether an instruction of the template begins there, whole or up to the line's end."""
        if self.landmarks.is_prompt(line.text):
            return True
        if not self.prompting:
            return False
        words = fold(BULLET.sub("", line.text, count=1))
        return line.text.startswith(("■", "- ", "– ")) or (
            len(words) > 20 and any(prompt.startswith(words) for prompt in self.prompts)
        )

    def _joined(self, at: int, length: int) -> str:
        return " ".join(line.text for line in self.lines[at : at + length])

    def _close_sheet(self) -> None:
        if isinstance(self.current, ProsePart) and self.current.lines:
            self.parts.append(ProsePart())

    def _open_theme(self, at: int, title: str) -> int:
        """A title bar, with its second line where the title goes on there."""
        length = 1
        if theme_key(title, self.method) is None and at + 1 < len(self.lines):
            longer = f"{title} {self.lines[at + 1].text}"
            if not self.lines[at + 1].apart and theme_key(longer, self.method) is not None:
                title, length = longer, 2
        self._return_early()
        self.bars += 1
        if self.bars > MAX_THEMES:
            raise Unreadable(f"Le fichier compte plus de {MAX_THEMES} thématiques : il est refusé.")
        self.parts.append(ProsePart(lines=list(self.lines[at : at + length])))
        self.title, self.themed, self.prompting, self.missing, self.section = title, True, False, (), None
        return length

    def _skip_prompt(self, at: int) -> int:
        """A prompt with the lines that go on with it: those with nothing between that open no other thing."""
        if isinstance(self.current, TablePart):
            self.parts.append(ProsePart())
            self.prompting = True
        used = 1
        while at + used < len(self.lines):
            line = self.lines[at + used]
            if line.apart or BULLET.match(line.text):
                break
            if self.headings.begins(self.lines, at + used, self._awaited(line)):
                break
            if self.landmarks.is_heading(line.text) or self.landmarks.is_caption(line.text):
                break
            if self.landmarks.theme(line.text) or self.landmarks.feedback(line.text):
                break
            used += 1
        words = fold(BULLET.sub("", self._joined(at, used), count=1))
        if not any(prompt.startswith(words) for prompt in self.prompts):
            self.instructions.append(self.lines[at : at + used])
        return used

    # Tables

    def _header(self, at: int) -> int:
        awaited = self._awaited(self.lines[at])
        header = self.headings.find(self.lines, at, themed=self.early is not None, expected=awaited)
        if header is not None:
            self._open_table(header, at)
            return header.length
        used = self.headings.theme_alone(self.lines, at)
        words = len(fold(self._joined(at, used)).split())
        # A word or two may stand in a statement.
        if used and (words >= SURE_WORDS or self.lines[at].apart or not isinstance(self.current, TablePart)):
            self.early, self.early_at = self.early or [], at
            return used
        return 0

    def _open_table(self, header: HeaderRow, at: int) -> None:
        current = self.current
        last = next((part for part in reversed(self.parts) if not self._is_empty(part)), None)
        if isinstance(last, TablePart) and last.stage is header.stage and last.title == self.title:
            current = last
        else:
            current = TablePart(header.stage, self.title)
            self.parts.append(current)
        if self.parts[-1] is not current:
            self.parts.append(self.parts.pop(self.parts.index(current)))
        current.chunks.append(len(current.lines))
        if self.headings.is_theme_cut(self.lines, at):
            current.woven.add(len(current.lines))
        current.headers.append(tuple(self.lines[at : at + header.length]))
        current.lines.extend(self.early or ())
        self.early = None
        self.missing = tuple(heading for heading in header.missing if heading.column != THEME_COLUMN)
        self.prompting = False
        if (heading := self._last_heading(header, at)) is not None:
            self._name(current, at + header.length, heading)

    def _last_heading(self, header: HeaderRow, at: int) -> Heading | None:
        """The heading that a header row ends with, where its words stand together."""
        others = self.headings.others(header.stage)
        end = at + header.length
        if header.length == 0 or self.lines[at].page is None:
            return None
        found = (self.headings.name(self._joined(start, end - start), others) for start in range(at, end))
        return next((heading for heading in found if heading is not None), None)

    @staticmethod
    def _is_empty(part: Part) -> bool:
        return not part.lines

    def _take_early(self, line: Line) -> int:
        """A line between the theme's heading and the others: the first cell, which a column order puts there."""
        assert self.early is not None
        self.early.append(line)
        if len(self.early) > EARLY and (line.page is None or self.section is None):
            self._return_early()
        return 1

    def _awaited(self, line: Line) -> Stage | None:
        """Stage of a table that may begin at the line: its part's, whose table has not begun."""
        return None if line.page is None or self._is_in(self.section) else self.section

    def _is_in(self, stage: Stage | None) -> bool:
        return isinstance(self.current, TablePart) and self.current.stage is stage

    def _return_early(self) -> None:
        """Puts back the lines below a theme's heading that no other follows: into the part's table, if there is one."""
        lines, self.early = self.early or [], None
        if lines and (stage := self._awaited(lines[0])) is not None:
            self.early = lines
            self._open_table(HeaderRow(stage, 1, self.headings.others(stage)), self.early_at)
            return
        for line in lines:
            part = self.current if isinstance(self.current, TablePart) else self._prose()
            part.lines.append(line)

    def _take_row_line(self, at: int) -> int:
        """A line of a table's body; one that is a heading still missing names the column of what follows."""
        table = self.current
        assert isinstance(table, TablePart)
        line = self.lines[at]
        if self._may_be_heading(line):
            # A reading order may put any heading after the first cells, and those of the next table too.
            among = self.missing if line.page is None else (*self.missing, *self.headings.others(table.stage))
            heading, length = self._heading_at(at, among)
            if heading is not None:
                if heading in self.missing:
                    table.headed.append((len(table.lines), heading.column))
                self.missing = tuple(other for other in self.missing if other is not heading)
                self._name(table, at + length, heading)
                return length
            if line.page is not None and (length := self._heading_at(at, self.headings.all)[1]):
                self.beheaded = at + length
                return length
        table.lines.append(replace(line, empty=1) if self.beheaded == at else line)
        return 1

    def _heading_at(self, at: int, among: Sequence[Heading]) -> tuple[Heading | None, int]:
        """The one of these headings that stands there, alone on its lines, and how many these are."""
        for length in range(min(HEADING_LINES, len(self.lines) - at), 0, -1):
            heading = self.headings.name(self._joined(at, length), among)
            if heading is not None:
                return heading, length
        return None, 0

    def _name(self, table: TablePart, at: int, heading: Heading) -> None:
        """Notes that the line at that index begins a block; its column is the heading's that it stands right below."""
        self.beheaded = at
        if at < len(self.lines) and not self.lines[at].apart and heading.column != FEEDBACK_COLUMN:
            table.named[len(table.lines)] = heading.column

    def _may_be_heading(self, line: Line) -> bool:
        if BULLET.match(line.text) or not (self.missing or line.page is not None):
            return False
        begun = bare_words(line.text)[:1]
        return (line.text[0].isupper() and self.headings.begins_one(line.text)) or any(
            heading.words[:1] == begun for heading in self.missing
        )

    def _opens_form(self, at: int) -> bool:
        text = self.lines[at].text
        opens = field_of(text, self.method)
        # Behind a theme, which a table of contents may name, a form begins by its first label alone.
        return opens == "label" if self.themed else opens is not None or bool(boxes(text))


def _addresses(lines: Sequence[Line]) -> dict[str, int]:
    """Where each web address stands first, also made whole with the word that begins the next line."""
    first: dict[str, int] = {}
    for at, line in enumerate(lines):
        words = line.text.split()
        if ADDRESS.fullmatch(words[-1]) is None:
            continue
        first.setdefault(words[-1], at)
        if at + 1 < len(lines):
            first.setdefault(words[-1] + lines[at + 1].text.split()[0], at)
    return first
