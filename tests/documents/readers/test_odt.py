"""OpenDocument texts as people, LibreOffice and Word make them."""

import io

import pytest

from cahiers.documents.blocks import Paragraph, Role, RunRole, Table
from cahiers.documents.errors import DocumentError, Unreadable
from cahiers.documents.model import Source
from cahiers.documents.readers.odt import READER, blocks_of
from cahiers.methods import get
from tests.documents.packages import ODT_TYPE, docx, odt, package, texts

METHOD = get("etats-generaux")

GREEN = '<style:text-properties fo:color="#00b050" fo:font-weight="bold"/>'
BULLETS = (
    '<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1" text:bullet-char="►"/>'
    '<text:list-level-style-bullet text:level="2" text:bullet-char=" "/>'
    '<text:list-level-style-number text:level="3" style:num-format="1"/>'
    '<text:list-level-style-number text:level="4" style:num-format=""/>'
    '<text:list-level-style-image text:level="5"/></text:list-style>'
)


def style(name: str, content: str = "", *, family: str = "text", more: str = "") -> str:
    return f'<style:style style:name="{name}" style:family="{family}" {more}>{content}</style:style>'


def par(content: str, name: str = "") -> str:
    return f'<text:p text:style-name="{name}">{content}</text:p>'


def cell(content: str, more: str = "") -> str:
    return (
        f"<table:table-cell {more}>{content if content.startswith('<') else par(content)}</table:table-cell>"
    )


COVERED = "<table:covered-table-cell/>"


def table(*rows: str) -> str:
    return (
        f"<table:table>{''.join(f'<table:table-row>{row}</table:table-row>' for row in rows)}</table:table>"
    )


def read(body: str, **parts: str) -> list[object]:
    return texts(blocks_of(odt(body, **parts)))


def only(body: str, **parts: str) -> Paragraph:
    (block,) = blocks_of(odt(body, **parts))
    assert isinstance(block, Paragraph)
    return block


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Deux <text:span>mots</text:span> ici", "Deux mots ici"),
        ('a<text:s text:c="3"/>b<text:s/>c', "a   b c"),
        ('a<text:s text:c="999999"/>b', "a" + " " * 99 + "b"),
        ("a<text:tab/>b", "a\tb"),
        ("sur deux\n lignes du fichier", "sur deux  lignes du fichier"),
        ('<text:a xlink:href="#x">un lien</text:a>.', "un lien."),
        ("note<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>bas</text:p></text:note-body>"
         "</text:note> suite", "note suite"),
        ("vu<office:annotation><text:p>dit</text:p></office:annotation>!", "vu!"),
        ("vu<text:span text:style-name='H'> caché</text:span>", "vu"),
        ("vu<text:hidden-text>caché</text:hidden-text>", "vu"),
        ("le <text:date>12/10/2026</text:date>", "le 12/10/2026"),
        ("<text:ruby><text:ruby-base>base</text:ruby-base><text:ruby-text>glose</text:ruby-text></text:ruby>", "base"),
        ("a<text:soft-page-break/>b<text:bookmark/>", "ab"),
        ("<text:change-start/>ajouté<text:change-end/>", "ajouté"),
        ('<text:span text:style-name="W">\uf0fe</text:span> oui', "☑ oui"),
        ('<loext:content-control loext:checkbox="true" loext:checked="true">x</loext:content-control> a', "☒ a"),
        ('<loext:content-control loext:checkbox="true" loext:checked="false">x</loext:content-control> a', "☐ a"),
        ('<loext:content-control loext:showing-place-holder="true">Cliquez ici</loext:content-control>b', "b"),
        ('<loext:content-control>gardé</loext:content-control>', "gardé"),
        ('<field:fieldmark field:type="vnd.oasis.opendocument.field.FORMCHECKBOX">'
         '<field:param field:name="Checkbox_Checked" field:value="true"/></field:fieldmark> a', "☒ a"),
        ('<field:fieldmark field:type="vnd.oasis.opendocument.field.FORMCHECKBOX"/> a', "☐ a"),
        ('<draw:control draw:control="c1"/>', "☒ Chercheurs"),
    ],
)  # fmt: skip
def test_words_of_a_paragraph_are_what_its_reader_sees(content: str, expected: str) -> None:
    automatic = style("H", '<style:text-properties text:display="none"/>') + style(
        "W", '<style:text-properties style:font-name="Wingdings1"/>'
    )
    automatic += '<style:font-face style:name="Wingdings1" svg:font-family="Wingdings"/>'
    forms = (
        '<office:forms><form:form><form:checkbox form:id="c1" form:current-state="checked" form:label="Chercheurs"/>'
        "</form:form></office:forms>"
    )
    assert only(forms + par(content), automatic=automatic).text == expected


