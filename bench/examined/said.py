"""What each document says: a synthesis drawn from the stock, the same on every run."""

import random
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from bench.examined.looks import LOOKS, Look
from bench.examined.wording import drawn, signed, stock, written
from cahiers.documents.model import (
    Facilitator,
    Feedback,
    Item,
    Meeting,
    Participant,
    Row,
    Synthesis,
    ThemeBlock,
)
from cahiers.methods import etats_generaux

METHOD: Final = etats_generaux.METHOD
NAMES: Final = (
    "Val-d’Orme",
    "Haute-Brenne",
    "Rives-de-Sélune",
    "Pays de Carnolle",
    "Monts-et-Vernes",
    "Aubrelle",
)
DEPARTMENTS: Final = ("Brenne", "Sélune", "Carnolle", "Vernes", "Orme-et-Loue", "Aubrelle maritime")
DATES: Final = (
    ("Les mardi 6, jeudi 8 et mardi 13 octobre 2020 de 17h30 à 19h00",),
    (
        "Le 5 octobre 2020 : Brenne",
        "Les 7 et 12 octobre 2020 : Sélune",
        "Du 12/10/2020 au 16/10/2020 : Vernes",
    ),
    ("29/09 et 13/10 : Carnolle", "Mercredi 14 octobre 2020, 14h-17h, en visioconférence"),
)
FACILITATORS: Final = (
    ("Odile Tanvier", "Déléguée académique au numérique"),
    ("Firmin Loubrac", "Inspecteur d’académie"),
    ("Ysaline Corvet", "Chargée de mission"),
    ("Barnabé Quintrel", "Atelier Canopé"),
)
SHEETS: Final = (
    "Prêt de matériel aux familles : [un collège|une école] a ouvert sa réserve dès la deuxième semaine et tenu un"
    " registre des besoins.",
    "Une classe de [CM2|cinquième] a tenu un journal radiophonique pendant huit semaines. Les élèves écrivaient,"
    " enregistraient et montaient eux-mêmes.",
    "Témoignage d’une équipe de lycée professionnel sur les gestes de métier filmés à l’atelier.",
    "Dans [deux|trois] écoles rurales, les enseignantes ont partagé leurs groupes à distance : lecture pour l’une,"
    " mathématiques pour l’autre.",
    "Un conseil de la vie lycéenne a mené sa propre enquête, puis présenté ses conclusions au conseil"
    " d’administration.",
)
CITED: Final = ("Voir la fiche de l’an passé", "Aucun retour présenté en séance", "Témoignages oraux")


@cache
def source(name: str) -> Synthesis:
    """What the document of that look says."""
    look = LOOKS[name]
    rng = random.Random(name)
    place = NAMES[list(LOOKS).index(name) % len(NAMES)]
    themes = [METHOD.themes[index] for index in look.order]
    told = [theme for theme in themes if theme.key not in look.untold]
    return Synthesis(
        method=METHOD.key,
        territory=place,
        meetings=tuple(_meeting(place, number, look, rng) for number in range(look.meetings)),
        themes=tuple(
            ThemeBlock(
                key=theme.key,
                number=number,
                title=signed(
                    theme.aliases[0] if look.short_theme and theme.aliases else theme.title, look.hand
                ),
                feedback=(sheets := _sheets(look, rng)),
                stages=_stages(theme.key, look, len(sheets), rng),
            )
            for number, theme in enumerate(told, 1)
        ),
    )


def _meeting(place: str, number: int, look: Look, rng: random.Random) -> Meeting:
    label = place if not number else f"{place} – rencontres départementales"
    people = rng.sample(FACILITATORS, rng.randint(1, 3))
    participants = []
    for category in METHOD.categories:
        count = rng.choice((0, 0, 2, 5, 9, 14, 38, 120))
        schools = (count + 2) // 3 if category.counts_establishments else None
        participants.append(
            Participant(
                category=category.key,
                label=category.label,
                checked=count > 0,
                count=count,
                establishments=schools,
                note=None,
            )
        )
    return Meeting(
        label=label,
        dates_text=tuple(signed(line, look.hand) for line in rng.choice(DATES)),
        dates=(),
        format=rng.choice(("in_person", "remote", "hybrid")),
        facilitators=tuple(Facilitator(name=name, role=signed(role, look.hand)) for name, role in people),
        participants=tuple(participants),
    )


