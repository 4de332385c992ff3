"""The queue: each document read once, whatever dies."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cahiers.accounts.models import Person
from cahiers.cli import main
from cahiers.consultations.models import Role
from cahiers.documents import formats
from cahiers.documents.interchange import from_dict
from cahiers.journal.models import Entry, Verb
from cahiers.notebooks.intake import actions, reading
from cahiers.notebooks.intake.models import EarlierDraft, ImportDraft, State
from cahiers.territories.actions import add
from cahiers.territories.models import Level
from tests.accounts.people import NOW
from tests.consultations.teams import Place, member
from tests.notebooks.intake.conftest import document, dropped, synthesis

pytestmark = pytest.mark.django_db

LATER = NOW + reading.DEAD_AFTER + timedelta(seconds=1)


@pytest.fixture
def waiting(found: Place, author: Person) -> ImportDraft:
    return dropped(found, author, document())


def test_what_is_read_is_what_the_reader_made(waiting: ImportDraft, found: Place) -> None:
    assert reading.read_next(now=NOW) == waiting
    waiting.refresh_from_db()
    assert (waiting.state, waiting.format, waiting.version) == (State.READ, "docx", 0)
    assert waiting.read == waiting.corrected
    assert actions.content(waiting) == synthesis()
    assert reading.read_next(now=NOW) is None


def test_the_file_is_kept_under_the_uuid_alone(waiting: ImportDraft, files: Path) -> None:
    [kept] = files.iterdir()
    assert kept.name == str(waiting.uuid)
    assert kept.read_bytes() == document()
    assert Entry.objects.get(subject=waiting.uuid).verb == Verb.SUBMIT


def test_two_readers_do_not_take_the_same(waiting: ImportDraft, monkeypatch: pytest.MonkeyPatch) -> None:
    other = ImportDraft.objects.get()
    inner: list[bool] = []
    detect = formats.detect

    def detecting(*given: Any) -> Any:
        inner.append(reading.read(draft=other, now=NOW))
        inner.append(reading.read_next(now=NOW) is not None)
        return detect(*given)

    monkeypatch.setattr(formats, "detect", detecting)
    assert reading.read(draft=waiting, now=NOW)
    assert inner == [False, False]
    assert waiting.tries == 1


def test_one_that_a_dead_reader_had_is_read_by_another(waiting: ImportDraft) -> None:
    ImportDraft.objects.update(state=State.READING, taken_at=NOW, tries=1)
    assert reading.read_next(now=NOW + timedelta(minutes=1)) is None
    assert reading.read_next(now=LATER) == waiting
    waiting.refresh_from_db()
    assert waiting.state == State.READ


def test_one_that_kills_its_readers_is_given_up(waiting: ImportDraft) -> None:
    ImportDraft.objects.update(state=State.READING, taken_at=NOW, tries=reading.MOST_TRIES)
    assert reading.read_next(now=LATER) == waiting
    waiting.refresh_from_db()
    assert (waiting.state, waiting.message) == (State.FAILED, reading.ENDLESS)


def test_a_slow_reader_does_not_write_over_the_one_that_replaced_it(
    waiting: ImportDraft, monkeypatch: pytest.MonkeyPatch
) -> None:
    detect = formats.detect

    def replaced(*given: Any) -> Any:
        ImportDraft.objects.update(state=State.FAILED, message="Par un autre.")
        return detect(*given)

    monkeypatch.setattr(formats, "detect", replaced)
    reading.read(draft=waiting, now=NOW)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.message) == (State.FAILED, "Par un autre.")


def test_a_crash_of_a_reader_is_a_message_on_its_document(
    waiting: ImportDraft, found: Place, author: Person, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    second = dropped(found, author, document(synthesis(word="Deux")), "deux.docx")
    detect = formats.detect

    def crash(stream: Any, name: str) -> Any:
        if name == "Rive-Nord.docx":
            raise RuntimeError("Un secret du document")
        return detect(stream, name)

    monkeypatch.setattr(formats, "detect", crash)
    assert [reading.read_next(now=NOW), reading.read_next(now=NOW)] == [waiting, second]
    waiting.refresh_from_db()
    second.refresh_from_db()
    assert (waiting.state, waiting.message) == (State.FAILED, reading.CRASHED)
    assert second.state == State.READ
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text


def test_the_command_reads_all_that_wait(
    waiting: ImportDraft, found: Place, author: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    dropped(found, author, b"%PDF-1.4 rien", "abime.pdf")
    assert main(["imports", "run"]) == 0
    assert set(ImportDraft.objects.values_list("state", flat=True)) == {State.READ, State.FAILED}
    assert [line.split(" : ")[0] for line in capsys.readouterr().out.splitlines()] == [
        "Rive-Nord.docx",
        "abime.pdf",
    ]


def test_a_file_that_is_gone_says_so(waiting: ImportDraft, files: Path) -> None:
    (files / str(waiting.uuid)).unlink()
    reading.read(draft=waiting, now=NOW)
    assert (waiting.state, waiting.message) == (State.FAILED, reading.GONE)


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("Rive-Nord", "Rive-Nord"),
        ("RIVE NORD", "Rive-Nord"),
        ("Académie de Rive-Nord", "Rive-Nord"),
        ("académie de la Rive-Nord", "Rive-Nord"),
        ("Grèves", "Grèves"),
        ("Rive-Sud", None),
        ("Nulle part", None),
        ("", None),
        (None, None),
    ],
)
def test_a_territory_is_guessed_among_those_one_writes_in(
    named: str | None, expected: str | None, waiting: ImportDraft
) -> None:
    guessed = reading.guess_territory(waiting, named)
    assert (guessed and guessed.name) == expected


def test_a_region_is_found_by_its_bare_name(found: Place) -> None:
    organiser = member(found.consultation, Role.ORGANISER, name="Noé Palud")
    draft = dropped(found, organiser, document())
    for named in ("Région des Deux-Rives", "Deux-Rives", "Région académique des Deux-Rives"):
        assert reading.guess_territory(draft, named) == found.region


def test_an_apostrophe_hides_no_territory(found: Place) -> None:
    organiser = member(found.consultation, Role.ORGANISER, name="Noé Palud")
    draft = dropped(found, organiser, document())
    isle = add(parent=found.region, level=Level.ACADEMY, name="Île d’Œuvre", by=None, now=NOW)
    for named in ("Île d’Œuvre", "Académie de l'Ile d'Oeuvre"):
        assert reading.guess_territory(draft, named) == isle


def test_the_same_bytes_wait_once(waiting: ImportDraft, found: Place, author: Person, files: Path) -> None:
    with pytest.raises(actions.Known) as known:
        dropped(found, author, document(), "copie.docx")
    assert known.value.found == waiting
    assert len(list(files.iterdir())) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportDraft.objects.create(
            consultation=found.consultation, name="x", size=1, sha256=waiting.sha256, at=NOW
        )


def test_twins_dropped_at_the_same_time_make_one(
    waiting: ImportDraft, found: Place, author: Person, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second one looked before the first was there."""
    first = waiting
    data = document(synthesis(word="Deux"))
    record = actions._note

    def twin(draft: ImportDraft, verb: Verb, by: Person, now: Any, command: Any = None) -> None:
        record(draft, verb, by, now, command)
        raise IntegrityError

    monkeypatch.setattr(actions, "_note", twin)
    with pytest.raises(IntegrityError):
        dropped(found, author, data)
    assert [path.name for path in files.iterdir()] == [str(first.uuid)]
    assert ImportDraft.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "ailleurs"},
        {"state": State.READ},
        {"corrected": {}},
        {"read": {}, "corrected": {}},
    ],
)
def test_constraints(wrong: dict[str, Any], waiting: ImportDraft) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportDraft.objects.update(**wrong)


