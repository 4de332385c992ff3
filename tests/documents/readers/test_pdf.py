"""PDF files as word processors export them, and as this package writes them."""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from cahiers.documents.blocks import Role, paragraph
from cahiers.documents.errors import NotASynthesis, Unreadable
from cahiers.documents.model import Synthesis
from cahiers.documents.readers.pdf import READER
from cahiers.documents.readers.pdf.file import read_pages
from cahiers.documents.readers.pdf.lines import lines_of
from cahiers.documents.writers.pdf import WRITER, render
from cahiers.methods import Method, get, keys
from tests.documents.readers.pdf_samples.content import sample
from tests.documents.readers.pdf_samples.make import HERE, METHOD, SAMPLES, source


def read(data: bytes, method: Method = METHOD) -> Synthesis:
    return READER.read(io.BytesIO(data), method)


def written(synthesis: Synthesis, method: Method = METHOD) -> bytes:
    stream = io.BytesIO()
    WRITER.write(synthesis, method, stream)
    return stream.getvalue()


def items(synthesis: Synthesis) -> Counter[tuple[object, ...]]:
    """Each item with its place: theme, stage, row, kind, text, emphasis."""
    return Counter(
        (theme.key, stage, index, kind, item.text, item.emphasised)
        for theme in synthesis.themes
        for stage, rows in theme.stages.items()
        for index, row in enumerate(rows)
        for kind, found in row.cells.items()
        for item in found
    )


def cited(synthesis: Synthesis) -> list[tuple[object, ...]]:
    return [
        (theme.key, stage, row.feedback, row.feedback_text)
        for theme in synthesis.themes
        for stage, rows in theme.stages.items()
        for row in rows
    ]


@pytest.mark.parametrize("name", SAMPLES)
def test_exports_of_word_processors(name: str) -> None:
    expected = source(SAMPLES[name])
    found = read((HERE / f"{name}.pdf").read_bytes())
    assert items(found) == items(expected)
    assert cited(found) == cited(expected)
    assert [theme.feedback for theme in found.themes] == [theme.feedback for theme in expected.themes]
    assert found.meetings == expected.meetings
    assert found.warnings == ()


@pytest.mark.parametrize("key", keys())
def test_what_is_written_is_read_back(key: str) -> None:
    method = get(key)
    expected = sample(method, 20, themes=3, rows_each=7)
    found = read(written(expected, method), method)
    assert items(found) == items(expected)
    assert [theme.feedback for theme in found.themes] == (
        [theme.feedback for theme in expected.themes] if method.feedback else [()] * 3
    )
    assert found.meetings == expected.meetings
    assert found.warnings == ()


@pytest.mark.parametrize("territory", ["Val-de-Brume", None])
def test_title_and_territory_are_read_back(territory: str | None) -> None:
    title = "Une consultation dont le titre est assez long pour aller à la ligne, une fois au moins, en tête de page"
    expected = replace(sample(METHOD, 23), consultation=title, territory=territory)
    found = read(written(expected))
    assert (found.consultation, found.territory) == (title, territory)


def test_a_long_address_is_read_back_whatever_its_digits() -> None:
    address = f"https://exemple.fr/{'continuite-pedagogique-en-maternelle-' * 4}1275374.html?RH=1517111219014"
    synthesis = sample(METHOD, 1, themes=1, rows_each=1)
    first = synthesis.themes[0]
    sheets = (replace(first.feedback[0], links=(address,)), *first.feedback[1:])
    synthesis = replace(synthesis, themes=(replace(first, feedback=sheets), *synthesis.themes[1:]))
    assert read(written(synthesis)).themes[0].feedback == sheets


def test_a_table_over_many_pages_keeps_its_rows_whole() -> None:
    expected = sample(METHOD, 21, themes=1, rows_each=60)
    assert items(read(written(expected))) == items(expected)


def test_items_know_their_page() -> None:
    found = read(written(sample(METHOD, 22)))
    pages = [
        item.source.page
        for theme in found.themes
        for rows in theme.stages.values()
        for row in rows
        for cell in row.cells.values()
        for item in cell
        if item.source is not None and item.source.page is not None
    ]
    assert len(pages) == items(found).total()
    assert min(pages) == 2
    assert len(set(pages)) > 3


