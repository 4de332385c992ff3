"""Whatever is done to a notebook can be undone, and leaves it as it was."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cahiers.journal.models import Entry
from cahiers.notebooks.actions import rows, statements
from cahiers.notebooks.actions.undoing import undo
from cahiers.notebooks.models import Notebook, Row, Statement
from cahiers.notebooks.queries import synthesis_of
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


def stored(notebook):
    return Notebook.objects.select_related("consultation").get(pk=notebook.pk)


@dataclass
class Editor:
    """Someone who does what numbers tell: each picks one of what there is."""

    notebook: Notebook
    draw: st.DataObject

    def one(self, found):
        found = list(found)
        return found[self.draw.draw(st.integers(0, len(found) - 1))] if found else None

    def statement(self):
        return self.one(
            Statement.objects.filter(row__theme__notebook=self.notebook, present=True, row__present=True)
        )

    def row(self):
        return self.one(Row.objects.filter(theme__notebook=self.notebook, present=True))

    def kind(self, row):
        return self.one(self.notebook.consultation.method.stage(row.stage).kinds)

    def edit(self) -> UUID | None:
        """The command of one edit; None where there was nothing to do it to."""
        command = uuid4()
        given = {"command": command, "by": None, "now": NOW}
        doing = self.draw.draw(st.sampled_from(sorted(name for name in dir(self) if name.startswith("do_"))))
        return command if getattr(self, doing)(given) is not None else None

    def do_add(self, given):
        row = self.row()
        return row and statements.add(row=row, kind=self.kind(row), text="Un énoncé de plus", **given)

    def do_add_row(self, given):
        theme = self.one(self.notebook.themes.all())
        stage = self.one(self.notebook.consultation.method.stages).key
        before = self.one([None, *Row.objects.filter(theme=theme, stage=stage, present=True)])
        return rows.add(theme=theme, stage=stage, name="Une ligne de plus", before=before, **given)

    def do_reword(self, given):
        one = self.statement()
        return one and statements.reword(statement=one, text="Dit autrement", seen=one.current_id, **given)

    def do_emphasise(self, given):
        one = self.statement()
        return one and statements.emphasise(statement=one, seen=one.current_id, **given)

    def do_move(self, given):
        one, row = self.statement(), self.row()
        if one is None:
            return None
        kind = self.kind(row)
        before = self.one([None, *row.statements.filter(kind=kind, present=True).exclude(pk=one.pk)])
        return statements.move(statement=one, row=row, kind=kind, before=before, seen=one.current_id, **given)

    def do_bring_to_the_front(self, given):
        one = self.statement()
        if one is None:
            return None
        before = one.row.statements.filter(kind=one.kind, present=True).first()
        if before == one:
            return None
        return statements.move(
            statement=one, row=one.row, kind=one.kind, before=before, seen=one.current_id, **given
        )

    def do_split(self, given):
        one = self.statement()
        parts = ("Le début", "la suite", "la fin")
        return one and statements.split(statement=one, parts=parts, seen=one.current_id, **given)

    def do_merge(self, given):
        one, other = self.statement(), self.statement()
        if one is None or one == other:
            return None
        others = [(other, other.current_id)]
        return statements.merge(statement=one, others=others, text="Les deux", seen=one.current_id, **given)

    def do_delete(self, given):
        one = self.statement()
        return one and statements.delete(statement=one, seen=one.current_id, **given)

    def do_restore(self, given):
        one = self.statement()
        if one is None:
            return None
        revision = self.one(one.revisions.filter(row__present=True))
        return revision and statements.restore(statement=one, revision=revision, seen=one.current_id, **given)

    def do_name_row(self, given):
        row = self.row()
        return row and rows.name(row=row, name="Matériel", seen=row.current_id, **given)

    def do_cite(self, given):
        row = self.row()
        if row is None:
            return None
        known = [sheet.number for sheet in row.theme.feedback.exclude(number=None)]
        return rows.cite(row=row, numbers=known, seen=row.current_id, **given)

    def do_move_row(self, given):
        row = self.row()
        if row is None:
            return None
        theme = self.one(self.notebook.themes.all())
        others = Row.objects.filter(theme=theme, stage=row.stage, present=True).exclude(pk=row.pk)
        return rows.move(row=row, theme=theme, before=self.one([None, *others]), seen=row.current_id, **given)

    def do_delete_row(self, given):
        row = self.row()
        return row and rows.delete(row=row, seen=row.current_id, **given)


def test_edits_undone_one_by_one_leave_what_was_there(notebook):
    notebook = stored(notebook)

    # Without shrinking: an example takes half a second, and its edits are few.
    @settings(
        max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
    )
    @given(st.data(), st.integers(1, 12))
    def undone(draw, times):
        with transaction.atomic():
            editor = Editor(notebook, draw)
            states = [synthesis_of(notebook)]
            done = []
            for _ in range(times):
                command = editor.edit()
                if command is not None and Entry.objects.filter(command=command).exists():
                    done.append(command)
                    states.append(synthesis_of(notebook))
            connection.check_constraints()
            for command in reversed(done):
                assert synthesis_of(notebook) == states.pop()
                undo(notebook=notebook, edit=command, by=None, now=NOW)
            assert [synthesis_of(notebook)] == states
            transaction.set_rollback(True)

    undone()
