"""Lines that could not be taken, corrected in their file and sent again: exactly what was missing enters."""

import csv
import io

from cahiers.contributions.intake import files
from cahiers.contributions.intake.models import TableImport
from cahiers.contributions.models import Contribution
from tests.contributions.intake.conftest import csv_of
from tests.contributions.tables.samples import HEADER, LINES

GOOD = [
    ["05/11/2026 08:00", "Élève", "Laval", "Égal accès", "La salle ouvre trop tard,\npour les cars du matin.", "1"],
    ["05/11/2026 08:10", "Élève", "Évron", "Gouvernance", "« Qui décide ? » ; on ne sait pas.", "3"],
    ["05/11/2026 08:20", "Enseignante", "Laval", "Formation", "=Une aide à deux, le mercredi.", "2"],
    ["05/11/2026 08:30", "Parent d’élève", "Mayenne", "Gouvernance", "Personne ne prévient des pannes.", "1"],
]  # fmt: skip
BAD = [
    ["31/02/2026", *GOOD[0][1:]],
    [*GOOD[1][:5], "beaucoup"],
    [*GOOD[2][:5], "-2"],
    GOOD[3][:5],
]


def corrected(rejected):
    """As a spreadsheet shows them, each line put right; the last column says what was wrong."""
    header, *lines = csv.reader(io.StringIO(rejected.decode("utf-8-sig")), delimiter=";")
    assert header == [*HEADER, "Problème"]
    assert all(line[-1] for line in lines)
    by_text = {good[4].lstrip("="): good for good in GOOD}
    right = [[*by_text[line[4].lstrip("'=")], line[-1]] for line in lines]
    return csv_of(right, header)


def test_corrected_lines_bring_exactly_what_was_missing(imported):
    found = imported(csv_of([LINES[0], *BAD, *LINES[1:]]))
    assert (found.counts["added"], found.counts["rejected"]) == (len(LINES), len(BAD))
    with files.opened(found.uuid, files.REJECTED) as stream:
        back = corrected(stream.read())
    again = imported(back, "lignes-a-reprendre.csv", whole=True)
    assert (again.counts["added"], again.counts["known"], again.problems) == (len(GOOD), 0, [])
    texts = set(Contribution.objects.values_list("current__text", flat=True))
    assert texts == {line[4] for line in (*LINES, *GOOD)}
    for data in (back, csv_of([LINES[0], *GOOD, *LINES[1:]])):
        assert imported(data).counts["added"] == 0


def test_few_corrected_lines_are_read_as_those_beside_them_were(drop, imported, laval):
    """Each theme comes once among them, as answers do: nothing but the first file tells that they are no text."""
    found = imported(csv_of([*LINES * 3, BAD[0], BAD[1]]))
    with files.opened(found.uuid, files.REJECTED) as stream:
        back = corrected(stream.read())
    TableImport.objects.update(names={"theme": {"Gouvernance": ""}}, territory=laval)
    again = drop(back, "lignes-a-reprendre.csv")
    assert (again.mapping, again.given, again.territory) == (found.mapping, found.given, laval)
    assert again.names == {"theme": {"Gouvernance": ""}}