def test_what_was_deleted_and_what_is_derived_are_no_content() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>ôté</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:table-of-content><text:index-body><text:p>Titre....3</text:p></text:index-body></text:table-of-content>"
        '<text:section text:display="none"><text:p>caché</text:p></text:section>'
        "<text:section><text:p>montré</text:p></text:section>"
        + par("aussi caché", "H")
    )  # fmt: skip
    hidden = style("H", '<style:text-properties text:display="none"/>', family="paragraph")
    assert read(body, automatic=hidden) == ["montré"]


def test_hand_broken_lines_are_paragraphs_and_the_first_of_an_item_alone_has_the_bullet() -> None:
    body = (
        '<text:list text:style-name="L1"><text:list-header>'
        + par("en-tête")
        + "</text:list-header><text:list-item>"
        + par("un<text:line-break/>deux")
        + par("suite")
        + "<text:list><text:list-item>"
        + par("sans signe")
        + "</text:list-item></text:list></text:list-item><text:list-item>"
        + par("trois")
        + "</text:list-item></text:list>"
    )
    blocks = blocks_of(odt(body, automatic=BULLETS))
    assert [(b.text, b.listed) for b in blocks if isinstance(b, Paragraph)] == [
        ("en-tête", False),
        ("un", True),
        ("deux", False),
        ("suite", False),
        ("sans signe", False),
        ("trois", True),
    ]


@pytest.mark.parametrize(("level", "listed"), [(1, True), (2, False), (3, True), (4, False), (5, True)])
def test_a_paragraph_is_listed_where_its_level_draws_something(level: int, listed: bool) -> None:
    body = par("x")
    for depth in reversed(range(level)):
        name = 'text:style-name="L1"' if depth == 0 else ""
        body = f"<text:list {name}><text:list-item>{body}</text:list-item></text:list>"
    assert only(body, automatic=BULLETS).listed is listed


def test_the_list_style_may_be_the_paragraph_style_s() -> None:
    automatic = BULLETS + style("P", family="paragraph", more='style:list-style-name="L1"')
    body = "<text:list><text:list-item>" + par("x", "P") + "</text:list-item></text:list>"
    assert only(body, automatic=automatic).listed
    assert not only(par("x", "P"), automatic=automatic).listed
    assert only(
        '<text:numbered-paragraph text:style-name="L1">' + par("x") + "</text:numbered-paragraph>"
    ).listed


@pytest.mark.parametrize(
    ("properties", "emphasised"),
    [
        ('fo:color="#00b050" fo:font-weight="bold"', True),
        ('fo:color="#00B050" fo:font-weight="700"', True),
        ('fo:color="#00b050"', False),
        ('fo:font-weight="bold"', False),
        ('fo:color="#0070c0" fo:font-weight="bold"', False),
        ('fo:color="#00b050" fo:font-weight="normal"', False),
    ],
)
def test_emphasis_is_bold_and_green(properties: str, emphasised: bool) -> None:
    automatic = style("T", f"<style:text-properties {properties}/>")
    paragraph = only(par('<text:span text:style-name="T">Former</text:span>'), automatic=automatic)
    assert paragraph.runs[0].emphasised is emphasised


def test_looks_are_inherited_from_paragraphs_parents_and_outer_spans() -> None:
    automatic = (
        style("G", '<style:text-properties fo:color="#1b6e3c"/>', family="paragraph")
        + style("P", family="paragraph", more='style:parent-style-name="G"')
        + style("B", '<style:text-properties fo:font-weight="bold"/>')
        + style("N", '<style:text-properties fo:color="#000000"/>')
    )
    inner = '<text:span text:style-name="B">oui<text:span text:style-name="N">non</text:span></text:span>'
    runs = only(par("non" + inner, "P"), automatic=automatic).runs
    assert [(r.text, r.emphasised) for r in runs] == [("non", False), ("oui", True), ("non", False)]


