"""The PDF that is written: tagged, in French, the same bytes each time, whatever the words."""

import ctypes
import io
import re
from dataclasses import replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cahiers.documents.blocks import Cell, Paragraph, Role, Run, Table, paragraph
from cahiers.documents.model import Synthesis
from cahiers.documents.writers.pdf import WRITER, render
from cahiers.methods import get, keys
from tests.documents.readers.pdf_samples.content import sample
from tests.documents.strategies import syntheses

METHOD = get("etats-generaux")


def written(synthesis: Synthesis) -> bytes:
    stream = io.BytesIO()
    WRITER.write(synthesis, get(synthesis.method), stream)
    return stream.getvalue()


def text_of(data: bytes) -> str:
    """Words of every page, lines joined."""
    document = pdfium.PdfDocument(data)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).replace("\u200b", "").split())


def shown(*texts: str) -> str:
    return text_of(render([paragraph(text, Role.VALUE) for text in texts], title="Essai"))


def structure(data: bytes) -> list[str]:
    """Kinds of the structure elements of the first page, from the root down."""
    document = pdfium.PdfDocument(data)
    page = document[0]
    tree = raw.FPDF_StructTree_GetForPage(page)
    found: list[str] = []

    def visit(element: object) -> None:
        buffer = (ctypes.c_char * 64)()
        length = raw.FPDF_StructElement_GetType(element, buffer, 64)
        found.append(bytes(buffer)[: length - 2].decode("utf-16-le"))
        for index in range(raw.FPDF_StructElement_CountChildren(element)):
            if child := raw.FPDF_StructElement_GetChildAtIndex(element, index):
                visit(child)

    for index in range(raw.FPDF_StructTree_CountChildren(tree)):
        visit(raw.FPDF_StructTree_GetChildAtIndex(tree, index))
    raw.FPDF_StructTree_Close(tree)
    document.close()
    return found


def test_same_bytes_each_time() -> None:
    synthesis = sample(METHOD, 1)
    assert written(synthesis) == written(synthesis)


def test_says_what_it_is() -> None:
    data = written(replace(sample(METHOD, 1), consultation="L’école & le numérique"))
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data
    assert re.search(rb"/Lang ?\(fr", data)
    document = pdfium.PdfDocument(data)
    assert document.get_metadata_value("Title") == "L’école & le numérique – Val-de-Brume"
    assert document.get_metadata_value("CreationDate").startswith("D:20200101")
    bookmarks = [bookmark.get_title() for bookmark in document.get_toc()]
    document.close()
    assert bookmarks[0] == "THEMATIQUE N°1 : Garantir un égal accès au numérique pour tous"
    assert "2. Projections" in bookmarks


def test_tables_are_tagged_with_their_headers() -> None:
    header = tuple(Cell(paragraphs=(paragraph(text, Role.COLUMN),)) for text in ("Quoi", "Qui"))
    row = tuple(
        Cell(
            paragraphs=(
                paragraph("Une chose", Role.ITEM, listed=True),
                paragraph("Une autre", Role.ITEM, listed=True),
            )
        )
        for _ in range(2)
    )
    kinds = structure(render([Table(rows=(header, row), header_rows=1, widths=(0.5, 0.5))], title="Essai"))
    assert kinds.count("TR") == 2
    assert kinds.count("TH") == 2
    assert kinds.count("TD") == 2
    assert kinds.count("L") == 2
    assert kinds.count("LI") == 4


def test_headings_do_not_skip_levels() -> None:
    blocks = [paragraph("Une partie", Role.HEADING), paragraph("THEMATIQUE N°1 : Un titre", Role.THEME)]
    kinds = structure(render(blocks, title="Essai"))
    assert "H1" in kinds
    assert "H2" not in kinds


def test_cells_may_span_columns_and_rows() -> None:
    cell = Cell(paragraphs=(paragraph("Case", Role.VALUE),))
    rows = (
        (replace(cell, span=2), cell),
        (cell, cell, cell),
        (Cell(continues=True), cell, cell),
    )
    assert text_of(render([Table(rows=rows)], title="Essai")).count("Case") == 7


@pytest.mark.parametrize(
    "text",
    [
        '#panic("non") #include "/etc/passwd" *gras* _souligné_ $x^2$ @renvoi <etiquette>',
        "= Titre // commentaire /* bloc */ `code` ~ \\ #let x = 1",
        '{"texte": "guillemets \\" et accolades"}',
        "« Français » – l’œuvre, l'été… 50 % – 1 234 € ► ☐ ☒ ■",
        "Ελληνικά, Кириллица",
    ],
)
def test_words_are_never_markup(text: str) -> None:
    assert text in shown(text)


def test_signs_that_no_font_has_are_replaced() -> None:
    assert shown("Bravo 🎓 漢字 aux élèves").startswith("Bravo ¤ ¤¤ aux élèves")


def test_right_to_left() -> None:
    assert "مرحبا بالعالم" in shown("مرحبا بالعالم")


def test_long_words_stay_in_their_cell() -> None:
    words = ("Anticonstitutionnellement" * 8, f"https://exemple.example/{'chemin-' * 30}")
    cells = tuple(Cell(paragraphs=(paragraph(word, Role.ITEM, listed=True),)) for word in words)
    data = render([Table(rows=((*cells, Cell(), Cell(), Cell(), Cell()),))], title="Essai")
    document = pdfium.PdfDocument(data)
    boxes = [item.get_bounds() for item in document[0].get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])]
    edges = [right for _, bottom, right, _ in boxes if bottom > 60]
    width = document[0].get_width()
    document.close()
    assert max(edges) < width / 3 + 20
    assert all(word in text_of(data).replace("\ufffe", "-").replace(" ", "") for word in words)


def test_emphasis_is_bold_and_green() -> None:
    marked = Paragraph(runs=(Run(text="Souligné", emphasised=True),), role=Role.ITEM)
    document = pdfium.PdfDocument(render([marked], title="Essai"))
    item = next(iter(document[0].get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])))
    colour = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(item, *colour)
    red, green, blue, _ = (part.value for part in colour)
    assert green > red + 24
    assert green > blue + 24
    document.close()


def test_each_session_and_theme_opens_a_page() -> None:
    synthesis = sample(METHOD, 2, themes=3, rows_each=1)
    synthesis = replace(synthesis, meetings=synthesis.meetings * 2)
    document = pdfium.PdfDocument(written(synthesis))
    tops = [page.get_textpage().get_text_range()[:40] for page in document]
    document.close()
    assert tops[1].startswith("Nom de la Région")
    assert sum(top.startswith("THEMATIQUE") for top in tops) == 3


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(synthesis=st.one_of([syntheses(get(key)) for key in keys()]))
def test_any_synthesis_can_be_written(synthesis: Synthesis) -> None:
    assert written(synthesis).startswith(b"%PDF-1.7")
