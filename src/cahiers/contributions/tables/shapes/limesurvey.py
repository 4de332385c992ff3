"""LimeSurvey's response exports: CSV with codes, questions or both as headers, and VV files.

Source: the manual's pages "Export responses" and "Export results - VV", and the headings that its writers give.
"""

from typing import Final

from cahiers.contributions.tables.mapping import Mapping
from cahiers.contributions.tables.model import Table, column_key
from cahiers.contributions.tables.proposing import guessed
from cahiers.contributions.tables.shapes.shape import Shape
from cahiers.methods import Method

#: Columns of every survey by their code, with their headings in French and English (folded).
OWN: Final = {
    "id": ("id de la reponse", "response id", "id reponse"),
    "submitdate": ("date de soumission", "date submitted"),
    "lastpage": ("derniere page", "last page"),
    "startlanguage": ("langue de depart", "langue initiale", "start language"),
    "seed": ("tete de serie", "seed", "graine"),
    "startdate": ("date de lancement", "date de debut", "date started"),
    "datestamp": ("date de la derniere action", "date last action"),
    "ipaddr": ("adresse ip", "ip address"),
    "refurl": ("url de reference", "referrer url"),
    "token": ("code d invitation", "jeton", "code d acces", "access code"),
    "interviewtime": ("temps total", "total time"),
}
#: Two of these at least make a survey.
TELLING: Final = ("submitdate", "lastpage", "startlanguage", "datestamp", "startdate")


def _own(table: Table) -> dict[str, str]:
    """Names of the survey's own columns by their code; headings may be "code. question"."""
    by_heading = {heading: code for code, headings in OWN.items() for heading in headings}
    found: dict[str, str] = {}
    for column in table.columns:
        for name in (column.name, column.name.partition(". ")[0], column.label):
            key = column_key(name)
            code = key if key in OWN else by_heading.get(key)
            if code:
                found.setdefault(code, column.name)
                break
    return found


def accepts(table: Table) -> bool:
    own = _own(table)
    return "id" in own and sum(1 for code in TELLING if code in own) >= 2


def propose(table: Table, method: Method) -> Mapping:
    own = _own(table)

    def named(*codes: str) -> tuple[str, ...]:
        return tuple(own[code] for code in codes if code in own)

    given = {
        "id": named("id"),
        "date": named("submitdate", "datestamp", "startdate"),
        "language": named("startlanguage"),
        "voice": named("token"),
    }
    timings = {column.key for column in table.columns if column.name.endswith("Time")}
    aside = {column_key(name) for name in named("lastpage", "seed", "ipaddr", "refurl", "interviewtime")}
    return guessed(table, method, shape="limesurvey", given=given, aside=aside | timings)


SHAPE = Shape(name="limesurvey", label="LimeSurvey", accepts=accepts, propose=propose)
