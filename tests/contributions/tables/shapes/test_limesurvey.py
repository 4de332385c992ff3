"""LimeSurvey: codes, questions, both, VV files, and the structure that tells of them."""

# ruff: noqa: E501 - rows of exports read best on one line

import io
from datetime import date

import pytest

from cahiers.contributions.tables import Content, Structure, Unreadable, open_structure, recognise
from tests.contributions.tables.samples import as_csv, as_zip, opened, problems, proposed, said

OWN = ["id", "submitdate", "lastpage", "startlanguage", "seed"]
CODES = [
    *OWN,
    "PROFIL",
    "GENE",
    "MATERIEL[SQ001]",
    "MATERIEL[SQ002]",
    "MATERIEL[other]",
    "ACCORD[SQ001]",
    "TEMPS",
    "TABLE[L1_C1]",
]
ANSWERS = [
    ["12", "2026-11-03 10:22:01", "3", "fr", "889", "A1", "Le réseau tombe dès dix heures.", "Y", "", "Un tableau blanc", "A2", "4.5", "Trop tôt"],
    ["13", "", "1", "fr", "890", "-oth-", "La salle ferme à midi, personne n’y va.", "", "Y", "", "", "", ""],
]  # fmt: skip


def row(**values: str) -> str:
    return (
        "<row>" + "".join(f"<{key}><![CDATA[{value}]]></{key}>" for key, value in values.items()) + "</row>"
    )


def part(name: str, *rows: str) -> str:
    return f"<{name}><rows>{''.join(rows)}</rows></{name}>"


def question(qid: int, type: str, code: str, **more: str) -> str:
    return row(qid=str(qid), sid="77", gid="5", type=type, title=code, parent_qid="0", **more)


def structure(modern: bool) -> bytes:
    """The same survey as versions before and since 4 write it."""
    texts = {
        1: "Vous êtes :", 2: "<p>Qu’est-ce qui vous <b>gêne</b> ?</p>", 3: "De quoi disposez-vous ?", 4: "Êtes-vous d’accord ?",
        5: "Combien d’heures ?", 6: "Votre semaine", 31: "Tablette", 32: "Ordinateur", 41: "On m’écoute", 61: "Lundi", 62: "Matin",
    }  # fmt: skip
    labels = {1: "Parent", 2: "Élève", 3: "Tout à fait", 4: "Pas du tout"}

    def told(qid: int) -> dict[str, str]:
        return {} if modern else {"question": texts[qid], "language": "fr"}

    def answer(aid: int, qid: int, code: str) -> str:
        own = {"aid": str(aid)} if modern else {"answer": labels[aid], "language": "fr"}
        return row(qid=str(qid), code=code, scale_id="0", **own)

    kinds = {1: ("L", "PROFIL", "Y"), 2: ("T", "GENE", "N"), 3: ("M", "MATERIEL", "Y"), 4: ("F", "ACCORD", "N"),
             5: ("N", "TEMPS", "N"), 6: (";", "TABLE", "N")}  # fmt: skip
    parts = [
        part("answers", answer(1, 1, "A1"), answer(2, 1, "A2"), answer(3, 4, "A1"), answer(4, 4, "A2")),
        part("questions", *(question(q, t, c, other=o, **told(q)) for q, (t, c, o) in kinds.items())),
        part(
            "subquestions",
            *(
                row(qid=str(qid), parent_qid=str(parent), title=code, scale_id=scale, **told(qid))
                for qid, parent, code, scale in [
                    (31, 3, "SQ001", "0"), (32, 3, "SQ002", "0"), (41, 4, "SQ001", "0"), (61, 6, "L1", "0"), (62, 6, "C1", "1"),
                ]
            ),
        ),
        part("surveys", row(sid="77", language="fr")),
        part("surveys_languagesettings", row(surveyls_language="fr", surveyls_title="Le printemps")),
    ]  # fmt: skip
    if modern:
        parts.append(part("question_l10ns", *(row(qid=str(q), question=t, language="fr") for q, t in texts.items()),
                          *(row(qid=str(q), question="?", language="en") for q in texts)))  # fmt: skip
        parts.append(
            part("answer_l10ns", *(row(aid=str(a), answer=t, language="fr") for a, t in labels.items()))
        )
    body = "".join(parts)
    return f'<?xml version="1.0" encoding="UTF-8"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType>{body}</document>'.encode()


def told(modern: bool = True) -> Structure:
    return open_structure(io.BytesIO(structure(modern)))


def test_codes_without_a_structure():
    table = opened(as_csv([CODES, *ANSWERS]))
    assert recognise(table).name == "limesurvey"
    mapping = proposed(table)
    assert mapping.id == ("id",)
    assert mapping.date == ("submitdate",)
    assert mapping.language == ("startlanguage",)
    found = [one for one in said(table, mapping) if one.column == "GENE"]
    assert [(one.id, one.date, one.language) for one in found] == [
        ("12", date(2026, 11, 3), "fr"),
        ("13", None, "fr"),
    ]


