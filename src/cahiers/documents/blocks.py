"""A document as paragraphs and tables: what word processors and PDF files share.

Readers of such formats extract blocks, `interpret` makes a synthesis of them; `compose` lays a synthesis out in
blocks, writers render them. A format's module knows its file, nothing of the method.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from cahiers.documents.model import Source


class Role(StrEnum):
    """What a paragraph is for. Writers give each role a named style; readers recognise their own by that name.

    The value is the style's name, as an author sees it. A paragraph written by somebody else has no role.
    """

    TITLE = "Cahiers Titre"
    SUBTITLE = "Cahiers Territoire"
    THEME = "Cahiers Thématique"
    THEME_KEY = "Cahiers Thématique de la méthode"
    HEADING = "Cahiers Partie"
    PROMPT = "Cahiers Consigne"
    PROMPT_DETAIL = "Cahiers Consigne détail"
    LEGEND = "Cahiers Légende"
    CAPTION = "Cahiers Intitulé de tableau"
    COLUMN = "Cahiers En-tête de colonne"
    LABEL = "Cahiers Rubrique"
    VALUE = "Cahiers Valeur"
    DATE = "Cahiers Date retenue"
    FACILITATOR = "Cahiers Animateur"
    NOTE = "Cahiers Remarque"
    BOX = "Cahiers Case"
    COUNT = "Cahiers Effectif"
    FEEDBACK = "Cahiers RETEX"
    FEEDBACK_TEXT = "Cahiers RETEX texte"
    FEEDBACK_LINK = "Cahiers RETEX lien"
    ROW_THEME = "Cahiers Thématique de ligne"
    ROW_NAME = "Cahiers Nom de ligne"
    CITED = "Cahiers RETEX cité"
    CITED_TEXT = "Cahiers RETEX cité texte"
    ITEM = "Cahiers Énoncé"


class RunRole(StrEnum):
    """What a stretch of a paragraph is for: character styles, recognised like `Role`."""

    NAME = "Cahiers Nom"
    PERSON_NOTE = "Cahiers Précision"
    PERSON_ROLE = "Cahiers Fonction"


class TableKind(StrEnum):
    """What a table is; None where it was written by somebody else."""

    SESSION = "session"
    FEEDBACK = "feedback"
    STAGE = "stage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Characters that look alike. `emphasised` means bold and green."""

    text: str
    emphasised: bool = False
    role: RunRole | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph, or one line of it where the author broke the line by hand.

    `listed` is True where the word processor draws the bullet, so that the text holds none.
    `heading_level` is 1 to 6 for headings. White space is as in the file; `interpret` tidies it.
    """

    runs: tuple[Run, ...]
    role: Role | None = None
    listed: bool = False
    heading_level: int | None = None
    source: Source | None = field(default=None, compare=False)

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def emphasised(self) -> bool:
        """Whether most of the visible characters are bold and green."""
        marked = sum(len(run.text.strip()) for run in self.runs if run.emphasised)
        return marked * 2 > sum(len(run.text.strip()) for run in self.runs)

    def with_text(self, text: str) -> "Paragraph":
        """The same paragraph with other words, its looks kept as a whole."""
        return replace(self, runs=(Run(text=text, emphasised=self.emphasised),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table's grid.

    A cell that spans columns stands once, with its `span`. One that spans rows stands in its first row; the rows
    below have an empty cell with `continues` True.
    """

    paragraphs: tuple[Paragraph, ...] = ()
    span: int = 1
    continues: bool = False
    source: Source | None = field(default=None, compare=False)

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells; `widths` are shares of the page width, for writers. The first `header_rows` repeat."""

    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 0
    widths: tuple[float, ...] = ()
    kind: TableKind | None = None
    source: Source | None = field(default=None, compare=False)


Block = Paragraph | Table


def paragraph(text: str, role: Role, *, listed: bool = False, emphasised: bool = False) -> Paragraph:
    """A paragraph of one run, for composing."""
    return Paragraph(runs=(Run(text=text, emphasised=emphasised),), role=role, listed=listed)
