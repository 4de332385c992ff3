"""Fictional documents of the sizes that the figures are about, the same at every run."""

import random
from datetime import date

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
from cahiers.methods import Method, Stage, get

METHOD = get("etats-generaux")

SUBJECTS = (
    "les salles du rez-de-chaussée", "le prêt des tablettes", "la formation des équipes", "l’accueil des familles",
    "les horaires de la médiathèque", "le réseau du bâtiment B", "les comptes des nouveaux arrivants",
    "le transport du soir", "l’entretien des machines", "les échanges entre écoles et collèges",
)  # fmt: skip
VERBS = (
    "à revoir dès la rentrée", "trop peu connus des habitants", "qui manquent de moyens stables",
    "à partager avec les communes voisines", "que chacun organise à sa manière", "à simplifier avec les usagers",
    "appréciés de ceux qui s’en servent", "à ouvrir plus tard le mercredi", "sans personne pour répondre aux questions",
)  # fmt: skip
DETAILS = (
    "", "", " (surtout dans les petites communes)", ", comme l’ont dit plusieurs familles",
    " : un point d’étape chaque trimestre suffirait", ", avec un référent nommé et du temps pour le faire",
)  # fmt: skip


def item(dice: random.Random) -> Item:
    """A statement of 30 to 110 characters, one in ten emphasised."""
    subject, verb, detail = dice.choice(SUBJECTS), dice.choice(VERBS), dice.choice(DETAILS)
    return Item(text=f"{subject.capitalize()} {verb}{detail}", emphasised=dice.random() < 0.1)


def row(dice: random.Random, stage: Stage, most: int, mark: str = "") -> Row:
    """A row of one to `most` statements a column; `mark` begins the first of them."""
    cells = {kind: tuple(item(dice) for _ in range(dice.randint(1, most))) for kind in stage.kinds}
    if mark:
        kind = stage.kinds[0]
        first, *others = cells[kind]
        cells[kind] = (Item(text=f"{mark} {first.text}", emphasised=first.emphasised), *others)
    return Row(cells=cells, feedback=(dice.randint(1, 3),) if stage.cites_feedback else ())


def meeting(label: str) -> Meeting:
    """A session form filled in."""
    return Meeting(
        label=label,
        dates_text=("Les lundi 12 et mardi 13 octobre 2026 de 18h00 à 19h30",),
        dates=(
            MeetingDate(start=date(2026, 10, 12), end=date(2026, 10, 12), place=None),
            MeetingDate(start=date(2026, 10, 13), end=date(2026, 10, 13), place=None),
        ),
        format="hybrid",
        facilitators=(Facilitator(name="Aline Ferrand", role="chargée de mission"),),
        participants=tuple(
            Participant(
                category=category.key,
                label=category.label,
                checked=True,
                count=12,
                establishments=4 if category.counts_establishments else None,
                note=None,
            )
            for category in METHOD.categories
        ),
    )


def synthesis(rows_a_stage: int, *, seed: int = 1, method: Method = METHOD) -> Synthesis:
    """A synthesis of the method's five themes, each of whose stages has that many rows."""
    dice = random.Random(seed)
    return Synthesis(
        method=method.key,
        consultation="L’école et le village",
        territory="Val d’Aube",
        meetings=(meeting("Val d’Aube"), meeting("Val d’Aube – rencontres locales")),
        themes=tuple(
            ThemeBlock(
                key=theme.key,
                number=number,
                title=theme.title,
                feedback=tuple(
                    Feedback(number=n, scope="Troyes", text=" ".join(item(dice).text for _ in range(4)) + ".",
                             links=(f"https://exemple.fr/recits/{n}",))
                    for n in range(1, 4)
                ),
                stages={stage.key: tuple(row(dice, stage, 6) for _ in range(rows_a_stage)) for stage in method.stages},
            )
            for number, theme in enumerate(method.themes, start=1)
        ),
    )  # fmt: skip


def long_table(rows: int, *, seed: int = 2, method: Method = METHOD) -> Synthesis:
    """A synthesis that is one table; the first statement of each row names it ("Ligne 12 :")."""
    dice = random.Random(seed)
    stage = method.stages[0]
    theme = ThemeBlock(
        key=method.themes[0].key,
        number=1,
        title=method.themes[0].title,
        feedback=(),
        stages={stage.key: tuple(row(dice, stage, 2, mark=f"Ligne {n} :") for n in range(1, rows + 1))},
    )
    return Synthesis(method=method.key, territory="Val d’Aube", meetings=(), themes=(theme,))