@pytest.mark.parametrize("modern", [True, False])
def test_codes_with_a_structure(modern):
    table = opened(as_csv([CODES, *ANSWERS]), structure=told(modern))
    columns = {column.name: column for column in table.columns}
    assert columns["GENE"].label == "Qu’est-ce qui vous gêne ?"
    assert (
        columns["GENE"].content
        is columns["MATERIEL[other]"].content
        is columns["TABLE[L1_C1]"].content
        is Content.TEXT
    )
    assert columns["TABLE[L1_C1]"].label == "Votre semaine [Lundi][Matin]"
    assert columns["ACCORD[SQ001]"].choices == {"A1": "Tout à fait", "A2": "Pas du tout"}
    first = next(one for one in said(table) if one.column == "GENE")
    assert first.kind == "irritant"
    assert first.category_text == "Parent"
    assert first.answers == {
        "De quoi disposez-vous ? [Tablette]": "Oui",
        "Êtes-vous d’accord ? [On m’écoute]": "Pas du tout",
        "Combien d’heures ?": "4.5",
    }
    assert {one.column for one in said(table)} == {"GENE", "MATERIEL[other]", "TABLE[L1_C1]"}


def test_an_answer_that_the_survey_does_not_have():
    bad = [[*ANSWERS[0][:5], "A9", *ANSWERS[0][6:]]]
    assert [one.code for one in problems(opened(as_csv([CODES, *bad]), structure=told()))] == [
        "unknown_choice"
    ]


def test_questions_as_headers():
    full = [
        "ID de la réponse", "Date de soumission", "Dernière page", "Langue de départ", "Tête de série", "Vous êtes :",
        "Qu’est-ce qui vous gêne ?", "De quoi disposez-vous ? [Tablette]",
    ]  # fmt: skip
    table = opened(as_csv([full, *(row[:8] for row in ANSWERS)]))
    assert recognise(table).name == "limesurvey"
    assert said(table)[0].question == "Qu’est-ce qui vous gêne ?"
    described = opened(as_csv([full, *(row[:8] for row in ANSWERS)]), structure=told())
    assert said(described)[0].category_text == "Parent"


def test_codes_and_questions_as_headers():
    both = ["id. ID de la réponse", "submitdate. Date de soumission", "lastpage. Dernière page", "startlanguage. Langue de départ",
            "seed. Tête de série", "PROFIL. Vous êtes :", "GENE. Qu’est-ce qui vous gêne ?"]  # fmt: skip
    table = opened(as_csv([both, *(row[:7] for row in ANSWERS)]), structure=told())
    assert recognise(table).name == "limesurvey"
    assert said(table)[0].category_text == "Parent"


@pytest.mark.parametrize(
    "names", [["GENE", "MATERIEL_SQ001", "MATERIEL_other"], ["77X5X2", "77X5X3SQ001", "77X5X3other"]]
)
def test_vv_files(names):
    questions = [
        "id",
        "submitdate",
        "lastpage",
        "startlanguage",
        "Qu’est-ce qui vous gêne ?",
        "De quoi disposez-vous ? (Tablette)",
        "Autre",
    ]
    codes = ["id", "submitdate", "lastpage", "startlanguage", *names]
    lines = [
        [
            "12",
            "2026-11-03 10:22:01",
            "3",
            "fr",
            "{quote}Trop{quote} {lbrace}loin},{newline}dit-on{tab}ici",
            "Y",
            "{question_not_shown}",
        ],
        [
            "13",
            "{question_not_shown}",
            "1",
            "fr",
            "{question_not_shown}",
            "{question_not_shown}",
            "Un tableau à craie",
        ],
    ]
    table = opened(
        as_csv([questions, codes, *lines], separator="\t", end="\n"), "vvexport_77.csv", structure=told()
    )
    assert recognise(table).name == "limesurvey"
    first, second = said(table)
    assert first.text == '"Trop" {loin},\ndit-on ici'
    assert first.answers == {"De quoi disposez-vous ? [Tablette]": "Oui"}
    assert (second.text, second.question) == ("Un tableau à craie", "De quoi disposez-vous ? [Autre]")
    assert [line.number for line in table.rows()] == [3, 4]


def test_a_zip_of_structure_and_answers():
    table = opened(
        as_zip(enquete__lss=structure(True), reponses__csv=as_csv([CODES, *ANSWERS])), "enquete.zip"
    )
    assert said(table)[0].category_text == "Parent"


def test_a_structure_alone_asks_for_the_answers():
    with pytest.raises(Unreadable, match="joignez aussi ses réponses"):
        opened(structure(True), "enquete.lss")


@pytest.mark.parametrize(
    "data", [b"", b"<a/>", b"<document>", structure(True)[:900], b'<!DOCTYPE a [<!ENTITY b "c">]><document/>']
)
def test_structures_that_are_none(data):
    with pytest.raises(Unreadable):
        open_structure(io.BytesIO(data))
