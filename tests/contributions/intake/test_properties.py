"""Whatever the bytes: a message or an import; whatever the lines: twice is once."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cahiers.contributions.intake import actions, advancing
from cahiers.contributions.models import Contribution
from cahiers.contributions.tables import UnknownColumns, Unreadable
from tests.contributions.tables.samples import HEADER

SOME = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
#: A file that is mostly control characters is no table, and is refused in words.
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)


def bring(drop, data, now, name="reponses.csv"):
    found = drop(data, name)
    try:
        advancing.check(found=found, now=now)
    except (actions.NothingToRead, UnknownColumns, Unreadable):
        actions.leave(found=found, by=None, now=now)
        return found
    actions.begin(found=found, whole=False)
    advancing.advance(found=found, by=None, now=now)
    return found


@SOME
@given(data=st.binary(max_size=600), name=st.sampled_from(["a.csv", "a.xlsx", "a.json", "a.zip", "a.ods"]))
def test_any_bytes_are_imported_or_refused_with_a_sentence(drop, now, data, name):
    with suppress(Unreadable):
        bring(drop, data, now, name)


@SOME
@given(texts=st.lists(WORDS, max_size=8), order=st.permutations(range(len(HEADER))))
def test_twice_is_once_whatever_the_order_of_columns(drop, now, texts, order):
    lines = [["03/11/2026", "Élève", "Laval", "Égal accès", f"Il est dit : {text}", "1"] for text in texts]
    first = bring(drop, written(lines, range(len(HEADER))), now)
    count = Contribution.objects.count()
    again = bring(drop, written(lines, order), now)
    assert Contribution.objects.count() == count
    assert again.counted["added"] == 0
    assert again.counted["records"] == first.counted["records"]


def written(lines, order):
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([line[at] for at in order] for line in [HEADER, *lines])
    return text.getvalue().encode()


@pytest.mark.parametrize("text", ["une phrase\x00 et un zéro", "\ufeff", "=1+1", "’" * 5000])
def test_odd_texts_are_stored(drop, now, text):
    line = ["03/11/2026", "Élève", "Laval", "Égal accès", f"Il est dit {text}", "1"]
    bring(drop, written([line], range(len(HEADER))), now)
    assert Contribution.objects.count() == 1
