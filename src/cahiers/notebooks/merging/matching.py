"""Which part of what is known each part of a new file is: the same words in their place, elsewhere, or near words."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Final

from rapidfuzz import fuzz

from cahiers.documents.matching import fold
from cahiers.notebooks.merging.tree import HEAD, Key, Part, Sort, Tree, renamed

#: Of 100: how near a text must be, in the same place, to be the same one reworded.
NEAR: Final = 60
#: The same for titles and labels, of which a theme or a session has one.
NEAR_TITLE: Final = 80
#: Share of the words of the smaller of two rows that both must hold.
OVERLAP: Final = 0.25
#: Words that stand in more rows than that tell nothing of which row is which.
COMMON: Final = 20

#: What parts must share to be the same; None for a part that has nothing of it.
Feature = Callable[[Part], Hashable]


def recognised(theirs: Tree, known: Sequence[Tree]) -> dict[Key, Part]:
    """The file's parts under the keys that they are known by; what is new keeps its own.

    `known` holds what was imported, then what that has become.
    """
    return renamed(theirs, _Matching(theirs, known).run())


class _Matching:
    """Keys found so far; each known part is found once."""

    def __init__(self, theirs: Tree, known: Sequence[Tree]) -> None:
        self.theirs = theirs
        self.known = known
        self.found: dict[Key, Key] = {HEAD: HEAD}
        self.taken: set[Key] = {HEAD}

    def run(self) -> dict[Key, Key]:
        self._meetings()
        self._lines()
        self._themes()
        self._sheets()
        self._rows()
        self._statements()
        return self.found

    def _meetings(self) -> None:
        self._same(Sort.MEETING, lambda part: repr(part.said))
        self._same(Sort.MEETING, lambda part: fold(part.said["label"]) or None)
        self._same(Sort.MEETING, lambda part: part.said["dates"][0] or None)
        self._near(Sort.MEETING, lambda part: part.said["label"], NEAR_TITLE)

    def _lines(self) -> None:
        def category(part: Part) -> Hashable:
            known = part.said["line"].category
            return (self._holder(part), known) if known else None

        self._same(Sort.LINE, category)
        self._same(Sort.LINE, lambda part: (self._holder(part), part.said["line"].label))

    def _themes(self) -> None:
        self._same(Sort.THEME, lambda part: part.said["theme"])
        self._same(Sort.THEME, lambda part: fold(part.said["title"]) or None)
        self._near(Sort.THEME, lambda part: part.said["title"], NEAR_TITLE)

    def _sheets(self) -> None:
        self._same(Sort.SHEET, lambda part: (self._holder(part), repr(part.said)))
        self._same(Sort.SHEET, lambda part: (self._holder(part), part.said["text"], part.said["links"]))
        self._same(Sort.SHEET, lambda part: (part.said["text"], part.said["links"]))
        self._near(Sort.SHEET, lambda part: part.said["text"], NEAR)

    def _rows(self) -> None:
        held = {id(tree): _texts(tree) for tree in (self.theirs, *self.known)}

        def whole(tree: Tree) -> Feature:
            texts = held[id(tree)]
            return lambda part: (*self._place(part), repr(part.said), tuple(texts[part.key]))

        for tree in self.known:
            self._pair(Sort.ROW, tree, whole(tree), whole(self.theirs))
        for by_stage in (False, True):
            for tree in self.known:
                self._overlapping(tree, held[id(tree)], held[id(self.theirs)], by_stage)
        self._same(
            Sort.ROW, lambda part: (*self._place(part), part.said["name"]) if part.said["name"] else None
        )
        for tree in self.known:
            known, own = _words_in(held[id(tree)]), _words_in(held[id(self.theirs)])
            self._pair_near(Sort.ROW, tree, known, own, NEAR)

    def _statements(self) -> None:
        def stage(part: Part) -> Hashable:
            row = self.theirs.get(part.place[0]) or next(
                (tree[part.place[0]] for tree in self.known if part.place[0] in tree), None
            )
            return self._place(row) if row else None

        text = "text"
        self._same(
            Sort.STATEMENT, lambda part: (*self._place(part), part.said[text], part.said["emphasised"])
        )
        self._same(Sort.STATEMENT, lambda part: (*self._place(part), part.said[text]))
        self._same(Sort.STATEMENT, lambda part: (stage(part), part.place[1], part.said[text]))
        self._same(Sort.STATEMENT, lambda part: part.said[text], once=True)
        self._near(Sort.STATEMENT, lambda part: part.said[text], NEAR)

    def _same(self, sort: Sort, feature: Feature, *, once: bool = False) -> None:
        for tree in self.known:
            self._pair(sort, tree, feature, feature, once=once)

    def _pair(self, sort: Sort, tree: Tree, known: Feature, theirs: Feature, *, once: bool = False) -> None:
        """Those of equal features, in order; with `once`, where one alone has it on either side."""
        waiting = _grouped(self._left_of(tree, sort), known)
        for feature, parts in _grouped(self._left(sort), theirs).items():
            others = waiting.get(feature, [])
            if once and (len(parts), len(others)) != (1, 1):
                continue
            for part, other in zip(parts, others, strict=False):
                self._take(part, other)

    def _near(self, sort: Sort, words: Callable[[Part], str], least: float) -> None:
        for tree in self.known:
            self._pair_near(sort, tree, words, words, least)

    def _pair_near(
        self,
        sort: Sort,
        tree: Tree,
        known: Callable[[Part], str],
        theirs: Callable[[Part], str],
        least: float,
    ) -> None:
        """The nearest first, among those of the same list."""
        waiting = _grouped(self._left_of(tree, sort), self._place)
        ranked: list[tuple[float, int, int, Part, Part]] = []
        for part in self._left(sort):
            words = fold(theirs(part))
            for place, other in enumerate(waiting.get(self._place(part), [])):
                score = _nearness(words, fold(known(other)), least)
                if score >= least:
                    ranked.append((-score, len(ranked), place, part, other))
        for *_, part, other in sorted(ranked, key=lambda one: one[:3]):
            self._take(part, other)

    def _overlapping(
        self,
        tree: Tree,
        known: Mapping[Key, Sequence[tuple[str, str]]],
        theirs: Mapping[Key, Sequence[tuple[str, str]]],
        by_stage: bool,
    ) -> None:
        """Rows that share most words, in the same table or, with `by_stage`, in any of the stage."""

        def table(part: Part) -> Hashable:
            return part.place[1] if by_stage else self._place(part)

        holding: dict[Hashable, list[Part]] = defaultdict(list)
        for other in self._left_of(tree, Sort.ROW):
            for text in dict.fromkeys(known[other.key]):
                holding[table(other), text].append(other)
        ranked: list[tuple[int, int, Part, Part]] = []
        for part in self._left(Sort.ROW):
            shared: dict[Key, int] = defaultdict(int)
            for text in dict.fromkeys(theirs[part.key]):
                others = holding.get((table(part), text), [])
                for other in others if len(others) <= COMMON else ():
                    shared[other.key] += len(text[1])
            for key, weight in shared.items():
                smaller = min(_weight(theirs[part.key]), _weight(known[key]))
                if weight >= OVERLAP * smaller:
                    ranked.append((-weight, len(ranked), part, tree[key]))
        for *_, part, other in sorted(ranked, key=lambda one: one[:2]):
            self._take(part, other)

    def _take(self, part: Part, other: Part) -> None:
        if part.key not in self.found and other.key not in self.taken:
            self.found[part.key] = other.key
            self.taken.add(other.key)

    def _left(self, sort: Sort) -> list[Part]:
        return [part for part in self.theirs.values() if part.sort is sort and part.key not in self.found]

    def _left_of(self, tree: Tree, sort: Sort) -> list[Part]:
        return [part for part in tree.values() if part.sort is sort and part.key not in self.taken]

    def _holder(self, part: Part) -> Key:
        """Known key of what holds it; a provisional one, which nothing known has, where that is new."""
        return self.found.get(part.place[0], part.place[0])

    def _place(self, part: Part) -> tuple[Key, str]:
        return self._holder(part), part.place[1]


def _grouped(parts: Iterable[Part], feature: Feature) -> dict[Hashable, list[Part]]:
    found: dict[Hashable, list[Part]] = defaultdict(list)
    for part in parts:
        if (value := feature(part)) is not None:
            found[value].append(part)
    return found


def _texts(tree: Tree) -> dict[Key, list[tuple[str, str]]]:
    """Kind and text of what each row holds."""
    found: dict[Key, list[tuple[str, str]]] = defaultdict(list)
    for part in tree.values():
        if part.sort is Sort.STATEMENT:
            found[part.place[0]].append((part.place[1], part.said["text"]))
    return found


def _words_in(texts: Mapping[Key, Sequence[tuple[str, str]]]) -> Callable[[Part], str]:
    return lambda row: " ".join(text for _, text in texts.get(row.key, ()))


def _weight(texts: Sequence[tuple[str, str]]) -> int:
    return sum(len(text) for _, text in texts)


def _nearness(one: str, other: str, least: float) -> float:
    """0 to 100: how far a text is another with some words changed, left out or put in."""
    if not one or not other:
        return 0
    return max(
        fuzz.ratio(one, other, score_cutoff=least),
        0.9 * fuzz.token_set_ratio(one, other, score_cutoff=least / 0.9),
    )