def test_our_styles_are_known_by_shown_name_encoded_name_or_parent() -> None:
    styles = (
        style("q1", family="paragraph", more='style:display-name="Cahiers Énoncé"')
        + style("Cahiers_20_RETEX", family="paragraph")
        + style("q3", more='style:display-name="Cahiers Nom"')
    )
    automatic = style("P1", family="paragraph", more='style:parent-style-name="q1"')
    body = par('<text:span text:style-name="q3">Nom</text:span>', "P1") + par("x", "Cahiers_20_RETEX")
    first, second = blocks_of(odt(body, automatic=automatic, styles=styles))
    assert isinstance(first, Paragraph)
    assert isinstance(second, Paragraph)
    assert (first.role, first.runs[0].role, second.role) == (Role.ITEM, RunRole.NAME, Role.FEEDBACK)


def test_headings_have_a_level() -> None:
    styles = style("H", family="paragraph", more='style:default-outline-level="2"')
    assert only('<text:h text:outline-level="1">x</text:h>').heading_level == 1
    assert only('<text:h text:outline-level="9">x</text:h>').heading_level == 6
    assert only(par("x", "H"), styles=styles).heading_level == 2
    assert only(par("x")).heading_level is None


def test_cells_say_where_they_stand_and_how_far_they_reach() -> None:
    body = par("Avant") + table(
        cell("a", 'table:number-columns-spanned="2"') + COVERED + cell("b", 'table:number-rows-spanned="3"'),
        cell("c") + cell("d") + COVERED,
        cell("e", 'table:number-columns-spanned="2"') + COVERED + COVERED,
        cell("f") + cell("g") + cell("h"),
    )
    before, block = blocks_of(odt(body))
    assert isinstance(block, Table)
    assert texts((block,)) == [[[["a"], ["b"]], [["c"], ["d"], ["↑"]], [["e"], ["↑"]], [["f"], ["g"], ["h"]]]]
    assert [[cell.span for cell in row] for row in block.rows] == [[2, 1], [1, 1, 1], [2, 1], [1, 1, 1]]
    assert before.source == Source(cell="paragraphe 1")
    assert block.rows[0][1].source == Source(cell="tableau 1, ligne 1, colonne 3")


def test_a_block_of_cells_merged_both_ways_is_one_cell() -> None:
    spans = 'table:number-columns-spanned="2" table:number-rows-spanned="2"'
    body = table(cell("a", spans) + COVERED + cell("b"), COVERED + COVERED + cell("c"))
    assert read(body) == [[[["a"], ["b"]], [["↑"], ["c"]]]]


def test_covered_cells_that_a_program_forgot_or_added_do_no_harm() -> None:
    assert read(table(cell("a", 'table:number-columns-spanned="2"') + cell("b"), cell("c") + COVERED)) == [
        [[["a"], ["b"]], [["c"], []]]
    ]


def test_repeats_are_bounded() -> None:
    cells = cell("a") + cell("", 'table:number-columns-repeated="9999999"')
    row = f'<table:table-row table:number-rows-repeated="9999999">{cells}</table:table-row>'
    (block,) = blocks_of(odt(f"<table:table>{row * 400}</table:table>"))
    assert isinstance(block, Table)
    assert sum(len(row) for row in block.rows) < 30_000


def test_header_rows_are_those_that_repeat() -> None:
    row = f"<table:table-row>{cell('a')}{cell('b')}</table:table-row>"
    body = f"<table:table><table:table-header-rows>{row}</table:table-header-rows>{row}</table:table>"
    (block,) = blocks_of(odt(body))
    assert isinstance(block, Table)
    assert (block.header_rows, len(block.rows)) == (1, 2)


def test_a_table_inside_a_cell_gives_its_paragraphs_to_the_cell() -> None:
    inner = table(cell("b") + cell("c"))
    assert read(table(cell(par("a") + inner) + cell("d"))) == [[[["a", "b", "c"], ["d"]]]]


def test_a_frame_of_one_cell_around_real_tables_vanishes() -> None:
    assert read(table(cell(par("Titre") + table(cell("a") + cell("b"))))) == ["Titre", [[["a"], ["b"]]]]


