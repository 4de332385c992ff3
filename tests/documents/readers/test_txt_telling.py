"""What is said first of a text that lost the order of its columns, and what is said last."""

import io
from pathlib import Path

from cahiers import methods
from cahiers.documents.model import Synthesis
from cahiers.documents.readers.txt import READER

SAMPLES = Path(__file__).parent / "unseen_samples"
METHOD = methods.get("etats-generaux")
BAR = "THEMATIQUE N°1 : Travailler ensemble autrement\n1. Retour d’expérience\n"
HEADER = "Thématique concernée (parmi les 5)\n\nRETEX\n\nIrritants\n\nPoints forts\n\n"
ROW = "► Travailler ensemble autrement\n\n► 1\n\n► {}\n\n► {}\n\n"


def read(text: str) -> Synthesis:
    return READER.read(io.BytesIO(text.encode()), METHOD)


def turned() -> Synthesis:
    """A table whose row goes on over the turn of a page: which statement does, the text does not tell."""
    first = ROW.format("Trop de messageries pour une équipe et", "Une règle simple, que chacun tient de")
    return read(
        BAR
        + "\f"
        + HEADER
        + first
        + "\f"
        + HEADER
        + "bon matin\n\n"
        + ROW.format("Rien le soir", "Un relevé")
    )


def test_a_text_without_its_columns_is_said_first_with_how_much_is_doubtful() -> None:
    first, *others = turned().warnings
    assert first.message.startswith(
        "Ce texte a perdu l’ordre de ses colonnes : 2 énoncés sur 4 sont peut-être coupés ou mal placés (page 2)."
    )
    assert "docx, odt ou pdf" in first.message
    assert "pdftotext -layout" in first.message
    assert not any("pdftotext" in one.message for one in others)


def test_other_readings_come_last() -> None:
    kinds = [one.is_other_reading for one in turned().warnings]
    assert any(kinds)
    assert kinds == sorted(kinds)


def test_a_text_that_keeps_its_columns_has_lost_no_order() -> None:
    found = READER.read(io.BytesIO((SAMPLES / "grid.layout.txt").read_bytes()), METHOD)
    assert not any(one.is_of_whole for one in found.warnings)
