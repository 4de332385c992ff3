"""Which notebook a document is a newer version of."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final

from django.db.models import F
from rapidfuzz import fuzz

from cahiers.consultations.models import Consultation
from cahiers.documents.interchange import kept_synthesis
from cahiers.documents.matching import fold
from cahiers.documents.model import Synthesis
from cahiers.notebooks.models import Notebook
from cahiers.territories.models import Territory

#: Share of the statements of the smaller of both that both must hold.
ENOUGH: Final = 0.3
#: The same where the names of the files are near.
ENOUGH_NAMED: Final = 0.1
NEAR_NAME: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A notebook of the document's territory, which held `shared` of its `total` statements when it was imported."""

    notebook: Notebook
    shared: int
    total: int
    is_likely: bool


def candidates(
    consultation: Consultation, territory: Territory | None, synthesis: Synthesis, name: str
) -> list[Candidate]:
    """The likeliest first, in one query: by what each held at its last import, for people reword it since."""
    if territory is None:
        return []
    notebooks = consultation.notebooks.filter(territory=territory).annotate(
        file_name=F("imported_texts__file__name"), file_text=F("imported_texts__text")
    )
    latest: dict[int, Any] = {one.pk: one for one in notebooks.order_by("pk", "imported_texts__pk")}
    said = _texts(synthesis)
    made = [_candidate(one, one.file_name, one.file_text, said, name) for one in latest.values()]
    return sorted(made, key=lambda one: (not one.is_likely, -one.shared, one.notebook.pk))


def guess(
    consultation: Consultation, territory: Territory | None, synthesis: Synthesis, name: str
) -> Notebook | None:
    """None where the document is likely a new one."""
    first = next(iter(candidates(consultation, territory, synthesis, name)), None)
    return first.notebook if first and first.is_likely else None


def _candidate(
    notebook: Notebook, file: str | None, text: str | None, said: Counter[str], name: str
) -> Candidate:
    """`file` and `text` are None where what was imported is erased."""
    held = _texts(kept_synthesis(json.loads(text))) if text else Counter()
    shared = (held & said).total()
    named = file is not None and fuzz.ratio(_bare(name), _bare(file)) >= NEAR_NAME
    enough = min(held.total(), said.total()) * (ENOUGH_NAMED if named else ENOUGH)
    return Candidate(
        notebook=notebook, shared=shared, total=said.total(), is_likely=bool(shared) and shared >= enough
    )


def _texts(synthesis: Synthesis) -> Counter[str]:
    return Counter(
        item.text
        for theme in synthesis.themes
        for rows in theme.stages.values()
        for row in rows
        for items in row.cells.values()
        for item in items
    )


def _bare(name: str) -> str:
    return fold(PurePath(name).stem.replace("_", " "))
