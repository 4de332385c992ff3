"""Three versions put together: nothing that was edited here is lost, and all that the file alone changed is taken."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cahiers.documents.model import Synthesis
from cahiers.notebooks.merging.comparing import Comparison, Verdict
from cahiers.notebooks.merging.matching import recognised
from cahiers.notebooks.merging.tree import Tree, synthesis_of, tree_of
from tests.documents.strategies import syntheses
from tests.notebooks.merging.versions import METHOD, documents, edited, known, read_again

TIMES = st.integers(0, 6)


def compared(base: Tree, ours: Tree, file: Synthesis) -> Comparison:
    return Comparison(base=base, ours=ours, theirs=recognised(tree_of(file), (base, ours)))


@given(documents())
def test_parts_make_the_document_again(document: Synthesis) -> None:
    assert synthesis_of(known(document), METHOD) == document


def test_parts_make_any_document_again() -> None:
    from cahiers.methods import get

    @settings(max_examples=20)
    @given(syntheses(get(METHOD)))
    def again(document: Synthesis) -> None:
        assert synthesis_of(tree_of(document), METHOD) == document

    again()


@given(documents(), st.data(), TIMES)
def test_the_file_that_was_imported_changes_nothing(
    document: Synthesis, data: st.DataObject, times: int
) -> None:
    base = known(document)
    ours = edited(base, data, times, "ici")
    found = compared(base, ours, document)
    assert not [one for one in found.changes if one.verdict in (Verdict.TAKEN, Verdict.CONFLICT)]
    assert same(found.result(), ours)


@given(documents(), st.data(), TIMES)
def test_a_notebook_left_alone_becomes_the_file(document: Synthesis, data: st.DataObject, times: int) -> None:
    base = known(document)
    file = read_again(edited(base, data, times, "là"))
    found = compared(base, base, file)
    assert read_again(found.result()) == file
    assert {one.verdict for one in found.changes} <= {Verdict.TAKEN}


@settings(max_examples=60)
@given(documents(), st.data(), TIMES, TIMES)
def test_what_was_edited_here_stays(document: Synthesis, data: st.DataObject, here: int, there: int) -> None:
    base = known(document)
    ours = edited(base, data, here, "ici")
    found = compared(base, ours, read_again(edited(base, data, there, "là")))
    result = found.result()
    for part in ours.values():
        before = base.get(part.key)
        if before is None:
            assert part.key in result
        for name, value in part.fields.items():
            if before is None or before.fields[name] != value:
                assert result[part.key].fields[name] == value
    gone_here = {key for key in base if key not in ours}
    for key in gone_here & {*result}:
        # A row comes back only with what someone chose, which nobody did.
        pytest.fail(f"{key} came back")


@settings(max_examples=60)
@given(documents(), st.data(), TIMES, TIMES)
def test_the_same_file_twice_is_as_once(
    document: Synthesis, data: st.DataObject, here: int, there: int
) -> None:
    base = known(document)
    file = read_again(edited(base, data, there, "là"))
    found = compared(base, edited(base, data, here, "ici"), file)
    chosen = [one.id for one in found.conflicts if data.draw(st.booleans())]
    once = found.result(chosen)
    again = compared(found.theirs, once, file)
    assert not [one for one in again.changes if one.verdict in (Verdict.TAKEN, Verdict.CONFLICT)]
    assert same(again.result(), once)


@settings(max_examples=60)
@given(documents(), st.data(), TIMES, TIMES)
def test_all_conflicts_given_to_the_file_leave_none(
    document: Synthesis, data: st.DataObject, here: int, there: int
) -> None:
    base = known(document)
    found = compared(base, edited(base, data, here, "ici"), read_again(edited(base, data, there, "là")))
    result = found.result([one.id for one in found.conflicts])
    assert all(part.place[0] in result or not part.place[0] for part in result.values())
    for one in found.conflicts:
        if one.order is None and one.theirs is not None and one.theirs.part.key in result:
            assert all(
                result[one.theirs.part.key].fields[name] == one.theirs.part.fields[name] for name in one.clash
            )


@given(documents(), st.data(), TIMES)
def test_without_what_was_imported_nothing_here_is_lost(
    document: Synthesis, data: st.DataObject, times: int
) -> None:
    ours = known(document)
    found = compared({}, ours, read_again(edited(ours, data, times, "là")))
    result = found.result()
    assert {key: part for key, part in result.items() if key in ours} == dict(ours)


def same(one: Tree, other: Tree) -> bool:
    """Same parts, each list in the same order."""
    return dict(one) == dict(other) and synthesis_of(one, METHOD) == synthesis_of(other, METHOD)
