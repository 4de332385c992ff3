"""Tables and boxes of Word documents."""

from cahiers.documents.blocks import Table, TableKind
from cahiers.documents.model import Source
from cahiers.documents.readers.docx import blocks_of
from tests.documents.packages import docx, texts
from tests.documents.readers.word import cell, only_table, par, read, run, table


def test_cells_say_where_they_stand_and_how_far_they_reach() -> None:
    body = par("Avant") + table(
        cell("a", '<w:gridSpan w:val="2"/>') + cell("b", '<w:vMerge w:val="restart"/>'),
        cell("c") + cell("d") + cell("", "<w:vMerge/>"),
        cell("e", '<w:hMerge w:val="restart"/>') + cell("", '<w:hMerge w:val="continue"/>') + cell("f"),
        cell("g") + cell("h", "<w:vMerge/>") + cell("i"),
    )
    before, block = blocks_of(docx(body))
    assert isinstance(block, Table)
    assert texts((block,)) == [[[["a"], ["b"]], [["c"], ["d"], ["↑"]], [["e"], ["f"]], [["g"], ["h"], ["i"]]]]
    assert [[cell.span for cell in row] for row in block.rows] == [[2, 1], [1, 1, 1], [2, 1], [1, 1, 1]]
    assert before.source == Source(cell="paragraphe 1")
    assert block.rows[0][1].source == Source(cell="tableau 1, ligne 1, colonne 3")
    assert block.rows[1][1].paragraphs[0].source == Source(cell="tableau 1, ligne 2, colonne 2")


def test_absurd_spans_are_bounded() -> None:
    block = only_table(
        table(cell("a", '<w:gridSpan w:val="99999"/>') + cell("b", '<w:gridSpan w:val="-3"/>'))
    )
    assert [cell.span for cell in block.rows[0]] == [63, 1]


def test_cells_left_out_before_a_row_keep_its_columns_in_place() -> None:
    body = f'<w:tbl><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("b")}</w:tr></w:tbl>'
    assert read(body) == [[[[], ["b"]]]]


def test_header_rows_are_those_that_repeat() -> None:
    header = f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('Titre')}{cell('Autre')}</w:tr>"
    assert only_table(f"<w:tbl>{header}<w:tr>{cell('x')}{cell('y')}</w:tr></w:tbl>").header_rows == 1


def test_rows_struck_out_are_gone_and_rows_added_are_there() -> None:
    body = (
        f"<w:tbl><w:tr>{cell('a')}{cell('b')}</w:tr><w:tr><w:trPr><w:del/></w:trPr>{cell('c')}{cell('d')}</w:tr>"
        f"<w:tr><w:trPr><w:ins/></w:trPr>{cell('e')}{cell('f')}</w:tr></w:tbl>"
    )
    assert read(body) == [[[["a"], ["b"]], [["e"], ["f"]]]]


def test_a_paragraph_whose_mark_is_struck_out_goes_on_in_the_next() -> None:
    assert read(par("début ", "<w:rPr><w:del/></w:rPr>") + par("et fin") + par("autre")) == [
        "début et fin",
        "autre",
    ]
    assert read(par("dernier", "<w:rPr><w:del/></w:rPr>")) == ["dernier"]


def test_a_table_inside_a_cell_gives_its_paragraphs_to_the_cell() -> None:
    inner = table(cell("b") + cell("c"), cell("d") + cell("e"))
    assert read(table(cell(par("a") + inner + par("f")) + cell("g"))) == [
        [[["a", "b", "c", "d", "e", "f"], ["g"]]]
    ]


def test_a_frame_of_one_cell_around_real_tables_vanishes() -> None:
    inner = table(cell("a") + cell("b"))
    blocks = blocks_of(docx(table(cell(par("Titre") + inner + par("")))))
    assert texts(blocks) == ["Titre", [[["a"], ["b"]]]]
    assert blocks[1].source == Source(cell="tableau 1")


def shape(content: str) -> str:
    inside = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{inside}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_a_text_box_is_a_table_of_one_cell_read_once() -> None:
    body = par(run("Ancre") + shape(par("RETEX 1 (académie)") + par("Un récit"))) + par("Après")
    assert read(body) == ["Ancre", [[["RETEX 1 (académie)", "Un récit"]]], "Après"]


def test_an_old_text_box_alone_is_read_too_and_an_empty_one_is_not() -> None:
    old = (
        "<w:r><w:pict><v:textbox><w:txbxContent>"
        + par("ancien")
        + "</w:txbxContent></v:textbox></w:pict></w:r>"
    )
    assert read(par(old) + par(shape(par("")))) == [[[["ancien"]]]]


def test_a_text_box_anchored_in_a_cell_joins_the_cell() -> None:
    assert read(table(cell(par(run("a") + shape(par("b")))) + cell("c"))) == [[[["a", "b"], ["c"]]]]


def test_an_address_behind_a_link_is_a_line_of_its_own_in_boxes_but_not_among_statements() -> None:
    link = '<w:hyperlink r:id="rId9">' + run("la vidéo") + "</w:hyperlink>"
    shown = '<w:hyperlink r:id="rId9">' + run("https://exemple.fr/film/") + "</w:hyperlink>"
    around = '<w:hyperlink r:id="rId9">' + shape(par("https://exemple.fr/a")) + "</w:hyperlink>"
    body = table(cell(par(link)) + cell("x")) + par(shown) + table(cell(par(link))) + par(around)
    assert texts(blocks_of(docx(body, links={"rId9": "https://exemple.fr/film"}))) == [
        [[["la vidéo"], ["x"]]],
        "https://exemple.fr/film/",
        [[["la vidéo", "https://exemple.fr/film"]]],
        [[["https://exemple.fr/a"]]],
    ]


def test_kinds_of_tables_are_known_by_our_styles() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="i"><w:name w:val="Cahiers Énoncé"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="l"><w:name w:val="Cahiers Rubrique"/></w:style>'
    )
    body = "".join(table(cell(par("x", f'<w:pStyle w:val="{style}"/>'))) + par("-") for style in ("i", "l"))
    blocks = blocks_of(docx(body, styles=styles))
    assert [b.kind for b in blocks if isinstance(b, Table)] == [TableKind.STAGE, TableKind.SESSION]
