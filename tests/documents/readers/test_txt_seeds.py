"""Real documents against a close reading of them, kept as hashes."""

import io
import json
import os
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from cahiers import methods
from cahiers.documents.model import Meeting, Synthesis
from cahiers.documents.readers.txt import READER

FIXTURES = Path(__file__).parents[1] / "seeds"
CHECKOUT = Path(__file__).parents[3]
METHOD = methods.get("etats-generaux")


def document(number: str) -> bytes:
    folder = Path(os.environ.get("CAHIERS_SEEDS", CHECKOUT.parent / "shared" / "seeds"))
    found = sorted(folder.glob(f"{number}_*.txt"))
    if not found:
        pytest.skip(f"the sample document {number} is not in {folder}")
    return found[0].read_bytes()


def gold(number: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FIXTURES / f"gold_{number}.json").read_text())
    return loaded


def digest(text: str | None) -> str | None:
    return None if text is None else sha256(text.encode()).hexdigest()[:16]


def read(number: str) -> Synthesis:
    return READER.read(io.BytesIO(document(number)), METHOD)


def items(synthesis: Synthesis) -> list[tuple[int, str, int, str, str | None]]:
    return [
        (index, stage, position, kind, digest(item.text))
        for index, theme in enumerate(synthesis.themes)
        for stage, rows in theme.stages.items()
        for position, row in enumerate(rows)
        for kind, cell in row.cells.items()
        for item in cell
    ]


@pytest.mark.parametrize("number", ["000", "001"])
def test_items_stand_in_their_columns(number: str) -> None:
    expected = Counter((item[0], item[2], item[3], item[4], item[5]) for item in gold(number)["items"])
    found = Counter(items(read(number)))
    f1 = 2 * (expected & found).total() / (expected.total() + found.total())
    assert f1 >= 0.98


@pytest.mark.parametrize("number", ["000", "001"])
def test_no_item_is_lost_or_left_aside(number: str) -> None:
    expected = Counter(item[5] for item in gold(number)["items"])
    assert Counter(item[4] for item in items(read(number))) == expected


@pytest.mark.parametrize("number", ["000", "001"])
def test_rows_and_feedback_sheets(number: str) -> None:
    synthesis, expected = read(number), gold(number)
    assert [
        {
            "theme": index,
            "stage": stage,
            "row": position,
            "line": row.source.line if row.source else None,
            "theme_text": digest(row.theme_text),
            "feedback": list(row.feedback),
            "feedback_text": [digest(text) for text in row.feedback_text],
        }
        for index, theme in enumerate(synthesis.themes)
        for stage, rows in theme.stages.items()
        for position, row in enumerate(rows)
    ] == expected["rows"]
    for theme, wanted in zip(synthesis.themes, expected["themes"], strict=True):
        assert (theme.key, theme.number, digest(theme.title)) == (
            wanted["key"],
            wanted["number"],
            wanted["title"],
        )
        assert [
            {
                "number": sheet.number,
                "scope": digest(sheet.scope),
                "text": digest(sheet.text),
                "links": [digest(link) for link in sheet.links],
            }
            for sheet in theme.feedback
        ] == wanted["feedback"]


@pytest.mark.parametrize("number", ["000", "001"])
def test_session_forms(number: str) -> None:
    synthesis, expected = read(number), gold(number)
    assert digest(synthesis.territory) == expected["territory"]
    assert [hashed(meeting) for meeting in synthesis.meetings] == expected["meetings"]


def hashed(meeting: Meeting) -> dict[str, Any]:
    return {
        "label": digest(meeting.label),
        "dates_text": [digest(line) for line in meeting.dates_text],
        "dates": [[day.start.isoformat(), day.end.isoformat(), digest(day.place)] for day in meeting.dates],
        "format": meeting.format,
        "facilitators": [
            [digest(one.name), digest(one.role), digest(one.note)] for one in meeting.facilitators
        ],
        "facilitators_note": digest(meeting.facilitators_note),
        "participants": [
            [
                one.category,
                digest(one.label),
                one.checked,
                one.count,
                one.establishments,
                digest(one.note),
                one.surveyed,
            ]
            for one in meeting.participants
        ],
    }


def test_reading_takes_time_in_proportion_to_the_text() -> None:
    """No limit on seconds, which machines differ in: thrice the text takes about thrice the time."""
    content = document("000")
    durations = []
    for copies in (1, 3):
        start = time.process_time()
        READER.read(io.BytesIO(content * copies), METHOD)
        durations.append(time.process_time() - start)
    assert durations[1] < durations[0] * 9
