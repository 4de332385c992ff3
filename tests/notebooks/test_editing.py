"""Edits of statements and rows: what they refuse, what they record, where things come to stand."""

from uuid import uuid4

import pytest

from cahiers.journal.actions import CommandReused
from cahiers.journal.models import Entry, Verb
from cahiers.notebooks.actions import rows, statements
from cahiers.notebooks.actions.revising import LONGEST, BadText, Changed, Misplaced, between, renumbered
from cahiers.notebooks.actions.rows import NoSuchSheet
from cahiers.notebooks.actions.undoing import NothingToUndo, undo
from cahiers.notebooks.models import STEP, Row, RowRevision, Statement, StatementRevision
from tests.accounts.people import someone
from tests.sample import imported, large

pytestmark = pytest.mark.django_db


@pytest.fixture
def irritant(notebook):
    return Statement.objects.get(current__text="Trop de mots de passe")


@pytest.fixture
def row(irritant):
    return irritant.row


@pytest.fixture
def elsewhere(consultation, region, now):
    """A statement of another notebook."""
    other = imported(consultation, region, large(20), now)
    return Statement.objects.filter(row__theme__notebook=other).first()


@pytest.fixture
def given(now):
    """What every edit is told."""
    return lambda: {"command": uuid4(), "by": None, "now": now}


def words(row, kind):
    cell = row.statements.filter(kind=kind, present=True, row__present=True).order_by("position", "pk")
    return [one.current.text for one in cell]


def test_each_edit_is_a_revision_and_an_entry_that_joins_the_two(irritant, now):
    person, command, seen = someone(), uuid4(), irritant.current_id
    edited = statements.reword(
        statement=irritant, text="Trop de codes", seen=seen, command=command, by=person, now=now
    )
    entry = Entry.objects.get(command=command)
    assert (entry.verb, entry.subject, entry.actor) == (Verb.EDIT, irritant.uuid, person.uuid)
    assert (entry.before, entry.after) == (seen, edited.current_id)
    assert (edited.current.number, edited.current.command) == (2, command)


def test_the_statement_is_as_its_revision_says(irritant, row, given):
    target = Row.objects.get(stage="action_plan")
    statements.move(statement=irritant, row=target, kind="action", seen=irritant.current_id, **given())
    irritant.refresh_from_db()
    for name in ("row_id", "kind", "position", "emphasised", "present"):
        assert getattr(irritant, name) == getattr(irritant.current, name)


def test_a_command_is_done_once_even_if_the_revision_has_changed(irritant, given):
    asked = {"statement": irritant, "text": "Trop de codes", "seen": irritant.current_id, **given()}
    assert statements.reword(**asked).current_id == statements.reword(**asked).current_id
    assert irritant.revisions.count() == 2
    with pytest.raises(CommandReused):
        statements.reword(**{**asked, "text": "Autre"})


def test_what_was_not_seen_is_not_overwritten(irritant, given):
    seen = irritant.current_id
    edited = statements.reword(statement=irritant, text="La sienne", seen=seen, **given())
    target = Row.objects.get(stage="action_plan")
    for edit, asked in (
        (statements.reword, {"text": "La mienne"}),
        (statements.emphasise, {}),
        (statements.move, {"row": target, "kind": "lever"}),
        (statements.split, {"parts": ("La", "mienne")}),
        (statements.delete, {}),
        (statements.restore, {"revision": irritant.revisions.first()}),
    ):
        with pytest.raises(Changed) as refusal:
            edit(statement=irritant, seen=seen, **asked, **given())
        assert refusal.value.current == edited.current
    assert StatementRevision.objects.filter(statement=irritant).count() == 2


def test_what_is_deleted_is_not_edited(irritant, row, given):
    rows.delete(row=row, seen=row.current_id, **given())
    for edit in (
        lambda: statements.reword(statement=irritant, text="a", seen=irritant.current_id, **given()),
        lambda: statements.add(row=row, kind="irritant", text="a", **given()),
        lambda: rows.name(row=row, name="a", seen=row.current_id, **given()),
    ):
        with pytest.raises(Changed) as refusal:
            edit()
        assert isinstance(refusal.value.current, RowRevision)
        assert not refusal.value.current.present


@pytest.mark.parametrize("text", ["", " \n", "\0", "x" * (LONGEST + 1)])
def test_texts_that_cannot_be(irritant, row, given, text):
    with pytest.raises(BadText):
        statements.add(row=row, kind="irritant", text=text, **given())
    with pytest.raises(BadText):
        statements.reword(statement=irritant, text=text, seen=irritant.current_id, **given())


def test_texts_are_kept_on_one_line(row, given):
    added = statements.add(row=row, kind="irritant", text="  Un\u00a0mot\n puis un\tautre ", **given())
    assert added.current.text == "Un mot puis un autre"


