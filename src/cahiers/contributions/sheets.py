"""The headings of a feedback sheet (RETEX), and its text made of what stands under each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """`label` is what the form asks; `word` opens its lines in the sheet's text, in the language of documents."""

    key: str
    label: "str | _StrPromise"
    word: str


HEADINGS = (
    Heading(key="context", label=_("Le contexte : où, quand, avec qui ?"), word="Contexte"),
    Heading(key="worked", label=_("Ce qui a bien marché"), word="Ce qui a marché"),
    Heading(key="failed", label=_("Ce qui n’a pas marché"), word="Ce qui n’a pas marché"),
    Heading(key="avoid", label=_("Ce que l’on aurait voulu éviter"), word="Ce que l’on aurait voulu éviter"),
)


def text_of(parts: Mapping[str, str]) -> str:
    """One run of lines a part, each opened by its heading; empty parts are left out."""
    return "\n".join(
        f"{heading.word} : {parts[heading.key].strip()}"
        for heading in HEADINGS
        if parts.get(heading.key, "").strip()
    )
