"""Writes a document as LibreOffice does: one flat OpenDocument file that it opens and converts."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from bench.examined.pages import Cell, Document, Paragraph, Run, Table

SPACES: Final = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
    for name in ("office", "style", "text", "table", "meta", "datastyle")
} | {
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
LINE: Final = "0.5pt solid #444444"
SIDES: Final = {"all": "top left bottom right", "rows": "top bottom", "none": "", "outer": ""}


def _attributes(values: Iterable[tuple[str, object]]) -> str:
    return "".join(f" {key}={quoteattr(str(value))}" for key, value in values)


class Writer:
    """One document being written; styles are named as they are met."""

    def __init__(self, document: Document) -> None:
        self.source = document
        self.styles: dict[str, str] = {}

    def _style(self, family: str, body: str) -> str:
        key = f'style:family="{family}">{body}'
        return self.styles.setdefault(key, f"{family[0].upper()}{len(self.styles) + 1}")

    def runs(self, runs: tuple[Run, ...], size: float) -> str:
        made = []
        for run in runs:
            look: list[tuple[str, object]] = [("fo:font-size", f"{size}pt")]
            look += [("fo:font-weight", "bold")] * run.bold + [("fo:color", "#2e7d32")] * run.green
            name = self._style("text", f"<style:text-properties{_attributes(look)}/>")
            text = escape(run.text).replace("\n", "<text:line-break/>")
            made.append(f'<text:span text:style-name="{name}">{text}</text:span>')
        return "".join(made)

    def paragraph(self, source: Paragraph) -> str:
        look: list[tuple[str, object]] = [
            ("fo:text-align", source.align),
            ("fo:margin-bottom", f"{source.after}pt"),
            ("fo:margin-top", "0pt"),
        ]
        if source.level is None:
            look.append(("fo:margin-left", f"{source.indent}cm"))
        look += [("fo:break-before", "page")] * source.breaks
        if source.shade:
            look.append(("fo:background-color", f"#{source.shade}"))
        body = f"<style:paragraph-properties{_attributes(look)}/>"
        body += f'<style:text-properties fo:font-size="{source.size}pt"/>'
        name = self._style("paragraph", body)
        note = ""
        if source.comment:
            note = "<office:annotation><dc:creator>Relecture</dc:creator>"
            note += f"<text:p>{escape(source.comment)}</text:p></office:annotation>"
        tag = "text:h" if source.heading else "text:p"
        level = f' text:outline-level="{source.heading}"' if source.heading else ""
        made = f'<{tag} text:style-name="{name}"{level}>{note}{self.runs(source.runs, source.size)}</{tag}>'
        if source.level is None:
            return made
        for _ in range(source.level + 1):
            made = f"<text:list><text:list-item>{made}</text:list-item></text:list>"
        return made.replace("<text:list>", '<text:list text:style-name="Items">', 1)

    def table(self, source: Table) -> str:
        total = sum(source.widths)
        look = f'<style:table-properties style:width="{total}cm" table:align="left"/>'
        made = [f'<table:table table:style-name="{self._style("table", look)}">']
        for width in source.widths:
            body = f'<style:table-column-properties style:column-width="{width}cm"/>'
            made.append(f'<table:table-column table:style-name="{self._style("table-column", body)}"/>')
        keep = f'<style:table-row-properties fo:keep-together="{"always" if source.whole_rows else "auto"}"/>'
        name = self._style("table-row", keep)
        for index, row in enumerate(source.rows):
            if source.headers and index == 0:
                made.append("<table:table-header-rows>")
            made.append(f'<table:table-row table:style-name="{name}">')
            made += [self.cell(cell, source, index, place) for place, cell in enumerate(row)]
            made.append("</table:table-row>")
            if source.headers and index == source.headers - 1:
                made.append("</table:table-header-rows>")
        return "".join([*made, "</table:table>"])

    def cell(self, source: Cell, table: Table, index: int, place: int) -> str:
        if source.covered:
            return "<table:covered-table-cell/>"
        sides = SIDES[table.borders].split()
        if table.borders == "outer":
            sides += ["top"] * (index == 0) + ["bottom"] * (index + source.rows == len(table.rows))
            sides += ["left"] * (place == 0) + ["right"] * (place + source.columns == len(table.widths))
        look: list[tuple[str, object]] = [
            (f"fo:border-{side}", LINE if side in sides else "none")
            for side in ("top", "left", "bottom", "right")
        ]
        look += [("fo:padding", "0.15cm"), ("style:vertical-align", "middle" if source.middle else "top")]
        if source.shade:
            look.append(("fo:background-color", f"#{source.shade}"))
        name = self._style("table-cell", f"<style:table-cell-properties{_attributes(look)}/>")
        spans: list[tuple[str, object]] = [("table:style-name", name), ("office:value-type", "string")]
        if source.rows > 1:
            spans.append(("table:number-rows-spanned", source.rows))
        if source.columns > 1:
            spans.append(("table:number-columns-spanned", source.columns))
        inside = "".join(map(self.paragraph, source.paragraphs)) or "<text:p/>"
        return f"<table:table-cell{_attributes(spans)}>{inside}</table:table-cell>"

    def _lists(self) -> str:
        made = '<text:list-style style:name="Items">'
        for level, sign in enumerate(self.source.bullets, 1):
            made += f'<text:list-level-style-bullet text:level="{level}" text:bullet-char="{sign or "•"}">'
            made += "<style:list-level-properties"
            made += ' text:list-level-position-and-space-mode="label-alignment">'
            made += '<style:list-level-label-alignment text:label-followed-by="listtab"'
            made += f' fo:text-indent="-0.4cm" fo:margin-left="{0.4 * level}cm"/>'
            made += "</style:list-level-properties></text:list-level-style-bullet>"
        return made + "</text:list-style>"

    def _page(self) -> tuple[str, str]:
        source = self.source
        width, height = ("29.7cm", "21cm") if source.landscape else ("21cm", "29.7cm")
        layout = [("fo:page-width", width), ("fo:page-height", height)]
        layout += [("style:print-orientation", "landscape" if source.landscape else "portrait")]
        layout += [(f"fo:margin-{side}", f"{source.margin}cm") for side in ("top", "left", "bottom", "right")]
        made = '<style:page-layout style:name="Page"><style:page-layout-properties'
        made += f"{_attributes(layout)}/><style:header-style/><style:footer-style>"
        made += '<style:header-footer-properties fo:min-height="0.8cm"/></style:footer-style>'
        made += "</style:page-layout>"
        inside = ""
        if source.page_header:
            inside += f"<style:header><text:p>{escape(source.page_header)}</text:p></style:header>"
        if source.footer is not None:
            number = f"{escape(source.footer)}<text:page-number>1</text:page-number>"
            inside += f"<style:footer><text:p>{number}</text:p></style:footer>"
        master = '<style:master-page style:name="Standard" style:page-layout-name="Page">'
        return made, f"{master}{inside}</style:master-page>"

    def text(self) -> str:
        body = "".join(
            self.table(block) + "<text:p/>" if isinstance(block, Table) else self.paragraph(block)
            for block in self.source.blocks
        )
        named = "".join(
            f'<style:style style:name="{name}" {key}</style:style>' for key, name in self.styles.items()
        )
        page, master = self._page()
        spaces = _attributes((f"xmlns:{name}", address) for name, address in SPACES.items())
        font = quoteattr(self.source.font)
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document{spaces} office:version="1.2"'
            ' office:mimetype="application/vnd.oasis.opendocument.text">'
            f"<office:font-face-decls><style:font-face style:name={font} svg:font-family={font}/>"
            '</office:font-face-decls><office:styles><style:default-style style:family="paragraph">'
            f'<style:text-properties style:font-name={font} fo:font-size="{self.source.size}pt"'
            ' fo:language="fr" fo:country="FR"/></style:default-style></office:styles>'
            f"<office:automatic-styles>{page}{self._lists()}{named}</office:automatic-styles>"
            f"<office:master-styles>{master}</office:master-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document>"
        )


def write(document: Document, path: Path) -> None:
    """Writes the fodt file."""
    path.write_text(Writer(document).text(), encoding="utf-8")
