"""Tables that go over a page's end: a row that begins on the next page, and the rest of one."""

from collections.abc import Sequence

import pytest

from cahiers.documents.model import Warning
from cahiers.documents.readers.pdf.lines import Line
from cahiers.documents.readers.pdf.paragraphs import Setting
from cahiers.documents.readers.pdf.seams import customs_of, finish
from cahiers.documents.readers.pdf.tables import CellText, RowText, TableText, append
from cahiers.documents.readers.pdfium.pieces import Piece

THEME = "Travailler ensemble"


def row(words: Sequence[str], y: float, page: int = 1) -> RowText:
    cells = []
    for column, text in enumerate(words):
        x = 50.0 + 200 * column
        lines = [
            Line((Piece(part, x + 5, x + 100, y + 12 * at, 10.0, False, False, True, None),), page)
            for at, part in enumerate(text.split("\n") if text else [])
        ]
        cells.append(CellText(column=column, span=1, x0=x, x1=x + 200, lines=lines, continues=False))
    return RowText(page=page, cells=cells, height=12.0, closed=True, tags=frozenset())


def table(rows: list[RowText], breaks: list[int]) -> TableText:
    xs = [50.0, 250.0, 450.0, 650.0]
    return TableText(page=1, last_page=2, bottom=500.0, xs=xs, rows=rows, header_rows=1, breaks=breaks)


@pytest.mark.parametrize("shared", [True, False])
def test_other_tables_tell_whether_a_row_without_theme_is_the_rest_of_one(shared: bool) -> None:
    """The theme's cell is empty on the second page: there it is shared by rows, or that of a row that was cut."""
    header = ("Thématique", "Irritants", "Points forts")
    kin = [
        row((THEME if at == 0 or not shared else "", "► Une salle", "► Le café"), 20.0 * at)
        for at in range(4)
    ]
    cut = [
        row(header, 0),
        row((THEME, "► Un poste", "► Un jardin"), 20),
        row((THEME if not shared else "", "► Un car", "► Une règle"), 40),
        row(("", "► Un débit", "► Un relevé"), 20, page=2),
    ]
    tables = [table([row(header, 0), *kin], []), table(cut, [3])]
    found = finish(tables[1], Setting(left=50.0, right=650.0), customs_of(tables), [])
    assert len(found.rows) == (4 if shared else 3)


HEADER = ("Thématique", "Irritants", "Points forts")


def test_a_theme_named_again_opens_a_row_whatever_the_tags_say() -> None:
    said = [
        row((THEME, "► Un poste", "► Un jardin"), 20),
        row((THEME, "► Un débit", "► Un relevé"), 20, page=2),
    ]
    for own in said:
        own.tags = frozenset([(0, 7, 1)])
    cut = table([row(HEADER, 0), *said], [2])
    assert len(finish(cut, Setting(left=50.0, right=650.0), customs_of([cut]), []).rows) == 3


def rows_over_a_page(upper: Sequence[str], lower: Sequence[str], doubts: list[Warning] | None = None) -> int:
    """How many rows there are, of which the page's end parts or cuts these; the theme's cell is shared by all."""
    kin = [row((THEME if at == 0 else "", "► Une salle", "► Le café"), 20.0 * at) for at in range(4)]
    cut = [row(HEADER, 0), row((THEME, "► Un poste", "► Un jardin"), 20)]
    cut += [row(upper, 40), row(lower, 20, page=2)]
    tables = [table([row(HEADER, 0), *kin], []), table(cut, [3])]
    return len(
        finish(
            tables[1], Setting(left=50.0, right=650.0), customs_of(tables), [] if doubts is None else doubts
        ).rows
    )


def test_words_without_bullet_are_the_rest_of_a_row() -> None:
    assert rows_over_a_page(("", "► Un car", "► Une règle de"), ("", "► Un débit", "vie")) == 3


def test_words_that_had_room_above_begin_a_row() -> None:
    longer = "► Un car\n► Un bus\n► Un prêt\n► Un lieu"
    assert rows_over_a_page(("", longer, "► Une règle"), ("", "", "► Un relevé")) == 4


def test_a_row_that_leaves_a_cell_out_is_the_rest_of_one_if_nothing_had_room() -> None:
    longer = "► Un car\n► Un bus"
    assert rows_over_a_page(("", longer, "► Une règle"), ("", "► Un prêt", "")) == 3
    assert rows_over_a_page(("", longer, "► Une règle\nde vie"), ("", "► Un prêt", "► Un relevé")) == 4


def test_a_row_that_only_its_empty_cells_tell_is_said_to_be_doubtful() -> None:
    doubts: list[Warning] = []
    rows_over_a_page(("", "► Un car\n► Un bus", "► Une règle"), ("", "► Un prêt", ""), doubts=doubts)
    assert ["« Un prêt »" in doubt.message and "pages 1, 2" in doubt.message for doubt in doubts] == [True]
    rows_over_a_page(("", "► Un car", "► Une règle de"), ("", "► Un débit", "vie"), doubts=doubts)
    assert len(doubts) == 1


def test_a_header_row_that_a_page_break_cuts_is_one() -> None:
    header = ("Thématique concernée", "Irritants", "Points forts, réussites")
    cut = [
        row(("Thématique concernée", "Irritants", "Points forts,"), 480),
        row(("", "", "réussites"), 20, page=2),
    ]
    one = table([*cut, row((THEME, "► Un poste", "► Un jardin"), 40, page=2)], [1])
    one.header_rows = 0
    other = table([row(header, 0), row((THEME, "► Un poste", "► Un jardin"), 20)], [])
    found = finish(one, Setting(left=50.0, right=650.0), customs_of([one, other]), [])
    assert len(found.rows) == 2


