"""A synthesis that has a bit of everything, and larger ones."""

from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from cahiers.documents.model import (
    Facilitator,
    Feedback,
    Item,
    Meeting,
    MeetingDate,
    Participant,
    Row,
    Source,
    Synthesis,
    ThemeBlock,
    Warning,
)

if TYPE_CHECKING:
    from cahiers.consultations.models import Consultation
    from cahiers.notebooks.models import Notebook
    from cahiers.territories.models import Territory


def synthesis() -> Synthesis:
    place = Source(page=3, line=40, cell="tableau 1, rang 2, colonne 3")
    return Synthesis(
        method="etats-generaux",
        territory="Côte d’Aubrac",
        consultation="L’école de demain",
        meetings=(
            Meeting(
                label="Côte d’Aubrac – rencontres",
                dates_text=("Le 5 octobre 2026 : Sainte-Orle", "Du 12 au 14/10"),
                dates=(
                    MeetingDate(start=date(2026, 10, 5), end=date(2026, 10, 5), place="Sainte-Orle"),
                    MeetingDate(start=date(2026, 10, 12), end=date(2026, 10, 14), place=None),
                ),
                format="hybrid",
                facilitators=(
                    Facilitator(name="Solveig Marcastel", role="Inspectrice", note="le 5 octobre"),
                ),
                facilitators_note="Voir les annexes",
                participants=(
                    Participant(
                        category="users",
                        label="Représentants des usagers",
                        checked=True,
                        count=120,
                        establishments=None,
                        note="dont 100 réponses à l’enquête",
                        surveyed=100,
                    ),
                    Participant(
                        category=None, label="Curieux", checked=False, count=None, establishments=3, note=None
                    ),
                ),
            ),
            Meeting(label="", dates_text=(), dates=(), format=None, facilitators=(), participants=()),
        ),
        themes=(
            ThemeBlock(
                key="teaching",
                number=2,
                title="Enseigner et apprendre avec le numérique",
                feedback=(
                    Feedback(
                        number=1,
                        scope="académie",
                        text="Une classe dehors\nTout un printemps",
                        links=("https://exemple.example/dehors", "voir l’affiche"),
                        source=place,
                    ),
                    Feedback(number=None, scope=None, text="Sans numéro", links=()),
                ),
                stages={
                    "diagnosis": (
                        Row(
                            cells={
                                "irritant": (Item(text="Trop de mots de passe", source=place),),
                                "strength": (Item(text="Entraide", emphasised=True), Item(text="Entraide")),
                            },
                            feedback=(1, 9),
                            feedback_text=("Paroles de couloir",),
                            source=Source(page=3),
                        ),
                        Row(cells={}, name="Le rang d’après", theme_text="Enseigner"),
                    ),
                    "action_plan": (Row(cells={"actor": (Item(text="<b>Le maire</b> & l’école"),)}),),
                },
            ),
            ThemeBlock(key=None, number=None, title="Un thème à nous", feedback=(), stages={}),
        ),
        warnings=(Warning(message="Colonne incertaine", text="Entraide", source=place),),
    )


def large(statements: int) -> Synthesis:
    """That many statements, ten a row, over five themes."""
    kinds = ("lever", "action", "actor", "timing", "indicator")
    rows = [
        Row(cells={kind: (Item(text=f"Énoncé {row} {kind}"), Item(text="Un autre")) for kind in kinds})
        for row in range(statements // 10)
    ]
    keys = ("access", "teaching", "working_together", "responsible", "governance")
    return Synthesis(
        method="etats-generaux",
        territory="Côte d’Aubrac",
        meetings=(),
        themes=tuple(
            ThemeBlock(
                key=key,
                number=number,
                title=f"Thème {number}",
                feedback=(),
                stages={"action_plan": tuple(rows[number - 1 :: len(keys)])},
            )
            for number, key in enumerate(keys, 1)
        ),
    )


def imported(
    consultation: "Consultation", territory: "Territory", read: Synthesis, now: datetime
) -> "Notebook":
    """The synthesis as a notebook, as if it came from a file of its own."""
    from cahiers.notebooks.actions import SourceFile, import_synthesis

    return import_synthesis(
        consultation=consultation,
        territory=territory,
        synthesis=read,
        source=SourceFile(
            name="cahier.docx", sha256=sha256(repr(read).encode()).hexdigest(), size=9, format="docx"
        ),
        by=None,
        now=now,
    )
