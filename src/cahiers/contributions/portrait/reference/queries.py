"""Numbers of people that the team entered for territories and categories."""

from collections.abc import Mapping
from dataclasses import dataclass

from cahiers.consultations.models import Consultation


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """By path of the territory and category, "" for everyone; nothing is estimated."""

    numbers: Mapping[tuple[str, str], int]
    tops: tuple[str, ...]

    def people(self, path: str, category: str = "") -> int | None:
        return self.numbers.get((path, category))

    def in_all(self, category: str) -> int | None:
        """In the whole consultation, where the number of each of its territories is known."""
        found = [self.people(top, category) for top in self.tops]
        return sum(filter(None, found)) if found and None not in found else None


def known_of(consultation: Consultation) -> Known:
    rows = consultation.reference_counts.order_by().values_list("territory__path", "category", "people")
    return Known(
        numbers={(path, category): people for path, category, people in rows},
        tops=tuple(consultation.territories.values_list("path", flat=True)),
    )
