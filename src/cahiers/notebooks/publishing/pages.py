"""What the pages of a notebook say of its editions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cahiers.consultations.permissions import may_publish
from cahiers.notebooks.comparison import Changes, Standing, changes_of_statements, in_words, standing
from cahiers.notebooks.reading import EditionReading, Reading

#: Statements that a sort of change shows: the others are counted, for the page's weight.
SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A statement that changed; `was` is how it read before, where it reads otherwise now."""

    code: str
    text: str
    was: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """A sort of change, with the first statements concerned and how many there are besides."""

    title: str
    differences: list[Difference]
    others: int


def about(request: HttpRequest, reading: Reading, order: int | None = None) -> dict[str, Any]:
    """What the banner of a page says: of the whole notebook, or of its theme of that order."""
    notebook = reading.notebook
    draft = reading.edition is None
    return {
        "reading": reading,
        "edition": reading.edition,
        "live": notebook.live,
        "is_live": reading.edition is not None and reading.edition.pk == notebook.live_id,
        "changed": in_words(since_live(reading, order)) if draft and notebook.live else [],
        "public": _public_address(reading, order) if draft and notebook.live else "",
        "publishes": draft and may_publish(request.user, notebook.consultation, notebook.territory),
    }


def since_live(reading: Reading, order: int | None = None) -> Changes:
    """What the statements of a draft have become since the live edition, in the whole or in one theme."""
    live = reading.notebook.live
    assert live is not None
    public = EditionReading(reading.notebook, live)
    if order is None:
        return changes_of_statements(public.statements, reading.statements)
    # Of that theme alone: what the others say need not be looked at.
    known = any(heading.order == order for heading in public.headings)
    before = standing([(order, *public.theme(order))]) if known else {}
    return changes_of_statements(before, standing([(order, *reading.theme(order))]))


def sorts(found: Changes, before: Mapping[str, Standing], after: Mapping[str, Standing]) -> Iterator[Sort]:
    """Changes as the page of publishing lists them."""
    listed = (
        (_("Énoncés ajoutés"), found.added),
        (_("Énoncés supprimés"), found.removed),
        (_("Énoncés reformulés"), found.reworded),
        (_("Énoncés déplacés"), found.moved),
        (_("Énoncés soulignés, ou qui ne le sont plus"), found.emphasised),
    )
    for title, codes in listed:
        if codes:
            differences = [_difference(code, before.get(code), after.get(code)) for code in codes[:SHOWN]]
            yield Sort(title=title, differences=differences, others=len(codes) - len(differences))


def _difference(code: str, before: Standing | None, after: Standing | None) -> Difference:
    was, text = before.text if before else "", after.text if after else ""
    return Difference(code=code, text=text or was, was=was if text and was != text else "")


def _public_address(reading: Reading, order: int | None) -> str:
    """The same page as everyone reads it, or the notebook's where the live edition has no such theme."""
    notebook, live = reading.notebook, reading.notebook.live
    assert live is not None
    names = [notebook.consultation.slug, notebook.slug, live.number]
    if order in {place["order"] for place in live.places["themes"]}:
        return reverse("edition_theme", args=[*names, order])
    return reverse("edition", args=names)
