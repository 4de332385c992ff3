"""Makes a synthesis of a document's blocks: the counterpart of `compose`, for documents that people wrote too."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from cahiers.documents import session_tables
from cahiers.documents.blocks import Block, Cell, Paragraph, Role, Table, TableKind
from cahiers.documents.compose import METHOD_THEME, NO_TERRITORY, NONE, TERRITORY
from cahiers.documents.dates import read_dates
from cahiers.documents.errors import NotASynthesis
from cahiers.documents.items import content, is_bulleted
from cahiers.documents.landmarks import Landmarks
from cahiers.documents.matching import THEME_COLUMN, Header, numbered, theme_key
from cahiers.documents.model import Source, Synthesis, Warning
from cahiers.documents.normal import settled, tidy
from cahiers.documents.open_theme import OpenSheet, OpenTheme
from cahiers.documents.session_form import Form
from cahiers.documents.stage_tables import StageTable, goes_on, header_by_place, header_of, spans_all
from cahiers.methods import Method, Stage

#: Before the first form and the first theme, lines up to this long are those of a title page.
TITLE_LENGTH: Final = 120
#: Headings, captions and instructions are shorter.
LONGEST_LANDMARK: Final = 2_000


def interpret(blocks: Sequence[Block], method: Method, *, told: Sequence[Warning] = ()) -> Synthesis:
    """Synthesis that the blocks hold, in their order; what finds no place is a warning with its text.

    `told` are warnings about what a file has beside its blocks.

    Raises NotASynthesis where nothing of the method is recognised.
    """
    reading = _Reading(method=method)
    for block in blocks:
        reading.take(block)
    reading.warnings += told
    return reading.synthesis()


@dataclass(slots=True, kw_only=True)
class _Reading:
    """Where the reading stands: theme, feedback sheet, table that may go on."""

    method: Method
    landmarks: Landmarks = field(init=False)
    consultation: str | None = None
    territory: str | None = None
    says_territory: bool = False
    forms: list[Form] = field(default_factory=list)
    themes: list[OpenTheme] = field(default_factory=list)
    warnings: list[Warning] = field(default_factory=list)
    sheet: OpenSheet | None = None
    header: Header | None = None
    barred: bool = False
    tabled: bool = False
    in_columns: bool = False
    """Whether one reads cells side by side, where the word for feedback sheets alone is a column's header."""
    prompting: bool = True
    prompted: bool = False
    """Whether an instruction of the template was met since the last heading."""
    held: list[tuple[Paragraph, str]] = field(default_factory=list)
    """Bulleted lines under a heading: instructions, if what they introduce follows."""
    instructions: list[tuple[Paragraph, str]] = field(default_factory=list)
    """Those that a table followed: the template's own where several themes have them."""
    section: Stage | None = None
    announced: tuple[int | None, str] | None = None
    """A theme that a plain heading named: it opens if anything of it follows."""
    front: list[str] = field(default_factory=list)
    """Lines of the title page."""

    def __post_init__(self) -> None:
        self.landmarks = Landmarks(self.method)

    def take(self, block: Block) -> None:
        if isinstance(block, Table):
            self._take_table(block)
        else:
            self._take_paragraph(block)

    # Paragraphs

    def _take_paragraph(self, paragraph: Paragraph) -> None:
        text = tidy(paragraph.text)
        if paragraph.role in (Role.FEEDBACK_TEXT, Role.FEEDBACK_LINK) and self.sheet is not None:
            self.sheet.take(paragraph)
        elif text:
            self._take_words(paragraph, text)

    def _take_words(self, paragraph: Paragraph, text: str) -> None:
        role = paragraph.role
        if role is None and len(text) > LONGEST_LANDMARK:
            self._take_prose(paragraph, text)
        elif role is Role.TITLE:
            self.consultation = text
        elif role is Role.SUBTITLE:
            self._take_territory(text)
        elif role is Role.THEME_KEY and self.themes:
            self._take_theme_key(text)
        elif role in (Role.PROMPT, Role.PROMPT_DETAIL, Role.LEGEND, Role.CAPTION):
            self.sheet = None if role is Role.CAPTION else self.sheet
            self.prompted = True
        elif bar := self.landmarks.theme(text, is_bar=role is Role.THEME):
            self._open_theme(*bar)
            self.themes[-1].is_styled = role is Role.THEME
        elif self.landmarks.is_heading(text) or self.landmarks.is_caption(text):
            self._open_part(text)
        elif self.landmarks.is_prompt(text):
            self.header, self.prompted = None, True
        elif (self.themes or self.announced) and (heading := self._feedback(paragraph, text)):
            self._open_announced()
            self._open_sheet(*heading[:2], source=paragraph.source).take(paragraph.with_text(heading[2]))
        elif self._announces(paragraph, text):
            self._let_go()
            self.sheet = None
        else:
            self._take_prose(paragraph, text)

    def _take_prose(self, paragraph: Paragraph, text: str) -> None:
        if self.sheet is not None:
            self.sheet.take(paragraph)
        else:
            self._leave(paragraph, text)

    def _feedback(self, paragraph: Paragraph, text: str) -> tuple[int | None, str | None, str] | None:
        """Number, scope and first words of a feedback sheet that a line opens."""
        if heading := self.landmarks.feedback(text):
            return None if heading == (None, None) and self.in_columns else (*heading, "")
        opened = self.landmarks.opened_feedback(text) if paragraph.role is None else None
        return None if opened is None else (opened[0], None, opened[1])

    def _open_part(self, text: str) -> None:
        if self.landmarks.is_heading(text):
            self._let_go()
            self.section, self.prompted = self.landmarks.section(text), False
            if self.header is not None and self.header.stage is not self.section:
                self.header = None
        self.sheet, self.prompting = None, True

    def _announces(self, paragraph: Paragraph, text: str) -> bool:
        """Whether a line names a theme as title bars do, in an author's own way; it is kept till something follows."""
        if is_bulleted(paragraph) or paragraph.role is not None:
            return False
        named = self.landmarks.named_theme(text, is_heading=paragraph.heading_level is not None)
        if named is None:
            return False
        current = self.themes[-1].key if self.barred and self.themes else None
        self.announced = None if theme_key(named[1], self.method) == current else named
        return True

    def _open_announced(self) -> None:
        if self.announced is not None:
            self._keep_instructions()
            self._open_theme(*self.announced)

    def _leave(self, paragraph: Paragraph, text: str) -> None:
        """Reports words that have no place, or holds them back while they may be instructions."""
        if not self._is_template(paragraph, text):
            self._report(paragraph, text)
        elif self.themes or self.announced:
            self.held.append((paragraph, text))
        elif " " in text or not self.landmarks.is_form_word(text):
            self.front.append(text)

    def _let_go(self) -> None:
        """Reports the lines that introduced nothing: statements of a table that was not recognised, perhaps."""
        for paragraph, text in self.held:
            self._report(paragraph, text)
        self.held.clear()

    def _keep_instructions(self) -> None:
        """A table follows what is held: below an instruction of the template it is one; elsewhere it may be."""
        if not self.prompted:
            self.instructions += self.held
        self.held.clear()

    def _report_the_rest(self) -> None:
        self._let_go()
        times = Counter(text for _, text in self.instructions)
        for paragraph, text in self.instructions:
            if times[text] == 1:
                self._report(paragraph, text)
        if self.front:
            message = "Ces lignes, avant la première fiche et la première thématique, n’ont pas été placées."
            self.warnings.append(Warning(message=message, text=" / ".join(self.front)))

    def _take_territory(self, text: str) -> None:
        name = text.removeprefix(f"{TERRITORY} :").strip()
        self.territory, self.says_territory = (None if text == NO_TERRITORY else name), True

    def _take_theme_key(self, text: str) -> None:
        title = text.removeprefix(f"{METHOD_THEME} :").strip()
        keys = {theme.title: theme.key for theme in self.method.themes}
        self.themes[-1].key = None if title == NONE else keys.get(title, title)

    def _open_theme(self, number: int | None, title: str) -> None:
        self._let_go()
        self.themes.append(OpenTheme(title=title, number=number, key=theme_key(title, self.method)))
        self.sheet, self.header, self.barred, self.prompting = None, None, True, True
        self.section, self.announced, self.prompted = None, None, False

    def _open_sheet(self, number: int | None, scope: str | None, *, source: Source | None) -> OpenSheet:
        sheet = self.sheet = OpenSheet(number=number, scope=scope, source=source)
        self.themes[-1].sheets.append(sheet)
        self._keep_instructions()
        self.header = None
        return sheet

    def _is_template(self, paragraph: Paragraph, text: str) -> bool:
        """Whether the words are the template's own: before any theme, or instructions under a heading."""
        if not self.themes and self.announced is None:
            marks = self.landmarks
            if paragraph.heading_level is not None or marks.is_form_word(text) or marks.is_prompt(text):
                return True
            # A title page says a few words in short lines.
            return not self.forms and not is_bulleted(paragraph) and len(text) <= TITLE_LENGTH
        return self.prompting and (is_bulleted(paragraph) or paragraph.heading_level is not None)

    def _report(self, paragraph: Paragraph, text: str) -> None:
        self.warnings.append(
            Warning(
                message="Ce texte, hors des tableaux, n’a pas été placé.", text=text, source=paragraph.source
            )
        )

    # Tables

    def _take_table(self, table: Table) -> None:
        found = header_of(table, self.method, self.section)
        if found is not None:
            self._take_stage(table, *found)
        elif table.kind is TableKind.SESSION or session_tables.is_session(table, self.method):
            session_tables.read(table, self.forms, self.method, self.warnings)
            self.sheet = None
        elif self.header is not None and self.themes and goes_on(table, self.header):
            self._take_rows(self.header, table.rows)
        elif self.section and (header := header_by_place(table, self.section, self.method)):
            self._tell_columns(header, table)
            self._take_stage(table, header, range(1))
        else:
            for row in table.rows:
                self.in_columns = sum(1 for cell in row if cell.paragraphs) > 1
                for cell in row:
                    self._take_cell(cell)
            self.in_columns = False

    def _tell_columns(self, header: Header, table: Table) -> None:
        kinds = {column.kind: column.heading for column in header.stage.columns}
        said = (
            f"« {text} » comme « {kinds[kind]} »"
            for kind, text in zip(header.columns, header.texts, strict=True)
            if kind in kinds
        )
        message = f"Des en-têtes de ce tableau sont lus d’après leur place : {', '.join(said)}."
        self.warnings.append(Warning(message=message, source=table.source))

    def _take_cell(self, cell: Cell) -> None:
        """A cell that lays text out (a box, a title bar): its paragraphs are read like any other."""
        for paragraph in cell.paragraphs:
            self._take_paragraph(paragraph)

    def _take_stage(self, table: Table, header: Header, heading: range) -> None:
        self._open_announced()
        self._keep_instructions()
        self.sheet, self.prompting, self.tabled = None, False, True
        self._take_titles(table.rows[: heading.start])
        self.header = header
        self._take_rows(header, table.rows[heading.stop :])

    def _take_titles(self, rows: Sequence[tuple[Cell, ...]]) -> None:
        for row in rows:
            for cell in row:
                self._take_cell(cell)
        self._open_announced()

    def _take_rows(self, header: Header, body: Sequence[tuple[Cell, ...]]) -> None:
        lines: list[tuple[Cell, ...]] = []
        for cells in body:
            if spans_all(cells, header):
                self._add_rows(header, lines)
                lines = []
                self._take_titles([cells])
                self.header = header
            else:
                lines.append(cells)
        self._add_rows(header, lines)

    def _add_rows(self, header: Header, body: Sequence[tuple[Cell, ...]]) -> None:
        if self.barred:
            self._add_to_theme(header, body)
        else:
            for cells in body:
                self._theme_of_row(header, cells)
                self._add_to_theme(header, [cells])

    def _add_to_theme(self, header: Header, body: Sequence[tuple[Cell, ...]]) -> None:
        theme = self.themes[-1]
        table = StageTable(header=header, method=self.method, title=theme.title, warnings=self.warnings)
        theme.stages.setdefault(header.stage.key, []).extend(table.rows(body))

    def _theme_of_row(self, header: Header, cells: Sequence[Cell]) -> None:
        """Without title bars the theme is what the row's own cell says."""
        column = header.columns.index(THEME_COLUMN) if THEME_COLUMN in header.columns else None
        paragraphs = cells[column].paragraphs if column is not None and column < len(cells) else ()
        title = tidy(" ".join(content(paragraph) for paragraph in paragraphs))
        if not title:
            if not self.themes:
                self.themes.append(OpenTheme(title="Sans thématique", number=None, key=None))
            return
        key = theme_key(title, self.method)
        number, bare = numbered(title) if key is not None else (None, title)
        for index, theme in enumerate(self.themes):
            if theme.title == bare or (key is not None and theme.key == key):
                self.themes.append(self.themes.pop(index))
                return
        self.themes.append(OpenTheme(title=bare, number=number, key=key))

    # The whole

    def synthesis(self) -> Synthesis:
        self._report_the_rest()
        if not self._is_synthesis():
            raise NotASynthesis(
                "Ce document n’est pas une synthèse : on n’y trouve ni fiche de session, ni barre de titre"
                f" « {self.method.theme_word} N°… », ni tableau dont les en-têtes soient ceux de la méthode"
                f" « {self.method.title} »."
            )
        dates = read_dates([form.dates_text for form in self.forms])
        meetings = tuple(form.meeting(days) for form, days in zip(self.forms, dates, strict=True))
        territory = self.territory
        if not self.says_territory and meetings:
            territory = re.split(r"\s+[–—-]\s+|\s*\(", meetings[0].label)[0].strip() or None
        read = Synthesis(
            method=self.method.key,
            consultation=self.consultation,
            territory=territory,
            meetings=meetings,
            themes=tuple(theme.block() for theme in self._themes_told()),
            warnings=tuple(self.warnings),
        )
        return settled(read, self.method)

    def _themes_told(self) -> list[OpenTheme]:
        """The themes, without those that a table of contents alone names."""
        return [
            theme
            for index, theme in enumerate(self.themes)
            if not any(theme.announces(later) for later in self.themes[index + 1 :])
        ]

    def _is_synthesis(self) -> bool:
        """Whether something was met that no other document has; a line such as "Sujet : …" alone is in any letter."""
        return (
            self.tabled
            or any(form.is_evident for form in self.forms)
            or any(theme.key is not None or theme.sheets for theme in self.themes)
        )