def test_places_that_cannot_be(irritant, row, elsewhere, given):
    seen = irritant.current_id
    for asked in (
        {"row": row, "kind": "indicator"},
        {"row": elsewhere.row, "kind": elsewhere.kind},
        {"row": row, "kind": "irritant", "before": elsewhere},
    ):
        with pytest.raises(Misplaced):
            statements.move(statement=irritant, seen=seen, **asked, **given())
    with pytest.raises(Misplaced):
        statements.add(row=row, kind="indicator", text="a", **given())
    with pytest.raises(Misplaced):
        rows.add(theme=row.theme, stage="vote", **given())
    with pytest.raises(Misplaced):
        rows.move(row=row, theme=elsewhere.row.theme, seen=row.current_id, **given())
    for others in ([(elsewhere, elsewhere.current_id)], [(irritant, seen)], []):
        with pytest.raises(Misplaced):
            statements.merge(statement=irritant, others=others, text="a", seen=seen, **given())
    revision = elsewhere.current
    with pytest.raises(Misplaced):
        statements.restore(statement=irritant, revision=revision, seen=seen, **given())


def test_sheets_that_are_not_there(row, given):
    with pytest.raises(NoSuchSheet, match="7"):
        rows.cite(row=row, numbers=[1, 7], seen=row.current_id, **given())
    cited = rows.cite(row=row, numbers=[9, 1, 9], seen=row.current_id, **given())
    assert [(one.number, one.sheet is not None) for one in cited.cited.order_by("position")] == [
        (9, False),
        (1, True),
    ]


def test_the_same_again_makes_nothing(irritant, row, given):
    seen = irritant.current_id
    statements.reword(statement=irritant, text="Trop de mots de passe", seen=seen, **given())
    statements.emphasise(statement=irritant, emphasised=False, seen=seen, **given())
    statements.move(statement=irritant, row=row, kind="irritant", seen=seen, **given())
    rows.name(row=row, name=" ", seen=row.current_id, **given())
    assert irritant.revisions.count() == row.revisions.count() == 1
    assert not Entry.objects.exclude(command=None).exists()


def test_split_keeps_the_order_and_the_place_in_the_file(irritant, row, given):
    statements.add(row=row, kind="irritant", text="La suite", **given())
    statements.split(
        statement=irritant, parts=("Trop", "de mots", "de passe"), seen=irritant.current_id, **given()
    )
    assert words(row, "irritant") == ["Trop", "de mots", "de passe", "La suite"]
    made = Statement.objects.get(current__text="de passe")
    assert (made.source_file, made.source_line) == (irritant.source_file, 40)


def test_a_merge_says_all_and_keeps_the_others(row, given):
    first, second = row.statements.filter(kind="strength").order_by("position")
    statements.merge(
        statement=second,
        others=[(first, first.current_id)],
        text="Entraide",
        seen=second.current_id,
        **given(),
    )
    assert words(row, "strength") == ["Entraide"]
    second.refresh_from_db()
    assert second.emphasised
    trace = Entry.objects.get(command=first.revisions.last().command)
    assert (trace.verb, trace.subject) == (Verb.MERGE, second.uuid)


def test_putting_first_again_and_again_keeps_the_order(row, given):
    for number in range(25):
        before = row.statements.filter(kind="irritant", present=True).order_by("position", "pk").first()
        added = statements.add(row=row, kind="irritant", text=f"{number}", **given())
        statements.move(
            statement=added, row=row, kind="irritant", before=before, seen=added.current_id, **given()
        )
    assert words(row, "irritant") == [*map(str, reversed(range(25))), "Trop de mots de passe"]


def test_rows_stand_where_they_are_put(row, given):
    last = rows.add(theme=row.theme, stage="diagnosis", name="Dernière", **given())
    rows.move(row=last, theme=row.theme, before=row, seen=last.current_id, **given())
    first = rows.add(theme=row.theme, stage="diagnosis", name="Première", before=last, **given())
    standing = Row.objects.filter(theme=row.theme, stage="diagnosis").order_by("position", "pk")
    assert list(standing[:3]) == [first, last, row]


def test_only_edits_of_the_notebook_are_undone_and_once(irritant, elsewhere, now, given):
    told = given()
    statements.reword(statement=irritant, text="Trop de codes", seen=irritant.current_id, **told)
    for notebook, command in (
        (elsewhere.row.theme.notebook, told["command"]),
        (irritant.row.theme.notebook, uuid4()),
    ):
        with pytest.raises(NothingToUndo):
            undo(notebook=notebook, edit=command, by=None, now=now)
    for _ in range(2):
        undo(notebook=irritant.row.theme.notebook, edit=told["command"], by=None, now=now)
    assert irritant.revisions.count() == 3


class At:
    def __init__(self, position):
        self.position = position


@pytest.mark.parametrize(
    ("positions", "index", "expected"),
    [
        ([], 0, STEP),
        ([STEP], 1, 2 * STEP),
        ([STEP], 0, 511),
        ([0], 0, None),
        ([4, 6], 1, 5),
        ([4, 5], 1, None),
        ([4, 4], 1, None),
    ],
)
def test_positions_between_others(positions, index, expected):
    assert between([At(position) for position in positions], index) == expected


def test_renumbering_leaves_a_gap():
    assert renumbered([At(0)] * 3, 1) == [STEP, 3 * STEP, 4 * STEP]
