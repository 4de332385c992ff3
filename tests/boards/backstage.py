"""The facilitator's side of a live meeting, in a process of its own: a line of JSON for what to do, one back."""

import json
import sys
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.template.loader import render_to_string  # noqa: E402
from django.utils import translation  # noqa: E402
from django.utils.module_loading import import_string  # noqa: E402

from cahiers.accounts.models import Person  # noqa: E402
from cahiers.boards import queries, rendering  # noqa: E402
from cahiers.boards.actions import notes, opening, running  # noqa: E402
from cahiers.boards.models import Note  # noqa: E402
from cahiers.consultations.actions import create  # noqa: E402
from cahiers.consultations.models import Consultation  # noqa: E402
from cahiers.contributions import search  # noqa: E402
from cahiers.contributions.models import Contribution  # noqa: E402
from cahiers.journal.models import Entry  # noqa: E402
from cahiers.meetings.models import Meeting  # noqa: E402
from cahiers.notebooks.actions import rows, statements  # noqa: E402
from cahiers.notebooks.models import Notebook, Statement  # noqa: E402
from cahiers.territories.actions import add  # noqa: E402
from cahiers.territories.models import Level, Territory  # noqa: E402


def now() -> datetime:
    return datetime.now(UTC)


def migrate() -> None:
    call_command("migrate", verbosity=0)
    land = add(parent=None, level=Level.NATION, name="Valmarie", by=None, now=now())
    dates = {"opens": date(2020, 1, 1), "closes": date(2040, 1, 1)}
    who = {"territories": [land], "by": None, "now": now()}
    create(slug="ecole", title="L’école", method_key="etats-generaux", **dates, **who)


def board(hides: bool = False, step: str = "write") -> dict[str, str]:
    consultation, land = Consultation.objects.get(), Territory.objects.get()
    number = consultation.meetings.count() + 1
    meeting = Meeting.objects.create(
        consultation=consultation, territory=land, number=number, label="Atelier"
    )
    made = opening.open_board(meeting=meeting, by=None, now=now())
    who = {"command": uuid4(), "by": None, "now": now()}
    running.set_hiding(board=made, hides=hides, **who)
    round = running.go_to(
        board=made, theme=made.notebook.themes.first(), stage="diagnosis", **who | {"command": uuid4()}
    )
    running.set_step(board=made, round=round, step=step, **who | {"command": uuid4()})
    return {"code": made.code, "round": str(round.uuid), "position": rendering.position_of(made)}


def turn(code: str, step: str) -> None:
    found = queries.board_of_code(code)
    running.set_step(board=found, round=found.round, step=step, command=uuid4(), by=None, now=now())


def close(code: str) -> None:
    opening.close_board(board=queries.board_of_code(code), untreated="", by=None, now=now())


def hide(note: str) -> None:
    notes.hide(note=Note.objects.get(uuid=note), reason="hors sujet", command=uuid4(), by=None, now=now())


def join(note: str, other: str) -> None:
    one, two = Note.objects.get(uuid=note), Note.objects.get(uuid=other)
    notes.join(note=one, other=two, command=uuid4(), by=None, now=now())


def group(code: str, notes: list[str]) -> None:
    """A new row with a name, where these notes are moved."""
    found = queries.board_of_code(code)
    who = {"by": None, "now": now()}
    theme, stage = found.round.theme, found.round.stage
    row = rows.add(theme=theme, stage=stage, name="Réseau", command=uuid4(), **who)
    for one in Statement.objects.filter(notes__uuid__in=notes):
        seen = one.current_id
        statements.move(statement=one, row=row, kind=one.kind, seen=seen, command=uuid4(), **who)


def look(code: str) -> dict[str, Any]:
    """The board as it would be drawn now, what its notebook says, and what the journal counts."""
    found = queries.board_of_code(code)
    position = rendering.position_of(found)
    with translation.override("fr"):
        drawn = render_to_string("boards/_rows.html", {"rows": queries.rows_of(found.round)})
        hidden = render_to_string("boards/_hidden.html", {"notes": queries.unseen_notes(found.round)})
    notebook = Notebook.objects.get(pk=found.notebook_id)
    said = Statement.objects.filter(row__theme__notebook=notebook, present=True, row__present=True)
    entries = Entry.objects.filter(stream__uuid=found.stream)
    return {
        "position": position,
        "rows": drawn,
        "hidden": hidden,
        "state": rendering.state_of(found),
        "notebook": _texts(said),
        "notes": [str(uuid) for uuid in found.notes.values_list("uuid", flat=True)],
        "contributions": Contribution.objects.filter(meeting=found.meeting).count(),
        "sifted": found.sifted,
        "positions": list(entries.order_by("position").values_list("position", flat=True)),
    }


def _texts(said: Any) -> list[str]:
    return sorted(one.current.text for one in said.select_related("current"))


def said(code: str) -> list[str]:
    """Texts of the notes, in the order they came."""
    written = queries.board_of_code(code).notes.order_by("position").select_related("contribution__current")
    return [note.contribution.current.text for note in written]


def member() -> str:
    """The session of someone who may run every board."""
    person, _ = Person.objects.get_or_create(
        email="odile@exemple.example",
        defaults={"display_name": "Odile", "is_staff": True, "joined_at": now()},
    )
    session = import_string(f"{settings.SESSION_ENGINE}.SessionStore")()
    backend = settings.AUTHENTICATION_BACKENDS[0]
    session.update({SESSION_KEY: person.pk, BACKEND_SESSION_KEY: backend})
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def find(words: str) -> int:
    """How many contributions say these words."""
    return search.search(Contribution.objects.all(), words).count()


DEEDS = {
    deed.__name__: deed for deed in (migrate, board, turn, close, hide, join, group, look, said, find, member)
}

if __name__ == "__main__":
    for line in sys.stdin:
        name, asked = json.loads(line)
        try:
            answer = DEEDS[name](**asked)
        except Exception as error:
            answer = {"error": repr(error)}
        print(json.dumps(answer), flush=True)
