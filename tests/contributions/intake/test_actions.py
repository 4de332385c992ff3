"""Tables become contributions once, whole or what is right of them."""

import pytest

from cahiers.contributions import search
from cahiers.contributions.intake import actions, advancing, files
from cahiers.contributions.intake.models import ImportedLine, SavedMapping, State
from cahiers.contributions.models import Contribution, Flag, Status, Submission
from cahiers.contributions.tables import Mapping
from cahiers.journal.models import Entry, Verb
from tests.contributions.intake.conftest import csv_of
from tests.contributions.tables.samples import LINES

BAD = ["31/02/2026", "Élève", "Laval", "Égal accès", "Une date qui n’existe pas.", "1"]


def test_a_line_becomes_a_contribution_with_what_it_says(imported, laval, consultation):
    found = imported(csv_of())
    assert found.state == State.DONE
    assert found.counts["added"] == len(LINES) == Contribution.objects.count()
    first = Contribution.objects.order_by("pk").first()
    assert first.territory == laval
    assert first.current.text == LINES[0][4]
    assert first.current.contribution == first
    assert first.current.number == 1
    assert first.consultation == consultation
    assert first.said_on.isoformat() == "2026-11-03"
    assert first.status == Status.PENDING
    assert first.imported_line.line == 2
    assert first.imported_line.table == found
    assert [one.uuid for one in search.search(Contribution.objects.all(), "réseau")] == [first.uuid]


def test_the_same_file_again_adds_nothing_and_says_so(imported, laval):
    imported(csv_of())
    again = imported(csv_of())
    assert again.counts["added"] == 0
    assert again.counts["known"] == len(LINES) == Contribution.objects.count()
    assert Submission.objects.count() in (0, len(LINES))


def test_columns_may_change_places(imported, laval):
    from tests.contributions.tables.samples import HEADER

    imported(csv_of())
    turned = imported(csv_of([line[::-1] for line in LINES], HEADER[::-1]))
    assert turned.counts["added"] == 0


def test_one_journal_entry_an_import(imported):
    found = imported(csv_of())
    entries = Entry.objects.filter(subject=found.uuid)
    assert [one.verb for one in entries] == [Verb.SUBMIT, Verb.IMPORT]


def test_what_is_wrong_is_told_by_line_and_column_and_can_be_sent_again(imported, laval):
    found = imported(csv_of([*LINES, BAD]))
    assert found.counts["added"] == len(LINES)
    line, column, cell, sentence, _code = found.problems[0]
    assert (line, column, cell) == (len(LINES) + 3, "Horodatage de saisie", "31/02/2026")
    assert sentence
    with files.opened(found.uuid, files.REJECTED) as stream:
        rejected = stream.read()
    assert "Problème" in rejected.decode("utf-8-sig")
    corrected = rejected.replace(b"31/02/2026", b"28/02/2026")
    again = imported(corrected, "lignes.csv")
    assert again.counts["added"] == 1
    assert Contribution.objects.count() == len(LINES) + 1


def test_the_file_is_gone_when_the_import_ends(imported, files):
    imported(csv_of())
    assert not list(files.iterdir())


def test_what_may_tell_who_someone_is_waits_to_be_read(drop, now):
    line = [*LINES[0][:4], "Appelez-moi au 06 12 34 56 78 le soir.", "1"]
    found = drop(csv_of([line]))
    found.given["reads_before"] = False
    found.save()
    advancing.check(found=found, now=now)
    actions.begin(found=found, whole=True)
    advancing.advance(found=found, by=None, now=now)
    assert Flag.objects.count() == 1
    assert Contribution.objects.get().status == Status.PENDING
    assert found.counts["held"] == 1


def test_unknown_names_are_counted_and_a_choice_settles_them(drop, now, laval, nation):
    found = drop(csv_of())
    advancing.check(found=found, now=now)
    assert ["territory", "Mayenne", 1, []] in found.unknown
    actions.settle(
        found=found,
        mapping=Mapping.from_json(found.mapping),
        given=actions.Given.of(found.given),
        territory=nation,
        names=[("territory", "Mayenne", str(laval.uuid)), ("category", "Parent d’élève", "")],
    )
    advancing.check(found=found, now=now)
    assert not [one for one in found.unknown if one[1] in ("Mayenne", "Parent d’élève")]
    actions.begin(found=found, whole=False)
    advancing.advance(found=found, by=None, now=now)
    assert Contribution.objects.filter(territory=laval, scope="Mayenne").exists()


def test_a_saved_mapping_reads_the_next_file(drop, now):
    found = drop(csv_of())
    mapping = Mapping.from_json(found.mapping)
    actions.settle(
        found=found,
        mapping=mapping,
        given=actions.Given(kind="irritant", channel="survey"),
        territory=found.territory,
        names=[("territory", "Ailleurs", "")],
    )
    saved = actions.save_mapping(found=found, name="Enquête", now=now)
    again = drop(csv_of(LINES[:1]), "suite.csv", saved=saved)
    assert again.given["channel"] == "survey"
    assert again.names == {"territory": {"Ailleurs": ""}}
    actions.save_mapping(found=again, name="Enquête", now=now)
    assert SavedMapping.objects.count() == 1


def test_closed_answers_stay_with_what_was_said(imported, monkeypatch):
    # Batches end between lines, whatever a line says.
    monkeypatch.setattr("cahiers.contributions.intake.lines.BATCH", 3)
    header = ["Horodateur", "Vous êtes", "Qu’est-ce qui vous gêne ?", "Que proposez-vous ?", "Utile ?"]
    lines = [
        [
            f"0{n}/11/2026 10:00",
            "Élève",
            f"Gêne bien longue numéro {n}, dite.",
            f"Prêter {n} ordinateurs aux familles, et le dire.",
            "Oui",
        ]
        for n in range(1, 6)
    ]
    found = imported(csv_of(lines, header))
    assert found.counts["added"] == 10
    assert Submission.objects.count() == 5
    assert Submission.objects.first().answers["Utile ?"] == "Oui"
    assert {one.submission.contributions.count() for one in Contribution.objects.all()} == {2}
    assert ImportedLine.objects.filter(line=2).count() == 2


def test_all_or_nothing_is_refused_where_a_line_is_wrong(drop, now):
    found = drop(csv_of([*LINES, BAD]))
    advancing.check(found=found, now=now)
    assert found.counts["rejected"] == 1
    with pytest.raises(actions.SomeAreWrong):
        actions.begin(found=found, whole=True)
    assert not Contribution.objects.exists()


def test_leaving_removes_the_files(drop, now, files):
    found = drop(csv_of())
    assert list(files.iterdir())
    actions.leave(found=found, by=None, now=now)
    actions.leave(found=found, by=None, now=now)
    assert not list(files.iterdir())
    assert found.state == State.LEFT


def test_what_a_line_does_not_agree_to_is_for_the_team_alone(imported):
    header = ["Votre avis", "J’accepte que ma réponse soit publiée"]
    lines = [[f"Avis assez long pour en être un, le {n}e.", "Oui" if n % 2 else "Non"] for n in range(4)]
    imported(csv_of(lines, header))
    assert [*Contribution.objects.order_by("pk").values_list("consent", flat=True)] == [
        *("internal", "public", "internal", "public")
    ]
