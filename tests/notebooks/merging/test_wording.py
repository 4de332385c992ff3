"""What differs, in words."""

from dataclasses import replace

import pytest

from cahiers.documents.model import Item, Row, Synthesis
from cahiers.methods import get
from cahiers.notebooks.merging.comparing import Comparison, Verdict
from cahiers.notebooks.merging.matching import recognised
from cahiers.notebooks.merging.pages import counted, pages, sections
from cahiers.notebooks.merging.report import counts, kept
from cahiers.notebooks.merging.tree import Part, Tree, tree_of
from cahiers.notebooks.merging.wording import Wording
from tests import sample
from tests.notebooks.merging.versions import METHOD, known


@pytest.fixture
def base() -> dict[str, Part]:
    return known(sample.synthesis())


def compared(base: Tree, file: Synthesis, ours: Tree | None = None) -> Comparison:
    ours = base if ours is None else ours
    return Comparison(base=base, ours=ours, theirs=recognised(tree_of(file), (base, ours)))


def reworded(tree: dict[str, Part], text: str, to: str) -> dict[str, Part]:
    key = next(key for key, part in tree.items() if part.said.get("text") == text)
    return {**tree, key: replace(tree[key], said={**tree[key].said, "text": to})}


def with_diagnosis(*rows: Row) -> Synthesis:
    read = sample.synthesis()
    theme = replace(read.themes[0], stages={**read.themes[0].stages, "diagnosis": rows})
    return replace(read, themes=(theme, *read.themes[1:]))


def test_a_conflict_says_the_three_texts_and_where(base: dict[str, Part]) -> None:
    first, second = sample.synthesis().themes[0].stages["diagnosis"]
    file = with_diagnosis(
        replace(first, cells={**first.cells, "irritant": (Item(text="Trop de mots de passe, là"),)}), second
    )
    comparison = compared(base, file, reworded(base, "Trop de mots de passe", "Trop de mots de passe, ici"))
    [change] = comparison.conflicts
    wording = Wording(comparison, get(METHOD))
    words = wording.words(change)
    assert (words.what, words.deed) == ("Irritant", "correction")
    assert (words.base, words.ours, words.theirs) == (
        ["Trop de mots de passe"],
        ["Trop de mots de passe, ici"],
        ["Trop de mots de passe, là"],
    )
    assert wording.where(change) == ("Enseigner et apprendre avec le numérique", "Diagnostic")
    [line] = kept(comparison, get(METHOD))
    assert (
        "«\u00a0Trop de mots de passe, ici\u00a0» plutôt que «\u00a0Trop de mots de passe, là\u00a0»" in line
    )
    assert "en conflit\u00a0: 1" in counts(comparison)


def test_what_moves_says_from_where_to_where(base: dict[str, Part]) -> None:
    first, second = sample.synthesis().themes[0].stages["diagnosis"]
    file = with_diagnosis(
        replace(first, cells={"strength": first.cells["strength"]}),
        replace(second, cells={"strength": first.cells["irritant"]}),
    )
    comparison = compared(base, file)
    [change] = comparison.changes
    words = Wording(comparison, get(METHOD)).words(change)
    assert words.deed == "déplacement"
    assert words.ours is not None
    assert words.theirs is not None
    assert words.ours[1].endswith("– Irritant")
    assert words.theirs[1].endswith("– «\u00a0Le rang d’après · Enseigner\u00a0» – Point fort")


def test_a_row_that_comes_says_what_it_holds(base: dict[str, Part]) -> None:
    rows = sample.synthesis().themes[0].stages["diagnosis"]
    new = Row(cells={"irritant": (Item(text="Des câbles"),)}, name="Les câbles", feedback=(1,))
    comparison = compared(base, with_diagnosis(*rows, new))
    [change] = comparison.changes
    words = Wording(comparison, get(METHOD)).words(change)
    assert (change.verdict, words.what, words.deed) == (Verdict.TAKEN, "Ligne", "ajout")
    assert (words.base, words.ours) == (None, None)
    assert words.theirs == ["Les câbles · RETEX 1", "Irritant\u00a0: Des câbles"]


def test_every_sort_of_change_has_words(base: dict[str, Part]) -> None:
    read = sample.synthesis()
    theme, other = read.themes
    meeting, _ = read.meetings
    line = replace(meeting.participants[0], count=130)
    file = replace(
        read,
        territory="Aubrac",
        meetings=(replace(meeting, format="remote", participants=(line,)),),
        themes=(
            replace(
                theme,
                number=3,
                feedback=(replace(theme.feedback[0], number=7),),
                stages={
                    **theme.stages,
                    "diagnosis": theme.stages["diagnosis"][::-1],
                    "action_plan": (replace(theme.stages["action_plan"][0], name="Qui"),),
                },
            ),
            replace(other, title="Un thème à eux"),
        ),
    )
    comparison = compared(base, file)
    wording = Wording(comparison, get(METHOD))
    said = {(words.what, words.deed) for words in map(wording.words, comparison.changes)}
    assert said >= {
        ("En-tête", "correction"),
        ("Session", "correction"),
        ("Session", "suppression dans le document"),
        ("Participants", "correction"),
        ("Participants", "suppression dans le document"),
        ("Thème", "correction"),
        ("Retour d’expérience", "correction"),
        ("Retour d’expérience", "suppression dans le document"),
        ("Ligne", "correction"),
        ("Ordre des lignes", "autre ordre"),
    }
    shown = pages(comparison, Verdict.TAKEN, get(METHOD), ())
    assert sum(map(len, shown)) == counted(comparison)[Verdict.TAKEN] == len(comparison.changes)
    assert sections(shown[0], comparison, get(METHOD))[0].theme == ""
