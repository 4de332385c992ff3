"""The file of rejected lines comes back corrected."""

import io

from cahiers.contributions.tables import PROBLEM_COLUMN, Problem, Record, write_rejected
from tests.contributions.tables.samples import HEADER, LINES, as_csv, as_xlsx, opened, proposed, read, said


def rejected(table) -> bytes:
    sentences = {one.line: one.sentence for one in read(table) if isinstance(one, Problem)}
    stream = io.BytesIO()
    assert write_rejected(table, sentences, stream) == len(sentences)
    return stream.getvalue()


BAD = [*LINES[:1], ["31/02/2026", *LINES[1][1:]], [*LINES[2][:5], "-3"], LINES[3]]


def test_it_has_the_columns_the_lines_and_what_is_wrong():
    data = rejected(opened(as_csv([HEADER, *BAD], separator=",")))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = data.decode("utf-8-sig").split("\r\n")
    assert rows[0].endswith(f",{PROBLEM_COLUMN}")
    assert "31/02/2026" in rows[1]
    assert "'-3" in data.decode()


def test_it_is_read_again_without_that_column():
    table = opened(rejected(opened(as_csv([HEADER, *BAD]))))
    assert [column.name for column in table.columns] == HEADER
    assert [type(one) for one in read(table)] == [Problem, Problem]


def test_once_corrected_it_gives_the_records_that_the_whole_file_would_have():
    mapping = proposed(opened(as_csv([HEADER, *LINES])))
    whole = {one.key for one in said(opened(as_csv([HEADER, *LINES])), mapping)}
    bad = opened(as_csv([HEADER, *BAD]))
    kept = {one.key for one in read(bad, mapping) if isinstance(one, Record)}
    corrected = (
        rejected(bad).decode("utf-8-sig").replace("31/02/2026", LINES[1][0]).replace("'-3", LINES[2][5])
    )
    assert kept | {one.key for one in said(opened(corrected), mapping)} == whole


def test_formulas_are_harmless_in_it_and_come_back_as_they_were():
    rows = [HEADER, ["31/02/2026", "x", "Laval", "=1+1", "@SUM(A1) ou presque, dit-elle", "1"]]
    data = rejected(opened(as_csv(rows))).decode("utf-8-sig")
    assert ";'=1+1;'@SUM" in data
    assert said(opened(data.replace("31/02", "28/02")), proposed(opened(as_csv(rows))))[0].text.startswith(
        "@SUM"
    )


def test_ragged_lines_keep_all_their_cells():
    data = rejected(opened("Avis;Commune\nTrop; cher;Laval\nTrop loin, le soir;Laval\n")).decode("utf-8-sig")
    assert 'Trop;" cher;Laval";' in data


def test_a_workbook_gives_a_csv():
    assert rejected(opened(as_xlsx([HEADER, *BAD]), "a.xlsx")).startswith(b"\xef\xbb\xbfHorodatage")
