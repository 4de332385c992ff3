"""Corrections drawn at random, of every sort that the pages offer."""

from collections.abc import Callable

from hypothesis import strategies as st

from cahiers.documents.model import Feedback, Item, Meeting, Synthesis
from cahiers.notebooks.intake.corrections import head, items, rows, sheets
from cahiers.notebooks.intake.corrections.places import Destination, RowSpot
from cahiers.notebooks.intake.preview import items_of

Change = Callable[[Synthesis], Synthesis]
KINDS = {"diagnosis": ("irritant", "strength"), "action_plan": ("lever", "action", "actor")}


def row_spots(synthesis: Synthesis) -> list[RowSpot]:
    return [
        RowSpot(theme=theme, stage=stage, row=row)
        for theme, block in enumerate(synthesis.themes)
        for stage, held in block.stages.items()
        for row in range(len(held))
    ]


def corrections(draw: st.DataObject, synthesis: Synthesis) -> Synthesis:
    """One correction that removes no word, on something that is there."""
    sorts: list[Change] = [lambda now: _add_item(draw, now)]
    if list(items_of(synthesis)):
        sorts += [lambda now: _move_item(draw, now), lambda now: _item_aside(draw, now)]
    if row_spots(synthesis):
        sorts += [lambda now: _row(draw, now)]
    if any(block.feedback for block in synthesis.themes):
        sorts += [lambda now: _sheet(draw, now)]
    if synthesis.meetings:
        sorts += [lambda now: _meeting_aside(draw, now)]
    return draw.draw(st.sampled_from(sorts))(synthesis)


def _add_item(draw: st.DataObject, synthesis: Synthesis) -> Synthesis:
    return items.put(synthesis, Item(text="ajout"), _destination(draw, synthesis))[0]


def _move_item(draw: st.DataObject, synthesis: Synthesis) -> Synthesis:
    spot = draw.draw(st.sampled_from([spot for spot, _ in items_of(synthesis)]))
    if draw.draw(st.booleans()):
        return items.reorder(synthesis, spot, draw.draw(st.integers(0, 3)))[0]
    return items.move(synthesis, spot, _destination(draw, synthesis))[0]


def _item_aside(draw: st.DataObject, synthesis: Synthesis) -> Synthesis:
    spot = draw.draw(st.sampled_from([spot for spot, _ in items_of(synthesis)]))
    return items.set_aside(synthesis, spot, "de côté")


def _row(draw: st.DataObject, synthesis: Synthesis) -> Synthesis:
    spot = draw.draw(st.sampled_from(row_spots(synthesis)))
    held = synthesis.themes[spot.theme].stages[spot.stage][spot.row].cells
    sorts: list[Change] = [
        lambda now: rows.set_aside(now, spot, "de côté"),
        lambda now: rows.move(now, spot, theme=draw.draw(st.integers(0, len(now.themes) - 1)), row=None)[0],
        lambda now: rows.move(now, spot, theme=spot.theme, row=0)[0],
        lambda now: _carry(draw, now, spot),
    ]
    if spot.row:
        sorts.append(lambda now: rows.merge(now, spot))
    for kind, found in held.items():
        if len(found) > 1:
            sorts.append(lambda now, kind=kind: rows.split(now, spot, {kind: 1}))  # type: ignore[misc]
    return draw.draw(st.sampled_from(sorts))(synthesis)


def _carry(draw: st.DataObject, synthesis: Synthesis, spot: RowSpot) -> Synthesis:
    stage = draw.draw(st.sampled_from(sorted(KINDS)))
    held = synthesis.themes[spot.theme].stages[spot.stage][spot.row].cells
    kinds = {kind: draw.draw(st.sampled_from(KINDS[stage])) for kind in held}
    return rows.carry(synthesis, spot, stage=stage, kinds=kinds, row=0)[0]


def _sheet(draw: st.DataObject, synthesis: Synthesis) -> Synthesis:
    theme = draw.draw(st.sampled_from([i for i, block in enumerate(synthesis.themes) if block.feedback]))
    index = draw.draw(st.integers(0, len(synthesis.themes[theme].feedback) - 1))
    held: Feedback = synthesis.themes[theme].feedback[index]
    to = draw.draw(st.integers(0, len(synthesis.themes) - 1))
    if draw.draw(st.booleans()):
        return sheets.set_aside(synthesis, theme, index, "de côté")
    return sheets.rewrite(synthesis, theme, index, held, to=to)[0]


def _meeting_aside(draw: st.DataObject, synthesis: Synthesis) -> Synthesis:
    index = draw.draw(st.integers(0, len(synthesis.meetings) - 1))
    held: Meeting = synthesis.meetings[index]
    if draw.draw(st.booleans()):
        return head.add_meeting(synthesis, held)
    return head.set_meeting_aside(synthesis, index, "de côté")


def _destination(draw: st.DataObject, synthesis: Synthesis) -> Destination:
    stage = draw.draw(st.sampled_from(sorted(KINDS)))
    theme = draw.draw(st.integers(0, len(synthesis.themes) - 1))
    held = len(synthesis.themes[theme].stages.get(stage, ()))
    row = draw.draw(st.none() | st.integers(0, held - 1) if held else st.none())
    return Destination(theme=theme, stage=stage, kind=draw.draw(st.sampled_from(KINDS[stage])), row=row)
