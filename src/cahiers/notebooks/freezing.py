"""A notebook's state as an edition keeps it, and back."""

import json
from typing import Any

from cahiers.documents.interchange import kept_synthesis, to_dict
from cahiers.notebooks.models import Edition
from cahiers.notebooks.queries import Addresses, State


def text_of(state: State) -> str:
    """The interchange format, word for word; the same state gives the same text."""
    return json.dumps(to_dict(state.synthesis), ensure_ascii=False, separators=(",", ":"))


def places_of(state: State) -> dict[str, Any]:
    """Numbers of the meetings; for each theme its order, its rows' uuids and its statements' codes, by stage."""
    return {
        "meetings": list(state.meetings),
        "themes": [
            {
                "order": order,
                "rows": {stage: [str(uuid) for uuid in uuids] for stage, uuids in addresses.rows.items()},
                "codes": {
                    stage: [{kind: list(codes) for kind, codes in row.items()} for row in rows]
                    for stage, rows in addresses.codes.items()
                },
            }
            for order, addresses in state.themes
        ],
    }


def thaw(edition: Edition) -> State:
    """The state that was frozen."""
    return State(
        synthesis=kept_synthesis(json.loads(edition.text)),
        meetings=tuple(edition.places["meetings"]),
        themes=tuple((place["order"], addresses_at(place)) for place in edition.places["themes"]),
    )


def addresses_at(place: dict[str, Any]) -> Addresses:
    """Those of a theme, from the edition's places; rows go by their uuid in text."""
    return Addresses(rows=place["rows"], codes=place["codes"])
