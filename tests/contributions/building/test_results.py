"""Answers counted by question, and written line by line for spreadsheets."""

import csv
import io

import pytest

from cahiers.contributions.building.results import csv_lines, open_counts, results
from cahiers.contributions.models import Contribution, Revision, Status

pytestmark = pytest.mark.django_db


def lines(form):
    text = b"".join(csv_lines(form)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


@pytest.fixture
def said(survey, nation, now):
    def said(submission, question, text, status=Status.ACCEPTED):
        contribution = Contribution(
            consultation=survey.consultation,
            territory=nation,
            submission=submission,
            question=question,
            channel="survey",
            kind="need",
            status=status,
            created_at=now,
        )
        revision = Revision(text=text, at=now)
        contribution.current_id = revision.uuid
        contribution.save()
        revision.contribution = contribution
        revision.save()
        return contribution

    return said


def test_each_type_is_counted(survey, ask, answered):
    ask(text="Un ?")
    ask(text="Des ?", type="choices", options=["A", "B"])
    ask(text="Combien ?", type="scale", options=["Aucun", "Beaucoup"], steps=3)
    ask(text="Grille", type="matrix", options=["Bien", "Mal"], lines=["Ici", "Là"])
    answered(un="Oui", des=["A", "B"], combien=3, grille={"Ici": "Bien"})
    answered(un="Oui", des=["A"], combien=2)
    answered(un="Autrefois")
    told = [
        (one.line, one.answered, [(bar.label, bar.count, bar.share) for bar in one.bars])
        for one in results(survey)
    ]
    assert told == [
        ("", 3, [("Oui", 2, 67), ("Non", 0, 0), ("Autrefois", 1, 33)]),
        ("", 2, [("A", 2, 100), ("B", 1, 50)]),
        ("", 2, [("1\u00a0: Aucun", 0, 0), ("2", 1, 50), ("3\u00a0: Beaucoup", 1, 50)]),
        ("Ici", 1, [("Bien", 1, 100), ("Mal", 0, 0)]),
        ("Là", 0, [("Bien", 0, 0), ("Mal", 0, 0)]),
    ]
    assert results(survey)[2].mean == 2.5


def test_erased_submissions_are_not_counted(survey, ask, answered, now):
    ask(text="Un ?")
    gone = answered(un="Oui")
    gone.erased_at = now
    gone.save()
    assert results(survey)[0].answered == 0
    assert len(lines(survey)) == 1


def test_a_line_a_submission_and_a_column_a_question(survey, ask, answered, said, nation):
    ask(text="Un ?")
    grid = ask(text="Grille", type="matrix", options=["Bien", "Mal"], lines=["Ici", "Là"])
    written = ask(text="Pourquoi ?", type="open", options=[])
    one = answered(un="Oui", **{grid.key: {"Là": "Mal"}})
    said(one, written, "=1+1 ; « dit »\nsur deux lignes")
    assert lines(survey) == [
        ["Reçu le", "Territoire", "Catégorie", "Un ?", "Grille – Ici", "Grille – Là", "Pourquoi ?"],
        [
            "2026-10-01 11:30",
            nation.name,
            "Familles et élèves",
            "Oui",
            "",
            "Mal",
            "'=1+1 ; « dit »\nsur deux lignes",
        ],
    ]


def test_a_short_form_has_its_words(survey, answered, said):
    survey.kind = "short"
    survey.save()
    said(answered(), None, "@lire")
    assert lines(survey)[0][3:] == ["Nature", "Titre", "Texte"]
    assert lines(survey)[1][3:] == ["Besoin", "", "'@lire"]


def test_withdrawn_words_are_their_author_s_alone(survey, ask, answered, said):
    written = ask(text="Pourquoi ?", type="open", options=[])
    said(answered(), written, "Retiré depuis", Status.WITHDRAWN)
    assert lines(survey)[1][-1] == ""
    assert open_counts(survey) == [(written, 0)]


def test_answers_of_thousands_take_few_queries(survey, ask, answered, django_assert_num_queries):
    ask(text="Un ?")
    for _ in range(20):
        answered(un="Oui")
    with django_assert_num_queries(2):
        assert results(survey)[0].answered == 20
