"""Lays out what a document says as its team would: title page, session forms, then the blocks of the themes."""

import random
from collections.abc import Iterator, Sequence
from typing import Final

from bench.examined.looks import Look
from bench.examined.pages import Cell, Document, Paragraph, Run, Table
from bench.examined.said import METHOD
from bench.examined.wording import signed
from cahiers.documents.model import Feedback, Item, Meeting, Row, Synthesis, ThemeBlock
from cahiers.methods.model import Stage

#: Shares of the width: the theme's column, then the others.
WIDTHS: Final = {
    "diagnosis": (1.4, 0.6, 2.2, 2.2),
    "projections": (1.3, 1.4, 2.0, 2.3),
    "action_plan": (0.8, 1.2, 1.3, 1.2, 1.0, 1.2),
}
FORMATS: Final = (("Présentiel", "in_person"), ("Distanciel", "remote"), ("Les 2", "hybrid"))
SUBJECTS: Final = ("à voir avec la collectivité", "formulation à revoir", "déjà dit au premier atelier ?")
SHADE: Final = "D9E2F3"
BOXES: Final = ("☐", "☒")


class Draft:
    """One document being laid out; `rng` decides what its team did here and there."""

    def __init__(self, said: Synthesis, look: Look, rng: random.Random) -> None:
        self.said, self.look, self.rng = said, look, rng
        self.width = (29.7 if look.landscape else 21.0) - 2 * look.margin

    def document(self) -> Document:
        look = self.look
        blocks = [*self._front(), *self._forms()]
        for theme in self.said.themes:
            blocks += self._theme(theme)
        inner = look.inner_bullet or "–"
        return Document(
            blocks=tuple(blocks),
            font=look.font,
            size=look.size,
            landscape=look.landscape,
            margin=look.margin,
            footer=look.footer,
            page_header=look.page_header,
            bullets=(look.bullet, inner),
            fragments=look.fragments,
        )

    def _line(self, text: str, size: float = 0, *, bold: bool = False, **looks: object) -> Paragraph:
        text = signed(text, self.look.hand)
        run = Run(text=text, bold=bold or self.look.all_bold)
        return Paragraph(runs=(run,), size=size or self.look.size, **looks)  # type: ignore[arg-type]

    def _blank(self) -> Paragraph:
        return Paragraph(size=self.look.size)

    def _front(self) -> Iterator[Paragraph]:
        if self.look.cover:
            yield self._line("Synthèse des ateliers du numérique", 24, bold=True, align="center", after=30)
            yield self._line(f"Région académique {self.said.territory}", 18, align="center", after=30)
            yield self._line("Automne 2020", 14, align="center")
        if self.look.contents:
            yield self._line("Sommaire", 14, bold=True, breaks=self.look.cover, after=8)
            yield self._line("Introduction " + "." * 60 + " 3", after=3)
            for theme in self.said.themes:
                page = 3 + 4 * (theme.number or 0)
                yield self._line(
                    f"Thématique {theme.number} – {theme.title} " + "." * 30 + f" {page}", after=3
                )

    def _forms(self) -> Iterator[Paragraph | Table]:
        opened = self.look.cover or self.look.contents
        for index, meeting in enumerate(self.said.meetings):
            yield self._line("Introduction", 14, bold=True, breaks=opened or index > 0, after=6)
            yield self._form(meeting)

    def _form(self, meeting: Meeting) -> Table:
        ticks = [f"{BOXES[meeting.format == key]} {label}" for label, key in FORMATS]
        values = [
            ("Nom de la Région académique", [meeting.label]),
            ("Date(s) et lieu(x) de la session", list(meeting.dates_text)),
            ("Format de la session\nCocher la case correspondante", ["        ".join(ticks)]),
            ("Animateurs de la session", [f"{one.name}, {one.role}" for one in meeting.facilitators]),
        ]
        rows = []
        for label, lines in values:
            first = Cell(paragraphs=(self._line(label, bold=True),))
            rows.append(
                (first, Cell(paragraphs=tuple(map(self._line, lines)), columns=2), Cell(covered=True))
            )
        label = "Participants à la session\nCocher les cases correspondantes puis compléter le nombre de participants"
        for index, one in enumerate(meeting.participants):
            counts = [f"Nombre de participants : {one.count}"]
            if one.establishments is not None:
                counts.append(f"Nombre d’établissements représentés : {one.establishments}")
            first = Cell(paragraphs=(self._line(label, bold=True),), rows=len(meeting.participants))
            rows.append(
                (
                    first if not index else Cell(covered=True),
                    Cell(paragraphs=(self._line(f"{BOXES[one.checked]} {one.label}"),)),
                    Cell(paragraphs=tuple(map(self._line, counts))),
                )
            )
        shares = (0.28, 0.42, 0.3)
        return Table(widths=tuple(round(self.width * share, 2) for share in shares), rows=tuple(rows))

    def _theme(self, theme: ThemeBlock) -> Iterator[Paragraph | Table]:
        title = f"{METHOD.theme_word} N°{theme.number} : {theme.title}"
        shade = SHADE if self.look.titles == "bar" else None
        size = self.look.size + (3 if shade else 5)
        yield self._line(title, size, bold=True, breaks=True, shade=shade, heading=1, after=8)
        for number, stage in enumerate(METHOD.stages, 1):
            name = "Retour d’expérience" if number == 1 else METHOD.stages[number - 1].title
            yield self._line(f"{number}. {name}", self.look.size + 2, bold=True, heading=2, after=6)
            yield from self._prompts(stage)
            if stage.cites_feedback:
                yield from self._sheets(theme.feedback)
            if self.look.captions == "before":
                yield self._caption(stage.caption)
            yield from self._tables(theme, stage)
            if self.look.captions == "after":
                yield self._caption(stage.caption)
            yield self._blank()

    def _caption(self, text: str) -> Paragraph:
        return self._line(text, align="center", after=6)

    def _prompts(self, stage: Stage) -> Iterator[Paragraph]:
        feedback = METHOD.feedback
        if not self.look.prompts or feedback is None:
            return
        for line in feedback.prompts if stage.cites_feedback else stage.prompts:
            yield self._line(line if line.startswith("-") else f"■ {line}", after=4)

    def _sheets(self, sheets: Sequence[Feedback]) -> Iterator[Paragraph | Table]:
        for sheet in sheets:
            lines = [self._line(f"RETEX {sheet.number} ({sheet.scope})", bold=True)]
            lines += [self._line(line) for line in sheet.text.split("\n")]
            # A link is typed as it is, whatever the team's spaces.
            lines += [Paragraph(runs=(Run(text=link),), size=self.look.size) for link in sheet.links]
            if self.look.boxes:
                yield Table(widths=(round(self.width, 2),), rows=((Cell(paragraphs=tuple(lines)),),))
                yield self._blank()
            else:
                yield from lines
                yield self._blank()
        if sheets and self.look.captions != "none" and METHOD.feedback is not None:
            yield self._caption(METHOD.feedback.caption)

    def _tables(self, theme: ThemeBlock, stage: Stage) -> Iterator[Paragraph | Table]:
        rows = theme.stages[stage.key]
        cut = len(rows) // 2 if self.look.splits and len(rows) > 1 else len(rows)
        for part in (rows[:cut], rows[cut:]):
            if part:
                yield self._table(theme, stage, part)
                if part is not rows[cut:]:
                    yield self._blank()

    def _table(self, theme: ThemeBlock, stage: Stage, rows: Sequence[Row]) -> Table:
        look = self.look
        shares = list(WIDTHS[stage.key])
        if stage.key in look.widths:
            shares[1:] = look.widths[stage.key]
        widths = tuple(round(self.width * share / sum(shares), 2) for share in shares)
        heads = [METHOD.theme_heading, *(["RETEX"] if stage.cites_feedback else [])]
        heads += [column.heading for column in stage.columns]
        made: list[tuple[Cell, ...]] = []
        if look.titles == "row":
            bar = Cell(paragraphs=(self._line(stage.caption, bold=True),), columns=len(widths), shade=SHADE)
            made.append((bar, *(Cell(covered=True) for _ in widths[1:])))
        align = "center" if look.centred_headings else "left"
        shade = SHADE if look.bold_headings else None
        made.append(
            tuple(
                Cell(paragraphs=(self._line(head, bold=look.bold_headings, align=align),), shade=shade)
                for head in heads
            )
        )
        headers = len(made) if look.repeated else 0
        for index, row in enumerate(rows):
            cells = [self._theme_cell(theme, index, len(rows))]
            if stage.cites_feedback:
                cells.append(self._cited(row))
            cells += [self._cell(row.cells.get(kind, ())) for kind in stage.kinds]
            made.append(tuple(cells))
        return Table(
            widths=widths,
            rows=tuple(made),
            headers=headers,
            borders=look.borders,
            whole_rows=look.whole_rows,
        )

    def _theme_cell(self, theme: ThemeBlock, index: int, count: int) -> Cell:
        where = self.look.theme_cell
        if where == "merged" and index:
            return Cell(covered=True)
        if where == "first" and index:
            return Cell(paragraphs=(self._blank(),))
        rows = count if where == "merged" else 1
        return Cell(paragraphs=(self._marked(theme.title),), rows=rows, middle=self.look.middle)

    def _marked(self, text: str) -> Paragraph:
        """A line of the theme's or of the feedback's cell, with the sign that the template puts there."""
        if self.look.bullet != "►":
            return self._line(text)
        return self._line(text, level=0) if self.look.native else self._line(f"► {text}")

    def _cited(self, row: Row) -> Cell:
        numbers = ", ".join(map(str, row.feedback))
        lines = [self._marked(text) for text in (numbers, *row.feedback_text) if text]
        return Cell(paragraphs=tuple(lines) or (self._blank(),), middle=self.look.middle)

    def _cell(self, items: Sequence[Item]) -> Cell:
        look = self.look
        if not items:
            said = (self._line(look.sans_objet),) if look.sans_objet else (self._blank(),)
            return Cell(paragraphs=said, middle=look.middle)
        if look.joined and self.rng.random() < look.joined and len(items) > 1:
            text = "\n".join(f"{look.bullet} {item.text}" for item in items)
            one = Paragraph(runs=(Run(text=text, bold=look.all_bold),), size=look.size)
            return Cell(paragraphs=(one,), middle=look.middle)
        made: list[Paragraph] = []
        for index, item in enumerate(items):
            made.append(self._item(item, inner=index > 0))
            if index < len(items) - 1 and self.rng.random() < look.blank_lines:
                made.append(self._blank())
        return Cell(paragraphs=tuple(made), middle=look.middle)

    def _item(self, item: Item, *, inner: bool) -> Paragraph:
        look, text = self.look, item.text
        level = 1 if inner and look.inner_bullet and self.rng.random() < 0.25 else 0
        if self.rng.random() < look.line_breaks and text.count(" ") > 4:
            words = text.split(" ")
            middle = len(words) // 2
            text = " ".join(words[:middle]) + "\n" + " ".join(words[middle:])
        sign = look.inner_bullet if level else look.bullet
        if sign and not look.native:
            text = f"{sign} {text}"
        run = Run(text=text, bold=look.all_bold or item.emphasised, green=item.emphasised)
        return Paragraph(
            runs=(run,),
            size=look.size,
            align="justify" if look.justified else "left",
            level=level if sign and look.native else None,
            indent=0.6 * level if not look.native else 0.0,
            after=look.spacing,
            comment=self.rng.choice(SUBJECTS) if self.rng.random() < look.comments else None,
        )


def document(said: Synthesis, look: Look, rng: random.Random) -> Document:
    """The pages that the team makes of what is said."""
    return Draft(said, look, rng).document()
