"""Every platform's files, from the file to the database: what enters, once, and what is told of a damaged line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest

from cahiers.contributions.intake import actions, advancing
from cahiers.contributions.models import Contribution
from cahiers.contributions.tables import Mapping
from tests.contributions.tables.samples import HEADER, LINES, as_csv, as_json, as_ods, as_xlsx, as_zip
from tests.contributions.tables.shapes import test_adhocracy as adhocracy
from tests.contributions.tables.shapes import test_limesurvey as limesurvey
from tests.contributions.tables.shapes import test_microsoft_forms as microsoft
from tests.contributions.tables.shapes import test_webform as webform
from tests.contributions.tables.shapes.test_decidim_comments import COMMENT
from tests.contributions.tables.shapes.test_decidim_meetings import MEETING
from tests.contributions.tables.shapes.test_decidim_proposals import NEW, OLD
from tests.contributions.tables.shapes.test_google_forms import QUESTIONS

Rows = Sequence[Sequence[Any]]


def keyed(*items: dict[str, str]) -> list[list[str]]:
    return [list(items[0]), *(list(item.values()) for item in items)]


def tabbed(rows: Rows) -> bytes:
    return as_csv(rows, separator="\t", end="\n")


def objects(rows: Rows) -> bytes:
    return as_json([dict(zip(rows[0], row, strict=True)) for row in rows[1:]])


def open_data(name: str, separator: str) -> Callable[[Rows], bytes]:
    """The zip with the other tables that it always has."""

    def write(rows: Rows) -> bytes:
        parts = {
            "proposals": keyed(OLD if separator == "," else NEW),
            "comments": keyed(COMMENT),
            "meetings": keyed(MEETING),
            name: rows,
        }
        files = {f"avis-open-data-{one}__csv": as_csv(its, separator=separator) for one, its in parts.items()}
        return as_zip(**files, README__md="# Données ouvertes")

    return write


@dataclass(frozen=True, kw_only=True)
class Case:
    """`cell` in `column` of the last row cannot be read; `line` is where that row begins."""

    name: str
    rows: Rows
    write: Callable[[Rows], bytes] = as_csv
    shape: str
    said: tuple[str, ...]
    column: str
    cell: str = "un jour de pluie"
    line: int
    structure: bytes | None = None

    def damaged(self) -> bytes:
        at = next(row for row in self.rows if self.column in row).index(self.column)
        last = [*self.rows[-1]]
        last[at] = self.cell
        return self.write([*self.rows[:-1], last])

    def __str__(self) -> str:
        return f"{self.shape} {self.name}"


SHEET = [HEADER, *LINES]
SPOKEN = tuple(line[4] for line in LINES)
PROPOSED = ("Une salle ouverte le soir,\navec ce plan.",)
REPLIED = ("D’accord,\nmais pas le soir.",)
SERIES = [
    ["Horodateur", *QUESTIONS],
    ["03/11/2026 10:22:01", "", "Parent", "Le prêt de livres, chaque vendredi.", "2"],
]
BOOK = [
    [*microsoft.OWN, "Quels sont vos besoins ?"],
    [1, "2026-11-03 10:02", "2026-11-03 10:09", "anonymous", "", "", "Du temps pour se former, à plusieurs."],
]
VV = [
    ["id", "submitdate", "lastpage", "startlanguage", "Qu’est-ce qui vous gêne ?", "Autre"],
    ["id", "submitdate", "lastpage", "startlanguage", "GENE", "MATERIEL_other"],
    [
        "12",
        "2026-11-03 10:22:01",
        "3",
        "fr",
        "{quote}Trop{quote} loin{newline}du bourg",
        "{question_not_shown}",
    ],
]
ANSWERED = (
    "Le réseau tombe dès dix heures.",
    "Un tableau blanc",
    "Trop tôt",
    "La salle ferme à midi, personne n’y va.",
)

CASES = [
    Case(name="feuille.csv", shape="generic", rows=SHEET, said=SPOKEN, column=HEADER[0], line=6),
    Case(name="feuille.tsv", shape="generic", rows=SHEET, write=tabbed, said=SPOKEN, column=HEADER[0], line=6),
    Case(name="feuille.xlsx", shape="generic", rows=SHEET, write=as_xlsx, said=SPOKEN, column=HEADER[0], line=5),
    Case(name="feuille.ods", shape="generic", rows=SHEET, write=as_ods, said=SPOKEN, column=HEADER[0], line=5),
    Case(name="feuille.json", shape="generic", rows=SHEET, write=objects, said=SPOKEN, column=HEADER[0], line=4),
    Case(name="2020.csv", shape="decidim_proposals", rows=keyed(OLD), said=PROPOSED, column="published_at", line=2),
    Case(
        name="2020.zip",
        shape="decidim_proposals",
        rows=keyed(OLD),
        write=open_data("proposals", ","),
        said=PROPOSED,
        column="published_at",
        line=2,
    ),
    Case(
        name="0.30.zip",
        shape="decidim_proposals",
        rows=keyed(NEW),
        write=open_data("proposals", ";"),
        said=("- une salle ouverte le soir",),
        column="published_at",
        line=2,
    ),
    Case(
        name="0.30.zip",
        shape="decidim_comments",
        rows=keyed(COMMENT),
        write=open_data("comments", ";"),
        said=REPLIED,
        column="created_at",
        line=2,
    ),
    Case(
        name="2020.zip",
        shape="decidim_meetings",
        rows=keyed(MEETING),
        write=open_data("meetings", ","),
        said=("On a parlé des cars.",),
        column="start_time",
        line=2,
    ),
    Case(
        name="comments.json",
        shape="decidim_comments",
        rows=keyed(COMMENT),
        write=objects,
        said=REPLIED,
        column="created_at",
        line=1,
    ),
    Case(
        name="idees.xlsx",
        shape="adhocracy_ideas",
        rows=adhocracy.IDEAS,
        write=as_xlsx,
        said=("Un banc à l’ombre,\nprès du portail",),
        column="Created",
        line=2,
    ),
    Case(
        name="commentaires.xlsx",
        shape="adhocracy_comments",
        rows=adhocracy.COMMENTS,
        write=as_xlsx,
        said=("Plutôt deux bancs, alors",),
        column="Created",
        line=2,
    ),
    Case(
        name="reponses.csv",
        shape="limesurvey",
        rows=[limesurvey.CODES, *limesurvey.ANSWERS],
        said=ANSWERED,
        column="PROFIL",
        cell="A9",
        line=3,
        structure=limesurvey.structure(True),
    ),
    Case(
        name="vvexport_77.csv",
        shape="limesurvey",
        rows=VV,
        write=tabbed,
        said=('"Trop" loin\ndu bourg',),
        column="submitdate",
        line=3,
        structure=limesurvey.structure(False),
    ),
    Case(
        name="framaforms.csv",
        shape="webform",
        rows=webform.THREE,
        said=(
            "Le réseau tombe dès dix heures.",
            "Un deuxième accès, le matin.",
            "Rien n’est prévu pour les petits villages.",
        ),
        column="Heure de soumission",
        line=5,
    ),
    Case(
        name="google.csv",
        shape="google_forms",
        rows=SERIES,
        said=("Le prêt de livres, chaque vendredi.",),
        column="Horodateur",
        line=2,
    ),
    Case(
        name="microsoft.xlsx",
        shape="microsoft_forms",
        rows=BOOK,
        write=as_xlsx,
        said=("Du temps pour se former, à plusieurs.",),
        column="Heure de fin",
        line=2,
    ),
]  # fmt: skip


@pytest.fixture
def taken(drop, consultation, now):
    """A case's file taken in, by the table of it that has its shape."""

    def taken(case, data):
        more = {"structure": BytesIO(case.structure), "structure_name": "a.lss"} if case.structure else {}
        found = drop(data, case.name, **more)
        for at, table in enumerate(_tables(found)):  # noqa: B007 - read after the loop
            mapping = actions.reading.proposed(table, consultation)
            if mapping.shape == case.shape:
                break
        else:
            pytest.fail(f"no table is seen as {case.shape}")
        actions.settle(
            found=found,
            mapping=Mapping.from_json(mapping.as_json()),
            given=actions.Given.of(found.given),
            territory=found.territory,
            table=at,
        )
        advancing.check(found=found, now=now)
        actions.begin(found=found, whole=False)
        advancing.advance(found=found, by=None, now=now)
        return found

    return taken


def _tables(found):
    with actions.reading.tables(found) as known:
        return known


def texts():
    return sorted(Contribution.objects.values_list("current__text", flat=True))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_file_enters_once_and_a_damaged_line_is_told(taken, case):
    damaged = taken(case, case.damaged())
    assert [tuple(one[:3]) for one in damaged.problems] == [(case.line, case.column, case.cell)]
    assert len(texts()) < len(case.said)
    whole = taken(case, case.write(case.rows))
    assert texts() == sorted(case.said)
    assert whole.problems == []
    again = taken(case, case.write(case.rows))
    assert (again.counts["added"], again.counts["known"]) == (0, len(case.said))
    assert texts() == sorted(case.said)