def _sheets(look: Look, rng: random.Random) -> tuple[Feedback, ...]:
    texts = rng.sample(SHEETS, rng.randint(0, 3))
    made = []
    for number, text in enumerate(texts, 1):
        scope = rng.choice(("académie", *DEPARTMENTS))
        slug = scope.lower().replace("é", "e").replace(" ", "-").replace("à", "a")
        link = f"https://retex.exemple-{slug}.fr/fiche-{rng.randint(10, 99)}"
        links = (link,) if rng.random() < 0.6 else ()
        made.append(
            Feedback(number=number, scope=scope, text=signed(drawn(text, rng), look.hand), links=links)
        )
    return tuple(made)


def _topics(key: str, look: Look, rng: random.Random) -> list[Mapping[str, Sequence[str]]]:
    """Statements by kind, a mapping for each of the subjects that the team took up."""
    subjects = stock(key)
    many = max(2, min(len(subjects), round(len(subjects) * look.amount**0.5)))
    share = min(1.0, look.amount * len(subjects) / many)
    made: list[Mapping[str, Sequence[str]]] = []
    for name in rng.sample(sorted(subjects), many):
        taken: dict[str, Sequence[str]] = {}
        for kind, lines in subjects[name].items():
            count = max(1, int(len(lines) * share + rng.random()))
            pool = sorted(lines, key=len)[: max(count, round(0.7 * len(lines)))] if look.hand.short else lines
            taken[kind] = [
                written(line, kind, look.hand, rng) for line in rng.sample(list(pool), min(count, len(pool)))
            ]
        made.append(taken)
    if look.big_rows and len(made) > 2:
        merged: list[Mapping[str, Sequence[str]]] = [
            {kind: [*one.get(kind, ()), *other.get(kind, ())] for kind in {**one, **other}}
            for one, other in zip(made[::2], made[1::2], strict=False)
        ]
        made = merged + made[len(merged) * 2 :]
    return made


def _stages(key: str, look: Look, sheets: int, rng: random.Random) -> dict[str, tuple[Row, ...]]:
    diagnosis, projections, plan = [], [], []
    for taken in _topics(key, look, rng):
        irritants, levers, actions = taken["irritant"], taken["lever"], taken["action"]
        kept = irritants[: max(1, len(irritants) // 3)]
        cited, cited_text = _citation(sheets, look, rng)
        cells = {"irritant": irritants, "strength": taken.get("strength", ())}
        diagnosis.append(_row(cells, look, rng, cited, cited_text))
        cells = {"irritant": kept, "need": taken.get("need", ()), "lever": levers}
        projections.append(_row(cells, look, rng))
        many = max(1, round(len(actions) * rng.uniform(0.5, 1)))
        cells = {
            "lever": levers[: max(1, len(levers) // 2)],
            "action": actions,
            "actor": _common("w", many + 1, look, rng),
            "timing": _common("t", many, look, rng),
            "indicator": taken.get("indicator", ()),
        }
        plan.append(_row(cells, look, rng))
    return {"diagnosis": tuple(diagnosis), "projections": tuple(projections), "action_plan": tuple(plan)}


def _common(letter: str, count: int, look: Look, rng: random.Random) -> list[str]:
    kind = {"w": "actor", "t": "timing"}[letter]
    return [
        written(line, kind, look.hand, rng) for line in rng.sample(list(stock("people")[""][kind]), count)
    ]


def _citation(sheets: int, look: Look, rng: random.Random) -> tuple[tuple[int, ...], tuple[str, ...]]:
    chance = rng.random()
    if sheets and chance < 0.6:
        return tuple(sorted(rng.sample(range(1, sheets + 1), min(sheets, rng.choice((1, 1, 2)))))), ()
    return ((), (signed(rng.choice(CITED), look.hand),)) if chance > 0.9 else ((), ())


def _row(
    cells: Mapping[str, Sequence[str]],
    look: Look,
    rng: random.Random,
    cited: tuple[int, ...] = (),
    cited_text: tuple[str, ...] = (),
) -> Row:
    left = len(cells)
    kept: dict[str, tuple[Item, ...]] = {}
    for kind, texts in cells.items():
        emptied = left > 1 and rng.random() < look.empty_cells
        left -= emptied
        kept[kind] = (
            ()
            if emptied
            else tuple(Item(text=text, emphasised=kind == "action" and rng.random() < 0.1) for text in texts)
        )
    return Row(cells=kept, feedback=cited, feedback_text=cited_text)
