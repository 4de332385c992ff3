"""Rows that share one theme cell, in a text that keeps its columns: where each begins."""

from cahiers.documents.readers.txt.spaced.merged import Level, rows_beside, step_of

#: A line a line of text, a mark a column: a statement begins at ►, goes on at -, has ended at a dot.
Drawn = list[str]


def tops(drawn: Drawn, number: int | None = None) -> list[int]:
    """Where rows begin, the first one's top left out.

    A line has "|" where its page ends after it, "=" where an empty line stands above, "~" where one of a theme cell
    alone does; "N" is a text without bullet.
    """
    texts = {"►": "► Une salle", "-": "au bourg", ".": "", "N": "Néant"}
    levels, page = [], 0
    for at, line in enumerate(drawn):
        cells = [texts[mark] for mark in line.strip("|=~")]
        if at == number:
            cells[0] = "► 2"
        levels.append(Level(cells, page, line.startswith("="), line.startswith("~")))
        page += line.endswith("|")
    return rows_beside(levels, step_of([levels]))


def test_a_row_begins_where_its_cells_do_below_the_one_that_ended_last() -> None:
    assert tops(["►►►", "--.", "-..", "►►►", "-.-", "►.►"]) == [3]


def test_statements_that_begin_level_by_chance_are_of_one_row() -> None:
    assert tops(["►►", "--", "►►", "-►", "►-"]) == []


def test_empty_lines_that_stand_between_rows_alone_part_them() -> None:
    assert tops(["►►", "►.", "=►►", ".-", "►►", "=►►", "--", "=►►"]) == [2, 5, 7]
    assert tops(["►►", "►-", "=►►", "=►.", "=-►", "--"]) == []


def test_an_empty_line_beside_a_theme_cell_parts_rows_too() -> None:
    assert tops(["►►", "~►►", ".-", "=►►", "=►►", "--", "=►►"]) == [1, 3, 4, 6]


def test_a_text_without_bullet_may_open_a_cell_below_an_empty_line() -> None:
    assert tops(["►►", "-.", "=►N", "=►►", "-.", "=N►", ".►"]) == [2, 3, 5]


def test_a_row_never_begins_amid_a_statement() -> None:
    assert tops(["►►►", "-..", "-►►", "-.."]) == []


def test_a_row_that_cites_a_sheet_begins_there() -> None:
    assert tops(["►►►", "..-", "►►►"], number=2) == [2]


def test_cells_out_of_step_have_lines_of_their_neighbours_between() -> None:
    assert tops(["►►", "-.", ".-", "-.", ".►", "►.", ".-", "-."]) == []


def test_what_a_page_s_end_keeps_together_is_of_the_row_above() -> None:
    assert tops(["►►", "--", "-►", "-.|", "►►", "--"]) == []


def test_one_line_has_one_row() -> None:
    assert tops(["►►"]) == []
    assert rows_beside([], step_of([[]])) == []
