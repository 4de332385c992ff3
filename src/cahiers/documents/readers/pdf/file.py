"""Has a PDF file read in a process of its own, within bounds that no synthesis comes near."""

import json
import os
import subprocess
import sys
from typing import Any, BinaryIO, Final

from cahiers.documents.errors import Unreadable
from cahiers.documents.intake import check_size
from cahiers.documents.readers.pdfium.pieces import Area, Page, Piece, Rule, Tag

COMMAND: Final = (sys.executable, "-m", "cahiers.documents.readers.pdfium")
#: Seconds by the clock, for a machine that has other things to do; the process itself has four of its own.
PATIENCE: Final = 30

BROKEN: Final = "Le fichier PDF est tronqué ou abîmé : il ne s’ouvre pas. Exportez-le à nouveau."
TOO_MUCH: Final = (
    "Le fichier PDF est trop long ou trop complexe pour une synthèse : exportez-le à nouveau depuis votre"
    " traitement de texte, ou découpez-le."
)
LOCKED: Final = (
    "Le fichier PDF est protégé par un mot de passe : enregistrez-le sans protection, puis réessayez."
)
SCANNED: Final = (
    "Le fichier PDF ne contient aucun texte, seulement des images de pages (un scan, sans doute) : passez-le par"
    " une reconnaissance de caractères, ou envoyez le document d’origine (Word ou LibreOffice)."
)
REFUSALS: Final = {"Broken": BROKEN, "Locked": LOCKED, "TooMuch": TOO_MUCH}


def read_pages(stream: BinaryIO) -> list[Page]:
    """Every page of the file. Raises Unreadable."""
    check_size(stream)
    stream.seek(0)
    answer = _ask(stream.read())
    if isinstance(answer, str):
        raise Unreadable(REFUSALS[answer])
    pages = [_page(page) for page in answer]
    if not any(page.pieces for page in pages):
        raise Unreadable(SCANNED)
    return pages


def _ask(data: bytes) -> Any:
    """The answer of the process; where it dies, of crash, memory or time, the file is too much for it."""
    # Nothing of the environment but what starts Python: no secret stands beside a stranger's file.
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(  # noqa: S603
            COMMAND, input=data, capture_output=True, timeout=PATIENCE, env=environment, check=True
        )
        return json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise Unreadable(TOO_MUCH) from None


def _page(values: list[Any]) -> Page:
    number, width, height, pieces, across, down, areas, links, hanging_spaces = values
    return Page(
        number=number,
        width=width,
        height=height,
        pieces=tuple(_piece(*piece) for piece in pieces),
        across=tuple(Rule(*rule) for rule in across),
        down=tuple(Rule(*rule) for rule in down),
        areas=tuple(Area(*area) for area in areas),
        links=tuple(links),
        hanging_spaces=hanging_spaces,
    )


def _piece(
    text: str,
    x0: float,
    x1: float,
    y: float,
    size: float,
    bold: bool,
    green: bool,
    upright: bool,
    tag: list[list[int] | None] | None,
) -> Piece:
    return Piece(text, x0, x1, y, size, bold, green, upright, _tag(tag))


def _tag(paths: list[list[int] | None] | None) -> Tag | None:
    if paths is None:
        return None
    block, row, cell = paths
    return Tag(
        block=tuple(block or ()),
        row=None if row is None else tuple(row),
        cell=None if cell is None else tuple(cell),
    )
