"""What a document says beside its text: notes, comments, hidden words, running titles; nothing of it is an item."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from cahiers.documents.blocks import Block, Paragraph
from cahiers.documents.interpret import interpret
from cahiers.documents.matching import fold
from cahiers.documents.model import Source, Synthesis, Warning
from cahiers.documents.normal import tidy
from cahiers.methods import Method


class Aside(StrEnum):
    """What it is, as the sentence which tells that it was not placed."""

    NOTE = "Cette note de bas de page ou de fin n’a pas été placée."
    COMMENT = "Ce commentaire de relecture n’a pas été placé."
    HIDDEN = "Ce texte, masqué dans le document, n’a pas été placé."
    RUNNING = "Cet en-tête ou ce pied de page n’a pas été placé."
    ELSEWHERE = (
        "Ce morceau du document vient d’un autre fichier, qui n’a pas été lu : enregistrez le tout à nouveau."
    )
    TOO_LONG = (
        "Les notes, commentaires, en-têtes et pieds de page sont trop longs : ils n’ont pas tous été lus."
    )


#: How the place of one is named.
NAMES: Final = {Aside.NOTE: "note", Aside.COMMENT: "commentaire"}


@dataclass(slots=True)
class Asides:
    """Warnings while a document is read; `running` are the lines of headers and footers, `pictures` their number."""

    warnings: list[Warning] = field(default_factory=list)
    running: list[str] = field(default_factory=list)
    pictures: int = 0

    def tell(self, aside: Aside, text: str, source: Source | None = None) -> None:
        if text := tidy(text):
            self.warnings.append(Warning(message=aside.value, text=text, source=source))


@dataclass(frozen=True, slots=True)
class Document:
    """A word processor's file: its blocks, and what stands beside them."""

    blocks: tuple[Block, ...]
    asides: Asides

    def synthesis(self, method: Method) -> Synthesis:
        """Raises NotASynthesis."""
        told = [*self.asides.warnings, *_running_titles(self.asides.running, self.blocks, method)]
        if self.asides.pictures:
            told.append(Warning(message=f"Images ou objets qui n’ont pas été lus : {self.asides.pictures}."))
        return interpret(self.blocks, method, told=told)


def text_of(blocks: Iterable[Block]) -> str:
    """Words of the blocks, on one line."""
    return " ".join(
        block.text
        if isinstance(block, Paragraph)
        else " ".join(cell.text for row in block.rows for cell in row)
        for block in blocks
    )


def _running_titles(lines: Sequence[str], blocks: Iterable[Block], method: Method) -> Iterator[Warning]:
    """Lines of headers and footers that hold a word which the document itself does not say."""
    known = set(fold(f"{text_of(blocks)} {method.title} page sur n").split()) if lines else set()
    for line in dict.fromkeys(map(tidy, lines)):
        if any(word not in known and not word.isdecimal() for word in fold(line).split()):
            yield Warning(message=Aside.RUNNING.value, text=line)