@pytest.mark.parametrize(
    "drawing",
    [
        "<draw:frame><draw:text-box>{}</draw:text-box></draw:frame>",
        "<draw:custom-shape>{}<draw:enhanced-geometry/></draw:custom-shape>",
        "<draw:g><draw:rect>{}</draw:rect></draw:g>",
        '<draw:a xlink:href="#"><draw:frame><draw:text-box>{}</draw:text-box></draw:frame></draw:a>',
    ],
)
def test_a_text_box_is_a_table_of_one_cell(drawing: str) -> None:
    box = drawing.format(par("RETEX 1 (académie)") + par("Un récit"))
    expected = [[["RETEX 1 (académie)", "Un récit"]]]
    assert read(par("Ancre" + box)) == ["Ancre", expected]
    assert read(box) == [expected]
    assert read(table(cell(par("a" + box)) + cell("b"))) == [
        [[["a", "RETEX 1 (académie)", "Un récit"], ["b"]]]
    ]
    assert read(par(drawing.format(""))) == []


def test_an_address_behind_a_link_is_a_line_of_its_own_in_boxes_but_not_among_statements() -> None:
    link = par('<text:a xlink:href="https://exemple.fr/film">la vidéo</text:a>')
    shown = par('<text:a xlink:href="https://exemple.fr/d%C3%A9j%C3%A0">https://exemple.fr/déjà</text:a>')
    assert read(table(cell(link) + cell("x")) + shown + table(cell(link))) == [
        [[["la vidéo"], ["x"]]],
        "https://exemple.fr/déjà",
        [[["la vidéo", "https://exemple.fr/film"]]],
    ]


@pytest.mark.parametrize(
    ("content", "filename", "accepted"),
    [
        (odt("").getvalue(), "sans-extension", True),
        (docx("").getvalue(), "faux.odt", False),
        (odt("").getvalue()[:-30], "tronqué.odt", True),
        (odt("", mimetype="application/vnd.oasis.opendocument.spreadsheet").getvalue(), "x.odt", False),
        (package({"content.xml": ""}).getvalue(), "x", True),
        (package({"mimetype": ODT_TYPE, "encrypted-package": b"?"}).getvalue(), "protégé.odt", True),
        (b"", "vide.odt", True),
        (b"bonjour", "texte.odt", False),
    ],
)
def test_accepts_by_content_and_claims_its_damaged_files_by_name(
    content: bytes, filename: str, accepted: bool
) -> None:
    stream = io.BytesIO(content)
    assert READER.accepts(stream, filename) is accepted
    assert stream.tell() == 0


ENCRYPTED = (
    '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="content.xml">'
    "<m:encryption-data/></m:file-entry></m:manifest>"
)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 et rien",
        odt(par("x" * 500)).getvalue()[:300],
        package({"mimetype": ODT_TYPE}).getvalue(),
        package({"content.xml": "pas du XML"}).getvalue(),
        package({"content.xml": "<a/>"}).getvalue(),
        package({"content.xml": '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'}).getvalue(),
        odt(par("x"), **{"META-INF/manifest.xml": ENCRYPTED}).getvalue(),
        package({"encrypted-package": b"?", "META-INF/manifest.xml": ENCRYPTED}).getvalue(),
        odt("<table:table><table:table-row><table:table-cell>" * 300).getvalue(),
    ],
    ids=range(10),
)
def test_what_is_no_opendocument_text_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(Unreadable) as refusal:
        READER.read(io.BytesIO(content), METHOD)
    assert str(refusal.value).endswith(".")


def test_deep_nesting_within_what_the_parser_takes_is_read_or_refused() -> None:
    for depth in (10, 40, 80):
        opening = "<table:table><table:table-row><table:table-cell>" * depth
        closing = "</table:table-cell></table:table-row></table:table>" * depth
        try:
            assert read(opening + par("fond") + closing) == [[[["fond"]]]]
        except DocumentError:
            assert depth > 40


def test_identifiers_that_a_program_copied_do_no_harm() -> None:
    assert texts(blocks_of(odt('<text:p xml:id="a">un</text:p><text:p xml:id="a">deux</text:p>'))) == [
        "un",
        "deux",
    ]
