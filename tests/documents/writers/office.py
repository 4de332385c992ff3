"""A document with one of everything, and LibreOffice as a judge of the files we write."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from cahiers.documents import formats
from cahiers.documents.model import (
    Facilitator,
    Feedback,
    Item,
    Meeting,
    MeetingDate,
    Participant,
    Row,
    Synthesis,
    ThemeBlock,
)
from cahiers.methods import Method, get
from tests.waiting import PATIENCE

METHOD = get("etats-generaux")
SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")

TEXTS = (
    "► Former les équipes",
    "- un tiret en tête",
    "=SOMME(A1:A9)",
    "« Tous connectés », disent-ils",
    'Un mot "entre guillemets droits" & <des> balises',
    "L’an 2021-2022 : co-construire l'école",
    "مرحبا بالعالم",
    "שלום לכולם",
    "👩‍🏫 et 👨🏽‍🎓, 漢字",
    "Anticonstitutionnellement" * 8,
    "une phrase assez longue pour tenir sur plusieurs lignes d’une colonne étroite " * 12 + "fin",
    "1. Diagnostiquer",
    "1",
)


def synthesis() -> Synthesis:
    """Two session forms and two themes that hold whatever is awkward, three hundred items among it."""
    items = tuple(Item(text=text, emphasised=index % 3 == 0) for index, text in enumerate(TEXTS))
    many = tuple(Item(text=f"Énoncé {index}", emphasised=index % 7 == 0) for index in range(300))
    rows = (
        Row(cells={"irritant": items, "strength": items[:2]}, feedback=(1, 2), name="Un groupe"),
        Row(
            cells={"strength": many},
            feedback_text=("Toutes les fiches", "► et d’autres"),
            theme_text="Autrement dit",
        ),
        Row(cells={}),
    )
    plan = Row(
        cells={
            "lever": items[:1],
            "action": items[3:6],
            "actor": (Item(text="Communes"),),
            "timing": items[-1:],
        }
    )
    return Synthesis(
        method="etats-generaux",
        consultation="L’école & le <numérique>",
        territory="Val d’Aube",
        meetings=(
            Meeting(
                label="Val d’Aube",
                dates_text=("Le 12/10/2026", "sans année"),
                dates=(MeetingDate(start=date(2026, 10, 12), end=date(2026, 10, 13), place="Brive-le-Fort"),),
                format="hybrid",
                facilitators=(
                    Facilitator(name="Aline Ferrand", role="Déléguée au numérique", note="le lundi"),
                    Facilitator(name="Noé Karam", role=None),
                ),
                participants=(
                    Participant(
                        category="users",
                        label="Usagers",
                        checked=True,
                        count=1240,
                        establishments=None,
                        note="dont 1200 enquête en ligne",
                    ),
                    Participant(
                        category=None, label="Voisins", checked=False, count=None, establishments=3, note=None
                    ),
                ),
            ),
            Meeting(
                label="Val d’Aube – départements",
                dates_text=(),
                dates=(),
                format=None,
                facilitators=(),
                participants=(),
                facilitators_note="Voir les annexes",
            ),
        ),
        themes=(
            ThemeBlock(
                key="access",
                number=1,
                title="Garantir un égal accès au numérique pour tous",
                feedback=(
                    Feedback(
                        number=1,
                        scope="académie",
                        text="Un récit\nen deux lignes",
                        links=("https://exemple.fr/a?b=1&c=2", "www.exemple.fr"),
                    ),
                    Feedback(number=None, scope=None, text="Sans numéro", links=()),
                ),
                stages={"diagnosis": rows, "action_plan": (plan,)},
            ),
            ThemeBlock(key=None, number=None, title="Un thème à part", feedback=(), stages={}),
        ),
    )


def converted(content: bytes, source: str, target: str, folder: Path) -> io.BytesIO:
    """The bytes of a file of format `source`, opened by LibreOffice and saved as `target`."""
    return all_converted([(content, source)], target, folder)[0]


def all_converted(files: Sequence[tuple[bytes, str]], target: str, folder: Path) -> list[io.BytesIO]:
    """The same of several files, with their formats: LibreOffice takes longer to start than to save."""
    assert SOFFICE is not None
    paths = [folder / f"document{n}.{source}" for n, (_, source) in enumerate(files)]
    for path, (content, _) in zip(paths, files, strict=True):
        path.write_bytes(content)
    out = folder / target
    subprocess.run(
        [
            SOFFICE,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            target,
            "--outdir",
            str(out),
            *map(str, paths),
        ],
        check=True,
        capture_output=True,
        timeout=10 * PATIENCE,
    )
    return [io.BytesIO((out / path.name).with_suffix(f".{target}").read_bytes()) for path in paths]


def written(document: Synthesis, format: str, method: Method = METHOD) -> io.BytesIO:
    stream = io.BytesIO()
    formats.writer(format).write(document, method, stream)
    stream.seek(0)
    return stream


def parts(stream: io.BytesIO) -> dict[str, str]:
    """The files of an archive, by name."""
    with zipfile.ZipFile(stream) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}