def test_text_alone_is_no_synthesis() -> None:
    with pytest.raises(NotASynthesis):
        read(render([paragraph("Compte rendu de la réunion de quartier.", Role.VALUE)], title="Compte rendu"))


def test_a_page_without_text_says_what_to_do() -> None:
    with pytest.raises(Unreadable, match="reconnaissance de caractères"):
        read(_pdf(b"0 0 m 100 100 l S"))


def test_letters_drawn_apart_make_one_word_where_no_space_has_room() -> None:
    """A word that a change of looks cuts is drawn in two goes; narrow letters leave white between them."""
    drawn = b"BT /F 10 Tf 1 0 0 1 50 500 Tm [%s] TJ 1 0 0 1 %s 500 Tm (les du quartier) Tj ET"
    whole, apart = "Les familles du quartier", "Les famil les du quartier"
    justified = b"(Les) -400 (famil)"
    for first, x, text in (
        (b"(Les famil)", b"90.4", whole),
        (b"(Les famil)", b"92.8", apart),
        (justified, b"91.6", whole),
    ):
        (page,) = read_pages(io.BytesIO(_pdf(drawn % (first, x))))
        assert [line.text for line in lines_of(page.pieces, 1)] == [text]


def test_a_space_drawn_by_itself_is_that_of_the_text_it_follows() -> None:
    """The box that stands before the text, in a font of its own, may be drawn between the two."""
    drawn = b"BT /F 10 Tf 1 0 0 1 70 500 Tm (salle) Tj 1 0 0 1 50 500 Tm (x) Tj 1 0 0 1 93 500 Tm ( ) Tj ET"
    (page,) = read_pages(io.BytesIO(_pdf(drawn)))
    assert page.hanging_spaces == 1
    assert [line.text for line in lines_of(page.pieces, 1)] == ["x salle "]


@pytest.mark.parametrize("cut", [0.02, 0.3, 0.7])
def test_truncated(cut: float) -> None:
    data = (HERE / "plain.pdf").read_bytes()
    with pytest.raises((Unreadable, NotASynthesis)):
        read(data[: int(len(data) * cut)])


def test_accepts_by_signature() -> None:
    assert READER.accepts(io.BytesIO(b"\r\n%PDF-1.7\n"), "sans-nom")
    assert not READER.accepts(io.BytesIO(b"PK\x03\x04"), "faux.pdf")
    assert not READER.accepts(io.BytesIO(b""), "vide.pdf")


def _pdf(
    content: bytes, *, kids: bytes = b"3 0 R", resources: bytes = b"", more: tuple[bytes, ...] = ()
) -> bytes:
    """A file of one page that draws `content`; `kids` repeats the page, `more` are objects from number 6."""
    count = kids.count(b"R")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 842 595]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>>>"
        % resources,
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
    ]
    data = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return data + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        size, table, size, len(data),
    )  # fmt: skip


def _laughing_pdf() -> bytes:
    forms = []
    for level in range(12):
        inner = b"/X Do " * 10 if level < 11 else b"BT /F 10 Tf (x) Tj ET"
        forms.append(
            b"<</Type/XObject/Subtype/Form/BBox[0 0 842 595]/Resources<</Font<</F 5 0 R>>/XObject<</X %d 0 R>>>>"
            b"/Length %d>>stream\n%s\nendstream" % (7 + level, len(inner), inner)
        )
    return _pdf(b"/X Do", resources=b"/XObject<</X 6 0 R>>", more=tuple(forms))


def _bombs() -> Iterator[tuple[str, bytes]]:
    yield "forms that call forms", _laughing_pdf()
    yield "a million paths", _pdf(b"0 0 m 100 100 l S " * 1_000_000)
    yield "a million words", _pdf(b"BT /F 10 Tf " + b"(abcdefghij) Tj " * 1_000_000 + b"ET")
    yield (
        "a lattice of lines",
        _pdf(b"".join(b"%d 0 m %d 595 l S 0 %d m 842 %d l S " % (4 * (i,)) for i in range(800))),
    )
    yield "pages without end", _pdf(b"", kids=b"3 0 R " * 50_000)


@pytest.mark.parametrize("data", [pytest.param(data, id=name) for name, data in _bombs()])
def test_bombs_are_refused(data: bytes) -> None:
    with pytest.raises((Unreadable, NotASynthesis)):
        read(data)
