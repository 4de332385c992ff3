"""A newer version taken into the tables: by revisions, with its provenance, as one entry, undone as one edit."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cahiers.consultations.models import Role
from cahiers.documents.model import Item, Row, Synthesis
from cahiers.documents.normal import equal
from cahiers.journal.models import Entry, Verb
from cahiers.notebooks.actions import AlreadyImported, SourceFile, rows, sheets, statements
from cahiers.notebooks.actions.undoing import undo, undo_command
from cahiers.notebooks.merging import keeping
from cahiers.notebooks.merging.actions import OtherConflicts, Update, digest_of, update
from cahiers.notebooks.merging.comparing import Verdict
from cahiers.notebooks.merging.models import ImportedText
from cahiers.notebooks.merging.tree import synthesis_of as read_tree
from cahiers.notebooks.models import ImportedFile, Notebook, NotebookFeedback, Statement, StatementRevision
from cahiers.notebooks.queries import synthesis_of
from tests.conftest import NOW
from tests.consultations.teams import member
from tests.notebooks.merging.versions import METHOD, documents, edited, known
from tests.notebooks.test_undoing import Editor
from tests.sample import imported

pytestmark = pytest.mark.django_db


def source(name: str = "v2.docx") -> SourceFile:
    return SourceFile.of(f"{name} {uuid4()}".encode(), name=name, format="docx")


def take(notebook: Notebook, file: Synthesis, **given: object) -> Update:
    notebook = Notebook.objects.select_related("consultation", "territory").get(pk=notebook.pk)
    wanted = {"source": source(), "by": None, "now": NOW, **given}
    return update(notebook=notebook, synthesis=file, **wanted)  # type: ignore[arg-type]


def one(text: str) -> Statement:
    found = Statement.objects.select_related("current", "row__theme__notebook__consultation")
    return found.get(current__text=text, present=True)


def says(notebook: Notebook) -> Synthesis:
    return synthesis_of(Notebook.objects.select_related("consultation").get(pk=notebook.pk))


def act(action, statement: Statement, **given: object) -> None:
    action(statement=statement, seen=statement.current_id, command=uuid4(), by=None, now=NOW, **given)


def changed(read: Synthesis, **words: str) -> Synthesis:
    """Words of items replaced."""

    def row(old: Row) -> Row:
        return replace(
            old,
            cells={
                kind: tuple(replace(item, text=words.get(item.text.split()[0], item.text)) for item in items)
                for kind, items in old.cells.items()
            },
        )

    return replace(
        read,
        themes=tuple(
            replace(theme, stages={stage: tuple(map(row, all_)) for stage, all_ in theme.stages.items()})
            for theme in read.themes
        ),
    )


def test_what_is_imported_is_what_the_next_is_compared_with(stored: Notebook, synthesis: Synthesis) -> None:
    base, ours = keeping.base_of(stored), keeping.ours_of(stored)
    assert base == ours
    assert read_tree(base, METHOD) == synthesis


def test_the_file_alone_changes_the_text(stored: Notebook, synthesis: Synthesis) -> None:
    file = changed(synthesis, Trop="Beaucoup trop de mots de passe à retenir")
    before = one("Trop de mots de passe")
    done = take(stored, file)
    after = Statement.objects.select_related("current").get(pk=before.pk)
    assert after.current.text == "Beaucoup trop de mots de passe à retenir"
    assert (after.code, after.current.number, after.current.command) == (before.code, 2, done.command)
    assert says(stored) == file


def test_a_text_changed_on_both_sides_stays_as_it_is_here(stored: Notebook, synthesis: Synthesis) -> None:
    act(statements.reword, one("Trop de mots de passe"), text="Trop de mots de passe, dit-on ici")
    done = take(stored, changed(synthesis, Trop="Trop de mots de passe, dit le document"))
    [conflict] = done.comparison.conflicts
    assert (conflict.verdict, conflict.clash) == (Verdict.CONFLICT, ("text",))
    assert one("Trop de mots de passe, dit-on ici")


def test_unless_someone_chooses_the_file(stored: Notebook, synthesis: Synthesis) -> None:
    act(statements.reword, one("Trop de mots de passe"), text="Trop de mots de passe, dit-on ici")
    file = changed(synthesis, Trop="Trop de mots de passe, dit le document")
    comparison = keeping.compare(stored, file)
    chosen = [one.id for one in comparison.conflicts]
    take(stored, file, chosen=chosen, seen=digest_of(comparison, chosen))
    assert one("Trop de mots de passe, dit le document")
    assert says(stored) == file


def test_what_is_new_has_the_new_file_as_its_provenance(stored: Notebook, synthesis: Synthesis) -> None:
    [actors] = synthesis.themes[0].stages["action_plan"]
    more = replace(actors, cells={**actors.cells, "action": (Item(text="Ouvrir une salle"),)})
    theme = replace(
        synthesis.themes[0],
        stages={**synthesis.themes[0].stages, "action_plan": (more, Row(cells={}, name="Plus"))},
    )
    take(stored, replace(synthesis, themes=(theme, *synthesis.themes[1:])), source=source("v2.docx"))
    new = Statement.objects.select_related("source_file", "row").get(current__text="Ouvrir une salle")
    assert new.source_file
    assert new.source_file.name == "v2.docx"
    assert new.row.source_file
    assert new.row.source_file.name == "cahier.docx"


def test_it_is_one_journal_entry_that_leads_to_the_file(stored: Notebook, synthesis: Synthesis) -> None:
    before = Entry.objects.count()
    done = take(stored, changed(synthesis, Trop="Bien trop de mots", Entraide="De l’entraide"))
    entry = Entry.objects.get(command=done.command)
    assert Entry.objects.count() == before + 1
    assert (entry.verb, entry.subject) == (Verb.IMPORT, stored.uuid)
    assert entry.after == ImportedFile.objects.order_by("-pk")[0].uuid


def test_undone_as_one_edit(stored: Notebook, synthesis: Synthesis) -> None:
    plan = synthesis.themes[0].stages["action_plan"]
    file = changed(synthesis, Trop="Bien trop de mots de passe")
    theme = replace(
        file.themes[0],
        stages={
            "diagnosis": file.themes[0].stages["diagnosis"][:1],
            "action_plan": (*plan, Row(cells={"actor": (Item(text="La commune"),)})),
        },
    )
    file = replace(file, themes=(theme, *file.themes[1:]))
    act(statements.emphasise, one("Trop de mots de passe"))
    before = says(stored)
    done = take(stored, file)
    assert says(stored) != before
    assert len(ImportedText.objects.all()) == 2
    undo(notebook=stored, edit=done.command, by=None, now=NOW)
    assert says(stored) == before
    assert ImportedText.objects.get().file.name == "cahier.docx"
    # And the undoing undone.
    after = says(stored)
    undo(notebook=stored, edit=undo_command(done.command), by=None, now=NOW)
    assert says(stored) != after


def test_one_thing_that_the_file_removed_comes_back_alone(stored: Notebook, synthesis: Synthesis) -> None:
    row = one("Trop de mots de passe").row
    theme = synthesis.themes[0]
    rest = {"diagnosis": theme.stages["diagnosis"][1:], "action_plan": theme.stages["action_plan"]}
    file = replace(synthesis, themes=(replace(theme, title="Enseigner", stages=rest), synthesis.themes[1]))
    done = take(stored, changed(file, **{"<b>Le": "La mairie"}))
    assert len(says(stored).themes[0].stages["diagnosis"]) == 1
    client = Client()
    client.force_login(member(stored.consultation, Role.FACILITATOR))
    address = reverse("undo", args=[stored.consultation.slug, stored.slug, done.command])
    assert client.post(address, {"only": "autre"}).status_code == 404
    client.post(address, {"only": str(row.uuid)})
    assert says(stored).themes[0].stages["diagnosis"] == theme.stages["diagnosis"]
    assert one("La mairie")


def test_edits_made_meanwhile_are_seen(stored: Notebook, synthesis: Synthesis) -> None:
    file = changed(synthesis, Trop="Trop de mots de passe, dit le document")
    seen = digest_of(keeping.compare(stored, file))
    act(statements.reword, one("Trop de mots de passe"), text="Trop de mots de passe, dit-on ici")
    with pytest.raises(OtherConflicts):
        take(stored, file, seen=seen)
    assert ImportedFile.objects.count() == 1
    # An edit elsewhere is no conflict: it simply stays.
    act(statements.reword, one("Trop de mots de passe, dit-on ici"), text="Trop de mots de passe")
    act(statements.reword, one("<b>Le maire</b> & l’école"), text="Le maire")
    take(stored, file, seen=seen)
    assert one("Le maire")
    assert one("Trop de mots de passe, dit le document")


def test_the_same_file_is_recognised(stored: Notebook, synthesis: Synthesis) -> None:
    same = source()
    take(stored, synthesis, source=same)
    with pytest.raises(AlreadyImported):
        take(stored, synthesis, source=same)


def test_the_same_words_again_change_nothing(stored: Notebook, synthesis: Synthesis) -> None:
    act(statements.delete, one("Trop de mots de passe"))
    take(stored, synthesis)
    revisions, state = StatementRevision.objects.count(), says(stored)
    take(stored, synthesis)
    assert (StatementRevision.objects.count(), says(stored)) == (revisions, state)


def test_sheets_meetings_and_titles_follow_the_file(stored: Notebook, synthesis: Synthesis) -> None:
    theme, other = synthesis.themes
    first, _ = theme.feedback
    meeting, _ = synthesis.meetings
    line, sheet = replace(meeting.participants[0], count=140), replace(first, text="Autre chose", number=4)
    file = replace(
        synthesis,
        territory="Aubrac",
        meetings=(
            replace(meeting, label="Côte d’Aubrac – toutes les rencontres", participants=(line,)),
            replace(meeting, label="Une autre session"),
        ),
        themes=(
            replace(
                theme,
                title="Enseigner avec le numérique",
                feedback=(sheet,),
            ),
            other,
            replace(other, title="Un dernier thème"),
        ),
    )
    take(stored, file)
    assert equal(says(stored), file)
    take(stored, synthesis)
    # Themes stay, with their address.
    assert equal(says(stored), replace(synthesis, themes=(*synthesis.themes, file.themes[2])))


def test_a_sheet_that_the_file_removed_can_be_put_back(stored: Notebook, synthesis: Synthesis) -> None:
    theme = synthesis.themes[0]
    take(stored, replace(synthesis, themes=(replace(theme, feedback=()), synthesis.themes[1])))
    assert not says(stored).themes[0].feedback
    for removed in sheets.removed_from(stored):
        sheets.put_back(removed=removed, by=None, now=NOW)
    assert says(stored) == synthesis


def test_a_sheet_edited_here_is_not_overwritten(stored: Notebook, synthesis: Synthesis) -> None:
    sheet = NotebookFeedback.objects.select_related("contribution__current", "theme__notebook").get(number=1)
    said = sheets.Said(number=1, scope="académie", text="Dit ici", links=())
    sheets.edit(sheet=sheet, said=said, seen=sheets.state_of(sheet), command=uuid4(), by=None, now=NOW)
    theme = synthesis.themes[0]
    feedback = (replace(theme.feedback[0], text="Dit là\nTout un printemps"), theme.feedback[1])
    done = take(stored, replace(synthesis, themes=(replace(theme, feedback=feedback), synthesis.themes[1])))
    assert len(done.comparison.conflicts) == 1
    sheet.contribution.refresh_from_db()
    assert sheet.contribution.current.text == "Dit ici"


def test_a_row_deleted_here_comes_back_only_where_chosen(stored: Notebook, synthesis: Synthesis) -> None:
    row = one("Trop de mots de passe").row
    rows.delete(row=row, seen=row.current_id, command=uuid4(), by=None, now=NOW)
    file = changed(synthesis, Trop="Bien trop de mots de passe")
    comparison = keeping.compare(stored, file)
    [conflict] = comparison.conflicts
    assert conflict.ours is None
    with transaction.atomic():
        take(stored, file)
        assert not Statement.objects.filter(row__present=True, current__text__startswith="Bien trop").exists()
        transaction.set_rollback(True)
    take(stored, file, chosen=[conflict.id])
    assert equal(says(stored), file)


def test_once_erased_what_differs_is_asked(stored: Notebook, synthesis: Synthesis) -> None:
    keeping.forget(["Rien de tel"])
    assert ImportedText.objects.exists()
    keeping.forget(["Une classe dehors\nTout un printemps"])
    assert not ImportedText.objects.exists()
    file = changed(synthesis, Trop="Trop de mots de passe, dit le document")
    done = take(stored, file)
    [conflict] = done.comparison.conflicts
    assert conflict.base is None
    assert one("Trop de mots de passe")


def test_any_newer_version_of_a_notebook_left_alone_is_read_back(consultation, region) -> None:
    @settings(max_examples=15, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(documents(), st.data(), st.integers(0, 6))
    def read_back(document: Synthesis, data: st.DataObject, times: int) -> None:
        with transaction.atomic():
            notebook = imported(consultation, region, document, NOW)
            file = read_tree(edited(known(document), data, times, "là"), METHOD)
            take(notebook, file)
            connection.check_constraints()
            assert says(notebook) == file
            transaction.set_rollback(True)

    read_back()


def test_any_edit_survives_any_newer_version(consultation, region) -> None:
    @settings(max_examples=15, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(documents(), st.data(), st.integers(0, 6), st.integers(0, 8))
    def survives(document: Synthesis, data: st.DataObject, there: int, here: int) -> None:
        with transaction.atomic():
            made = imported(consultation, region, document, NOW)
            notebook = Notebook.objects.select_related("consultation", "territory").get(pk=made.pk)
            editor = Editor(notebook, data)
            for _ in range(here):
                editor.edit()
            before = keeping.ours_of(notebook)
            untouched = keeping.compare(notebook, document)
            assert {one.verdict for one in untouched.changes} <= {Verdict.KEPT}
            file = read_tree(edited(known(document), data, there, "là"), METHOD)
            take(notebook, file)
            connection.check_constraints()
            after = keeping.ours_of(notebook)
            for change in untouched.changes:
                if change.order is None and change.ours is not None:
                    assert change.ours.part.key in after, change
            state = says(notebook)
            take(notebook, file)
            assert says(notebook) == state
            assert {part.key for part in before.values() if part.key not in untouched.base} <= set(after)
            transaction.set_rollback(True)

    survives()