def test_rows_of_two_colours_tell_what_a_page_break_cuts() -> None:
    rows = [row((THEME if at == 0 else "", "► Une salle", "► Le café"), 20.0 * at) for at in range(10)]
    cut = [row(HEADER, 0), *rows, row(("", "► Un débit", "► Un relevé"), 20, page=2)]
    for at, one in enumerate(cut):
        one.paint = at % 2
    for paint, count in ((0, 11), (1, 12)):
        cut[-1].paint = paint
        whole = table(list(cut), [11])
        assert len(finish(whole, Setting(left=50.0, right=650.0), customs_of([whole]), []).rows) == count


def test_a_theme_that_a_page_break_cuts_tells_nothing_where_rows_share_it() -> None:
    upper, lower = ("Favoriser un numérique", "", "► Une règle"), ("responsable", "► Un prêt", "► Un relevé")
    assert rows_over_a_page(upper, lower) == 4


@pytest.mark.parametrize(("rest", "same"), [(("", "", "au port"), True), (("", "au port", ""), False)])
def test_columns_without_a_word_may_be_parted_elsewhere_on_another_page(
    rest: Sequence[str], same: bool
) -> None:
    above = table([row(HEADER, 0), row((THEME, "► Un poste", "► Se retrouver"), 20)], [])
    below = table([row(HEADER, 0, page=2), row(rest, 20, page=2)], [])
    below.xs = [50.0, 190.0, 450.0, 650.0]
    assert append(above, below) is same


def test_outer_sides_may_stand_further_off_on_another_page() -> None:
    one, other = table([row(HEADER, 0)], []), table([row(("", "► Un prêt", ""), 20, page=2)], [])
    other.xs = [58.0, 250.0, 450.0, 642.0]
    assert append(one, other)
    other.xs = [50.0, 258.0, 450.0, 650.0]
    assert not append(one, other)


@pytest.mark.parametrize(("lower", "count"), [("puis le soir", 1), ("Un autre récit", 2)])
def test_a_text_in_a_frame_goes_on_over_the_page_amid_a_sentence(lower: str, count: int) -> None:
    frame = [row(("Un récit de la salle le matin,",), 480), row((lower,), 20, page=2)]
    for one in frame:
        one.cells[0].x1 = 160.0
    box = TableText(page=1, last_page=2, bottom=500.0, xs=[50.0, 160.0], rows=frame, breaks=[1])
    assert len(finish(box, Setting(left=50.0, right=160.0), customs_of([box]), []).rows) == count


def test_a_value_of_a_form_goes_on_over_the_page_amid_a_sentence() -> None:
    rows = [row((f"Rubrique {at}", "Réponse"), 20.0 * at) for at in range(5)]
    cut = [row(("☐ Associations et", "Nombre de"), 480), row(("collectifs", "participants : 5"), 20, page=2)]
    form = TableText(
        page=1, last_page=2, bottom=500.0, xs=[50.0, 160.0, 360.0], rows=[*rows, *cut], breaks=[6]
    )
    found = finish(form, Setting(left=50.0, right=160.0), customs_of([form]), [])
    assert [" ".join(cell.text.split()) for cell in found.rows[-1]] == [
        "☐ Associations et collectifs",
        "Nombre de participants : 5",
    ]


def test_where_no_bullet_opens_statements_page_breaks_are_not_said_to_leave_rows_whole() -> None:
    rows, breaks = [row(HEADER, 0)], []
    for page in range(1, 10):
        rows.append(row(("", "Une salle", "Le café du quartier,"), 480, page=page))
        breaks.append(len(rows))
        rows.append(row(("", "", "puis le jardin"), 20, page=page + 1))
    assert not customs_of([table(rows, breaks)]).whole
    setting = Setting(left=50.0, right=650.0, capitals=True)
    assert len(finish(table(rows, breaks), setting, customs_of([]), []).rows) == 10


def test_words_that_had_room_where_other_pages_have_some_begin_a_row() -> None:
    """The row leaves a cell out, as the rest of one would: whether it is one stays doubtful."""
    doubts: list[Warning] = []
    kin = [row((THEME if at == 0 else "", "► Une salle", "► Le café"), 20.0 * at) for at in range(8)]
    upper, lower = ("", "► Un car\n► Un bus", "► Une règle\nde vie"), ("", "", "► Un relevé")
    for levels, count in ((kin, 3), ([*kin, row(("", "► Un lieu", "► Un banc"), 160.0)], 4)):
        cut = [row(HEADER, 0), row(upper, 120), row(lower, 20, page=2)]
        tables = [table([row(HEADER, 0), *levels], []), table(cut, [2])]
        found = finish(tables[1], Setting(left=50.0, right=650.0), customs_of(tables), doubts)
        assert len(found.rows) == count - 1
    assert len(doubts) == 2


def test_a_first_cell_of_several_rows_that_goes_on_amid_a_sentence_tells_where_nothing_else_does() -> None:
    header = ("Irritants", "Attentes", "Propositions")
    kin = [row(("► Un car" if at % 2 == 0 else "", "► Une salle", "► Le café"), 20.0 * at) for at in range(6)]
    for row_below in kin[1::2]:
        row_below.cells[0].continues = True
    upper, lower = ("► Un car qui part", "► Un lieu", "► Une règle"), ("trop tôt", "► Un prêt", "► Un relevé")
    cut = table([row(header, 0), *kin, row(upper, 140), row(lower, 20, page=2)], [8])
    assert len(finish(cut, Setting(left=50.0, right=650.0), customs_of([cut]), []).rows) == 8
