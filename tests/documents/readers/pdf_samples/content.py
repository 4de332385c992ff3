"""Fictional syntheses of any length, always the same for the same seed."""

import random
from datetime import date

from cahiers.documents.model import (
    Feedback,
    Item,
    Meeting,
    MeetingDate,
    Participant,
    Row,
    Synthesis,
    ThemeBlock,
)
from cahiers.methods import Method, Stage

DEEDS = (
    "Former", "Équiper", "Accompagner", "Prêter", "Ouvrir", "Réparer", "Mutualiser", "Publier", "Simplifier",
    "Financer", "Recenser", "Partager", "Co-construire",
)  # fmt: skip
THINGS = (
    "les enseignants débutants",
    "les familles éloignées du numérique",
    "un lieu d’accueil dans chaque canton",
    "le matériel de prêt",
    "les débits des écoles rurales",
    "un référent par bassin",
    "des ressources libres et pérennes",
    "l’ENT et ses services",
    "des temps de formation inter-degrés",
    "les données à caractère personnel",
    "le co-working des équipes",
)
DETAILS = (
    "",
    "",
    " dès la rentrée",
    " avant 2022-2023",
    " à moyen terme, avec les collectivités",
    " : sans coût pour les familles",
    " « en continu », comme le dit un parent",
    " (maire et/ou président d’agglomération)",
)


def sentence(dice: random.Random) -> str:
    words = f"{dice.choice(DEEDS)} {dice.choice(THINGS)}{dice.choice(DETAILS)}"
    if dice.random() < 0.35:
        words += f" et {dice.choice(DEEDS).lower()} {dice.choice(THINGS)}"
    return words


def rows(stage: Stage, count: int, dice: random.Random, most: int = 3) -> tuple[Row, ...]:
    return tuple(
        Row(
            cells={
                kind: tuple(
                    Item(text=sentence(dice), emphasised=dice.random() < 0.15)
                    for _ in range(dice.randint(1, most))
                )
                for kind in stage.kinds
            },
            feedback=(dice.randint(1, 3),) if stage.cites_feedback else (),
        )
        for _ in range(count)
    )


def sample(method: Method, seed: int, *, themes: int = 2, rows_each: int = 4) -> Synthesis:
    """A synthesis with one meeting, and rows enough for tables to run over their pages."""
    dice = random.Random(seed)
    return Synthesis(
        method=method.key,
        territory="Val-de-Brume",
        meetings=(_meeting(method, dice),),
        themes=tuple(
            ThemeBlock(
                key=theme.key,
                number=number,
                title=theme.title,
                feedback=tuple(_sheet(number, dice) for number in (1, 2)),
                stages={stage.key: rows(stage, rows_each, dice) for stage in method.stages},
            )
            for number, theme in enumerate(method.themes[:themes], 1)
        ),
    )


def _sheet(number: int, dice: random.Random) -> Feedback:
    return Feedback(
        number=number,
        scope="académie" if number == 1 else "Val-de-Brume",
        text="\n".join(f"{sentence(dice)}. {sentence(dice)}. {sentence(dice)}." for _ in range(2)),
        links=(f"https://exemple.example/retours/{dice.randint(100, 999)}-{'fiche-' * number}complete",),
    )


def _meeting(method: Method, dice: random.Random) -> Meeting:
    return Meeting(
        label="Val-de-Brume",
        dates_text=("Le mardi 13 octobre 2026",),
        dates=(MeetingDate(start=date(2026, 10, 13), end=date(2026, 10, 13), place=None),),
        format="remote",
        facilitators=(),
        facilitators_note="Voir les annexes départementales",
        participants=tuple(
            Participant(
                category=category.key,
                label=category.label,
                checked=True,
                count=dice.randint(0, 90),
                establishments=dice.randint(1, 40) if category.counts_establishments else None,
                note=None,
            )
            for category in method.categories
        ),
    )
