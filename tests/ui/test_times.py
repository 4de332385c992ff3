"""Days and moments are told by the clock of the place that they are about."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from cahiers.territories import france
from cahiers.ui.times import NAMES, day, moment, name_of

EVENING = datetime(2026, 9, 30, 21, 30, tzinfo=UTC)  # 23 h 30 in Paris


@dataclass(frozen=True)
class Place:
    time_zone: str


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/Paris", "30 septembre 2026 à 23 h 30"),
        ("Indian/Reunion", "1er octobre 2026 à 1 h 30, heure de La Réunion"),
        ("Indian/Mayotte", "1er octobre 2026 à 0 h 30, heure de Mayotte"),
        ("America/Guadeloupe", "30 septembre 2026 à 17 h 30, heure de la Guadeloupe"),
        ("America/Cayenne", "30 septembre 2026 à 18 h 30, heure de la Guyane"),
        ("America/Miquelon", "30 septembre 2026 à 19 h 30, heure de Saint-Pierre-et-Miquelon"),
        ("Pacific/Noumea", "1er octobre 2026 à 8 h 30, heure de la Nouvelle-Calédonie"),
        ("Pacific/Tahiti", "30 septembre 2026 à 11 h 30, heure de Tahiti"),
        ("Pacific/Wallis", "1er octobre 2026 à 9 h 30, heure de Wallis-et-Futuna"),
        ("America/New_York", "30 septembre 2026 à 17 h 30, heure de New York"),
    ],
)
def test_a_moment_where_it_happens(zone: str, said: str) -> None:
    assert moment(EVENING, Place(zone)).replace("\xa0", " ") == said
    assert said.startswith(day(EVENING, Place(zone)).replace("\xa0", " "))


def test_without_a_place_it_is_the_site_s() -> None:
    assert moment(EVENING) == "30\xa0septembre 2026 à 23\xa0h\xa030"
    assert day(EVENING) == "30\xa0septembre 2026"


def test_a_whole_hour_says_no_minutes() -> None:
    assert moment(datetime(2026, 10, 1, 12, 0, tzinfo=UTC)) == "1er\xa0octobre 2026 à 14\xa0h"


def test_a_date_is_the_same_everywhere() -> None:
    assert day(date(2026, 10, 1), Place("Pacific/Noumea")) == "1er\xa0octobre 2026"


def test_in_english() -> None:
    with translation.override("en"):
        assert moment(EVENING, Place("Indian/Reunion")) == "1\xa0October 2026 at 01:30, Réunion time"
        assert moment(datetime(2026, 10, 1, 12, 0, tzinfo=UTC)) == "1\xa0October 2026 at 14:00"


def test_every_zone_of_the_french_tree_has_a_name() -> None:
    zones = {place.time_zone for _, place in france.tree().walk()} - {"Europe/Paris"}
    assert zones <= {*NAMES}
    assert name_of("Europe/Paris") == "heure de Paris"


def test_in_a_template() -> None:
    template = Template("{{ at|day:place }} · {{ at|moment:place }} · {{ at|day }} · {{ at|day:nowhere }}")
    said = template.render(Context({"at": EVENING, "place": Place("Indian/Reunion"), "nowhere": None}))
    assert said.replace("\xa0", " ") == (
        "1er octobre 2026 · 1er octobre 2026 à 1 h 30, heure de La Réunion"
        " · 30 septembre 2026 · 30 septembre 2026"
    )
