"""A stock of statements and the few rules by which regional teams vary how they write them."""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

STOCK: Final = Path(__file__).parent / "stock"
KINDS: Final = {
    "i": "irritant",
    "s": "strength",
    "n": "need",
    "l": "lever",
    "a": "action",
    "w": "actor",
    "t": "timing",
    "m": "indicator",
}
CHOICE: Final = re.compile(r"\[([^\]]*)\]")
#: Where a statement may go on: it ends neither with a stop nor with a bracket or quote.
OPEN_END: Final = re.compile(r"[\wéèà]$")
VOWEL: Final = tuple("aàâeéèêëiîoôuhyAEÉIOUH")
PLACES: Final = (
    "en milieu rural",
    "en éducation prioritaire",
    "au lycée professionnel",
    "en maternelle",
    "dans les petites écoles",
    "en zone de montagne",
    "dans les quartiers",
    "en SEGPA",
    "à l’internat",
    "en ULIS",
)
#: What a team adds to a statement, by kind; `{place}` and `{number}` are drawn.
TAILS: Final = {
    "irritant": (
        ", surtout {place}",
        " (remonté dans {number} ateliers)",
        " – constat partagé par les {number} départements",
        ", ce que confirment les parents présents",
        ", cité {number} fois",
        " : le point le plus discuté de la soirée",
    ),
    "strength": (
        " (à généraliser)",
        ", notamment {place}",
        ", de l’avis de tous les participants",
        " – à conserver",
        ", dans {number} établissements au moins",
    ),
    "need": (
        ", en priorité {place}",
        " (exprimé par {number} groupes)",
        ", pour les élèves comme pour les adultes",
        " dès que possible",
    ),
    "lever": (
        ", d’abord {place}",
        " en s’appuyant sur l’existant",
        " (voir le compte rendu, p. 4)",
        ", sans créer de charge nouvelle",
    ),
    "action": (
        ", à titre expérimental dans {number} établissements",
        ", avec l’appui du bassin",
        " ; commencer {place}",
        " (budget à préciser)",
        ", puis étendre",
    ),
    "indicator": (
        ", année après année",
        " (comparé aux {number} dernières années)",
        ", par établissement",
        ", en particulier {place}",
    ),
    "actor": (" du territoire", ", selon les communes", " (à confirmer)", ", ou leur représentant"),
    "timing": (" si possible", " (à revoir en comité)", ", selon les moyens"),
}
#: Openings of the teams that write whole sentences.
LEADS: Final = {
    "irritant": ("Les participants signalent ceci : ", "Il ressort des échanges le constat suivant : "),
    "strength": ("Point positif relevé par le groupe : ", "À noter : "),
    "need": ("Besoin exprimé : ", "Attente forte des équipes : "),
    "lever": ("Il est proposé de ", "Les participants suggèrent de ", "Piste retenue : "),
    "action": ("Il conviendrait de ", "Il est demandé de ", "Concrètement : "),
    "indicator": ("Suivi de l’indicateur suivant : ", "On regardera : "),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """How a team writes: shares of tails and of openings, how statements begin and end, which signs it types.

    `case` is `kept`, `capital` or `lower`; `ending` is nothing, ".", ";" or `mixed`; `short` prefers short statements.
    """

    tails: float = 0.3
    leads: float = 0.0
    case: str = "kept"
    ending: str = ""
    straight: bool = False
    space: str = "\u00a0"
    short: bool = False


@cache
def stock(name: str) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Statements of a file by topic and kind, as drawn up, choices in brackets."""
    topics: dict[str, dict[str, list[str]]] = {}
    topic: dict[str, list[str]] = topics.setdefault("", {})
    for line in (STOCK / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            topic = topics.setdefault(line[2:], {})
        elif line:
            topic.setdefault(KINDS[line[0]], []).append(line[2:])
    return {name: kinds for name, kinds in topics.items() if kinds}


def drawn(line: str, rng: random.Random) -> str:
    return CHOICE.sub(lambda found: rng.choice(found[1].split("|")), line)


def _lower(text: str) -> str:
    # An acronym keeps its capitals.
    return (
        text if len(text) > 1 and not (text[1].islower() or text[1] in "’ ") else text[:1].lower() + text[1:]
    )


def _led(lead: str, text: str) -> str:
    text = _lower(text)
    if not lead.endswith("de "):
        return lead + text
    if not re.match(r"(?:ne pas )?(?:s’|se )?[\wÀ-ÿ’-]+(?:er|ir|re)\b", text):
        return text[:1].upper() + text[1:]
    return lead[:-3] + "d’" + text if text.startswith(VOWEL) else lead + text


def written(line: str, kind: str, hand: Hand, rng: random.Random) -> str:
    """A statement as the team writes it."""
    text = drawn(line, rng)
    if rng.random() < hand.tails and OPEN_END.search(text):
        tail = rng.choice(TAILS[kind])
        text += tail.format(place=rng.choice(PLACES), number=rng.choice(("deux", "trois", "4", "cinq", "6")))
    if rng.random() < hand.leads and kind in LEADS:
        text = _led(rng.choice(LEADS[kind]), text)
    if hand.case == "lower":
        text = _lower(text)
    elif hand.case == "capital":
        text = text[:1].upper() + text[1:]
    return signed(text + _ending(text, hand, rng), hand)


def _ending(text: str, hand: Hand, rng: random.Random) -> str:
    ending = rng.choice(("", "", ".", " ;")) if hand.ending == "mixed" else hand.ending
    if text[-1] in ".?!…;" or (ending and text.rsplit(" ", 1)[-1].startswith("http")):
        return ""
    return " ;" if ending == ";" else ending


def signed(text: str, hand: Hand) -> str:
    """The text with the team's apostrophes and spaces."""
    if hand.straight:
        text = text.replace("’", "'")
    return re.sub(r" (?=[:;?!»%€])|(?<=«) ", hand.space, text)