def test_a_notebook_comes_of_an_import_alone(waiting: ImportDraft, found: Place, author: Person) -> None:
    reading.read(draft=waiting, now=NOW)
    notebook = actions.import_draft(draft=waiting, seen=0, by=author, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportDraft.objects.update(state=State.LEFT, notebook=notebook)
    EarlierDraft.objects.create(draft=waiting, version=1, corrected={})
    with pytest.raises(IntegrityError), transaction.atomic():
        EarlierDraft.objects.create(draft=waiting, version=1, corrected={})


def test_an_import_that_fails_leaves_the_draft_as_it_was(draft: ImportDraft, author: Person) -> None:
    from cahiers.notebooks.reception import NotImportable

    data = draft.corrected | {"themes": [draft.corrected["themes"][0] | {"key": "disparu"}]}
    ImportDraft.objects.update(corrected=data)
    draft.refresh_from_db()
    with pytest.raises(NotImportable):
        actions.import_draft(draft=draft, seen=0, by=author, now=NOW)
    draft.refresh_from_db()
    assert draft.state == State.READ


def test_only_the_last_corrections_are_kept(draft: ImportDraft, author: Person) -> None:
    from uuid import uuid4

    from cahiers.notebooks.intake.corrections.head import entitle

    for number in range(actions.KEPT + 3):
        actions.correct(
            draft=draft,
            change=lambda read, number=number: entitle(read, 0, key=None, number=number, title="T"),
            asked=str(number),
            command=uuid4(),
            seen=number,
            by=author,
            now=NOW,
        )
    assert draft.earlier.count() == actions.KEPT
    for _ in range(actions.KEPT):
        actions.undo(draft=draft, command=uuid4(), seen=draft.version, by=author, now=NOW)
    assert from_dict(draft.corrected).themes[0].number == 2
    with pytest.raises(actions.NothingToUndo):
        actions.undo(draft=draft, command=uuid4(), seen=draft.version, by=author, now=NOW)


def test_what_was_read_stays_beside_what_was_corrected(draft: ImportDraft, author: Person) -> None:
    from uuid import uuid4

    from cahiers.notebooks.intake.corrections.head import entitle

    before = draft.read
    actions.correct(
        draft=draft,
        change=lambda read: entitle(read, 0, key=None, number=9, title="T"),
        asked="",
        command=uuid4(),
        seen=0,
        by=author,
        now=NOW,
    )
    draft.refresh_from_db()
    assert draft.read == before != draft.corrected


def test_a_stream_is_read_whole_wherever_it_stands(found: Place, author: Person) -> None:
    stream = BytesIO(b"debut et fin")
    stream.read(5)
    made = actions.drop(
        consultation=found.consultation, stream=stream, name="a.txt", size=12, by=author, now=NOW
    )
    from cahiers.notebooks.intake import files

    with files.opened(made.uuid) as kept:
        assert kept.read() == b"debut et fin"
