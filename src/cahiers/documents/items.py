"""What the paragraphs of a cell say: statements, feedback sheets cited, plain text."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from cahiers.documents.blocks import Paragraph, Role
from cahiers.documents.model import Item, Warning
from cahiers.documents.normal import tidy

#: Those of symbol fonts whose name was lost keep their private codes.
BULLET: Final = re.compile(r"\s*(?:[►▶▸➤➢➔➜➲⇨→⇒•●▪■□◆◦○‣·∙❖✓✔\uf000-\uf0ff]\s*|(?:[-‐‑–—*o»]|[-=]>)\s+)")
#: What may open a sentence too ("> 30 élèves", "+ de temps"): bullets where every paragraph of a cell begins so.
WEAK: Final = re.compile(r"\s*(?P<mark>>{1,2}|\+|~)\s+(?=\S)|\s*(?P<number>\d{1,2}|[a-z])[.)]\s+(?=\S)")
#: Bullets that never stand inside a sentence, so that one paragraph that holds several is several items.
FUSED: Final = re.compile(r"(?<!\s)\s+(?=[►▶➤➢]\s)")
CITED_WORD: Final = re.compile(r"^(?:RETEX|fiches?)\s*(?:n\s*[°º]\s*)?", re.IGNORECASE)
#: Longer runs of digits are no number that anything here could keep.
NUMBERS: Final = re.compile(r"-?\d{1,18}(?:\s*(?:,|;|/|&|et|à)\s*-?\d{1,18})*")


def without_bullet(text: str) -> str:
    """Tidy text without the one bullet that an author typed before it."""
    text = tidy(text)
    match = BULLET.match(text)
    return text[match.end() :].strip() if match else text


def is_bulleted(paragraph: Paragraph) -> bool:
    """Whether a bullet stands before the paragraph, drawn by the word processor or typed."""
    return paragraph.listed or BULLET.match(paragraph.text) is not None


def content(paragraph: Paragraph) -> str:
    """Tidy text of a paragraph of a list: a typed bullet goes, one that is text stays."""
    return tidy(paragraph.text) if paragraph.listed or paragraph.role else without_bullet(paragraph.text)


def are_listed(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether each begins with a bullet, or all with the same sign or running numbers."""
    return all(map(is_bulleted, _without_weak(list(paragraphs))))


def items_of(paragraphs: Sequence[Paragraph], warnings: list[Warning]) -> tuple[Item, ...]:
    """Statements of a cell, in order; doubts are added to `warnings`.

    A paragraph without bullet among bulleted ones goes on with the item before when it begins in lower case or
    the item was left open; otherwise it is an item, with a warning.
    """
    pieces = _without_weak([piece for paragraph in paragraphs for piece in _split_fused(paragraph)])
    bulleted = any(is_bulleted(piece) for piece in pieces)
    items: list[Item] = []
    for piece in pieces:
        text = content(piece)
        if not text:
            continue
        if bulleted and items and not is_bulleted(piece) and piece.role is None:
            before = items[-1]
            # A semicolon closes an item of a list, as French prints them.
            if text[0].islower() or _is_left_open(before.text):
                glue = "" if before.text.endswith("-") else " "
                items[-1] = Item(
                    text=before.text + glue + text, emphasised=before.emphasised, source=before.source
                )
                continue
            warnings.append(
                Warning(
                    message="Ce paragraphe sans puce, parmi d’autres qui en ont, est lu comme un énoncé à part.",
                    text=text,
                    source=piece.source,
                )
            )
        items.append(Item(text=text, emphasised=piece.emphasised, source=piece.source))
    return tuple(items)


def _is_left_open(text: str) -> bool:
    """Whether more must come: after a comma or a dash, inside brackets or guillemets."""
    return text[-1] in ",:(-–" or any(text.count(first) > text.count(last) for first, last in ("()", "«»"))


def _without_weak(pieces: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs without the signs or the running numbers that all of them begin with."""
    said = [piece for piece in pieces if piece.text.strip()]
    found = [WEAK.match(piece.text) for piece in said if not piece.listed and piece.role is None]
    openings = [match["mark"] or match["number"] for match in found if match]
    if len(openings) < max(2, len(said)):
        return pieces
    first = openings[0]
    if first.isdecimal():
        running = [str(int(first) + more) for more in range(len(said))]
    else:
        running = (
            [chr(ord(first) + more) for more in range(len(said))] if first.isalpha() else [first] * len(said)
        )
    if openings != running:
        return pieces
    return [
        piece.with_text(f"• {piece.text[match.end() :]}")
        for piece, match in zip(said, found, strict=True)
        if match
    ]


def _split_fused(paragraph: Paragraph) -> Iterator[Paragraph]:
    if (
        paragraph.listed
        or paragraph.role
        or not BULLET.match(paragraph.text)
        or not FUSED.search(paragraph.text)
    ):
        yield paragraph
        return
    for text in FUSED.split(paragraph.text):
        yield paragraph.with_text(text)


def cited(paragraphs: Sequence[Paragraph]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Numbers of the feedback sheets that a cell cites, and the free text found in their place."""
    numbers: list[int] = []
    texts: list[str] = []
    for paragraph in paragraphs:
        for piece in _split_fused(paragraph):
            text = content(piece)
            if paragraph.role is not Role.CITED_TEXT and are_numbers(text):
                numbers.extend(numbers_in(text))
            elif text:
                texts.append(text)
    return tuple(numbers), tuple(texts)


def are_numbers(text: str) -> bool:
    """Whether a tidy text cites sheets by number ("1, 2", "RETEX 3", "fiches n° 1 à 4")."""
    return NUMBERS.fullmatch(CITED_WORD.sub("", text)) is not None


def numbers_in(text: str) -> Iterator[int]:
    """Numbers of "1, 2", "1 et 2", "1 à 3" (three numbers). Ranges of over 100 are read as their two ends."""
    pending = False
    last: int | None = None
    for piece in re.findall(r"-?\d+|à", text):
        if piece == "à":
            pending = True
            continue
        number = int(piece)
        if pending and last is not None and last < number <= last + 100:
            yield from range(last + 1, number + 1)
        else:
            yield number
        last, pending = number, False
