"""Loads the demo through the same actions that people use."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from fnmatch import fnmatch
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from typing import Any, Final

from django.db import transaction

from cahiers.consultations import actions as consultations
from cahiers.consultations.models import Consultation, Role
from cahiers.consultations.team.actions import grant
from cahiers.demo import live, outreach, voices
from cahiers.documents import formats
from cahiers.notebooks import actions as notebooks
from cahiers.territories.actions import add
from cahiers.territories.models import Level, Territory

#: Each consultation*.json is a plan: its territories as a tree, and the documents to import by their own name.
DATA: Final = files("cahiers.demo") / "data"
#: Who organises the demo; signs in by a code like everyone.
ORGANISER: Final = "organisation@exemple.example"


@transaction.atomic
def load(*, now: datetime, progress: Callable[[str], None] = lambda step: None) -> bool:
    """Whether anything was loaded: a demo that is there already is left as people made it.

    `progress` is told each step in words.
    """
    plans = [json.loads(plan.read_bytes()) for plan in _files("consultation*.json")]
    if Consultation.objects.filter(slug__in=[plan["slug"] for plan in plans]).exists():
        return False
    for plan in plans:
        progress(plan["title"])
        _consultation(plan, now, progress)
    voices.speak(json.loads((DATA / "voices.json").read_bytes()), DATA, now, progress)
    outreach.reach_out(json.loads((DATA / "outreach.json").read_bytes()), DATA, now)
    held = json.loads((DATA / "live.json").read_bytes())
    live.open_meeting(held, now)
    progress(f"  {held['label']}, à animer : /r/{held['code']}/")
    return True


def _files(pattern: str) -> list[Traversable]:
    return sorted(
        (file for file in DATA.iterdir() if fnmatch(file.name, pattern)), key=lambda file: file.name
    )


def _consultation(plan: Mapping[str, Any], now: datetime, progress: Callable[[str], None]) -> None:
    territories = _grow(plan["territories"], None, now)
    consultation = consultations.create(
        slug=plan["slug"],
        title=plan["title"],
        method_key=plan["method"],
        description=plan["description"],
        opens=date.fromisoformat(plan["starts"]),
        closes=date.fromisoformat(plan["ends"]),
        territories=[territories[plan["territories"]["name"]]],
        by=None,
        now=now,
    )
    grant(
        consultation=consultation,
        email=ORGANISER,
        display_name="L’équipe d’organisation",
        role=Role.ORGANISER,
        by=None,
        now=now,
    )
    for file in plan["notebooks"]:
        data = (DATA / file).read_bytes()
        synthesis = formats.reader("json").read(BytesIO(data), consultation.method)
        progress(f"  {synthesis.territory}")
        notebook = notebooks.import_synthesis(
            consultation=consultation,
            territory=territories[synthesis.territory or ""],
            synthesis=synthesis,
            source=notebooks.SourceFile.of(data, name=file, format="json"),
            by=None,
            now=now,
        )
        notebooks.publish(notebook=notebook, by=None, now=now)
    consultations.publish(consultation=consultation, by=None, now=now)


def _grow(plan: Mapping[str, Any], parent: Territory | None, now: datetime) -> dict[str, Territory]:
    """The tree below `parent`, by name."""
    territory = add(
        parent=parent, level=Level(plan["level"]), name=plan["name"], code=plan["code"], by=None, now=now
    )
    grown = {territory.name: territory}
    for child in plan["children"]:
        grown |= _grow(child, territory, now)
    return grown
