"""Random edits of a document's parts, as a person here or the author of a file would make them."""

from dataclasses import replace

from hypothesis import strategies as st

from cahiers.documents.model import Feedback, Item, Meeting, Participant, Row, Synthesis, ThemeBlock
from cahiers.notebooks.merging.tree import (
    SHEETS,
    Part,
    Sort,
    Tree,
    lists_of,
    synthesis_of,
    tree_of,
)

METHOD = "etats-generaux"
WORDS = (
    "Du temps pour se former",
    "Un réseau de référents",
    "Trop de mots de passe",
    "Des salles équipées",
    "Entraide",
    "Rectorat",
    "2027",
    "Prêter du matériel aux familles",
)
texts = st.sampled_from(WORDS)
items = st.builds(Item, text=texts, emphasised=st.booleans())
cells = st.lists(items, max_size=3).map(tuple)
rows = st.builds(
    Row,
    cells=st.fixed_dictionaries({}, optional={"need": cells, "lever": cells}),
    name=st.sampled_from((None, None, "Former", "Équiper")),
    feedback=st.sampled_from(((), (1,), (2, 1))),
)
sheets = st.builds(
    Feedback, number=st.sampled_from((None, 1, 2)), scope=st.none(), text=texts, links=st.just(())
)
lines = st.builds(
    Participant,
    category=st.sampled_from(("users", "edtech")),
    label=texts,
    checked=st.booleans(),
    count=st.integers(0, 9),
    establishments=st.none(),
    note=st.none(),
)
meetings = st.builds(
    Meeting,
    label=texts,
    dates_text=st.just(()),
    dates=st.just(()),
    format=st.sampled_from((None, "remote")),
    facilitators=st.just(()),
    participants=st.lists(lines, max_size=2).map(tuple),
)
themes = st.tuples(
    st.lists(sheets, max_size=2).map(tuple),
    st.lists(rows, max_size=4).map(tuple),
    st.lists(rows, max_size=2).map(tuple),
)


@st.composite
def documents(draw: st.DrawFn) -> Synthesis:
    blocks = [
        ThemeBlock(
            key=key,
            number=number,
            title=key,
            feedback=feedback,
            stages={"projections": one, "action_plan": tuple(replace(row, cells={}) for row in other)},
        )
        for number, (key, (feedback, one, other)) in enumerate(
            zip(("access", "teaching"), draw(st.tuples(themes, themes)), strict=True), 1
        )
    ]
    return Synthesis(
        method=METHOD,
        territory=draw(st.sampled_from(("Rive-Nord", None))),
        meetings=draw(st.lists(meetings, max_size=2).map(tuple)),
        themes=tuple(blocks),
    )


def known(synthesis: Synthesis) -> dict[str, Part]:
    """Under keys that stay, as if it had been imported."""
    return tree_of(
        synthesis, [f"k{number}" if number else "head" for number, _ in enumerate(tree_of(synthesis))]
    )


def edited(tree: Tree, data: st.DataObject, times: int, mark: str) -> dict[str, Part]:
    """After that many edits; `mark` tells new parts and words from those of another person."""
    found = dict(tree)
    for number in range(times):
        found = _edit(found, data, f"{mark}{number}")
    return found


def _edit(tree: dict[str, Part], data: st.DataObject, mark: str) -> dict[str, Part]:
    what = data.draw(
        st.sampled_from(("reword", "delete", "add", "move", "reorder", "add row", "sheet", "name"))
    )
    chosen = [part for part in tree.values() if part.sort is not Sort.THEME and part.key != "head"]
    if not chosen:
        return tree
    part = data.draw(st.sampled_from(chosen))
    if what == "delete":
        return {key: one for key, one in tree.items() if part.key not in (key, one.place[0])}
    if what == "reorder":
        keys = lists_of(tree)[part.place]
        shuffled = data.draw(st.permutations(keys))
        order = iter(shuffled)
        moved = [next(order) if key in keys else key for key in tree]
        return _in_reading_order({key: tree[key] for key in moved})
    rows_there = [one for one in tree.values() if one.sort is Sort.ROW and one.place[1] == "projections"]
    if what in {"add", "move"} and rows_there:
        row = data.draw(st.sampled_from(rows_there))
        place = (row.key, data.draw(st.sampled_from(("need", "lever"))))
        if what == "move" and part.sort is Sort.STATEMENT:
            return _in_reading_order({**tree, part.key: replace(part, place=place)})
        said = {"text": f"{data.draw(texts)} {mark}", "emphasised": False}
        new = Part(sort=Sort.STATEMENT, key=f"new{mark}", place=place, said=said)
        return _in_reading_order({**tree, new.key: new})
    theme = data.draw(st.sampled_from([one for one in tree.values() if one.sort is Sort.THEME]))
    if what == "add row":
        said = {"name": f"Ligne {mark}", "theme_text": None, "feedback": (), "feedback_text": ()}
        new = Part(sort=Sort.ROW, key=f"new{mark}", place=(theme.key, "projections"), said=said)
        under = Part(
            sort=Sort.STATEMENT,
            key=f"under{mark}",
            place=(new.key, "need"),
            said={"text": f"{data.draw(texts)} {mark}", "emphasised": False},
        )
        return _in_reading_order({**tree, new.key: new, under.key: under})
    if what == "sheet":
        said = {"number": None, "scope": None, "text": f"Une fiche {mark}", "links": ()}
        new = Part(sort=Sort.SHEET, key=f"new{mark}", place=(theme.key, SHEETS), said=said)
        return _in_reading_order({**tree, new.key: new})
    return {**tree, part.key: _reworded(part, mark)}


def _reworded(part: Part, mark: str) -> Part:
    name, value = {
        Sort.STATEMENT: ("text", f"{part.said.get('text')} {mark}"),
        Sort.SHEET: ("text", f"{part.said.get('text')} {mark}"),
        Sort.ROW: ("name", f"Nom {mark}"),
        Sort.MEETING: ("label", f"{part.said.get('label')} {mark}"),
        Sort.LINE: ("line", None),
    }[part.sort]
    if part.sort is Sort.LINE:
        value = replace(part.said["line"], note=mark)
    return replace(part, said={**part.said, name: value})


def _in_reading_order(tree: dict[str, Part]) -> dict[str, Part]:
    lists = lists_of(tree)
    found: dict[str, Part] = {}

    def walk(holder: str) -> None:
        for (one, _), keys in lists.items():
            if one == holder:
                for key in keys:
                    found[key] = tree[key]
                    walk(key)

    walk("")
    return found


def read_again(tree: Tree) -> Synthesis:
    """As a file would say it."""
    return synthesis_of(tree, METHOD)
