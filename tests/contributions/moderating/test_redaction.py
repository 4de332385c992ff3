"""Words are replaced wherever they stand, and spans of the text before are found after."""

from hypothesis import given
from hypothesis import strategies as st

from cahiers.contributions.moderating.redaction import edits, moved, redacted


def test_longer_words_first_and_whole_words_alone():
    text = "Anne et Anne Lerond parlent à Annette."
    assert redacted(text, [("name", "Anne"), ("name", "Anne Lerond")]) == "[nom] et [nom] parlent à Annette."


def test_spaces_and_lines_between_words_do_not_hide_them():
    assert redacted("06 12\n34", [("phone", "06 12 34")]) == "[téléphone]"


@given(
    st.text("ab ", max_size=30), st.text("ab", min_size=1, max_size=3), st.integers(0, 30), st.integers(1, 30)
)
def test_a_span_that_cuts_no_edit_says_after_what_redaction_makes_of_it(text, word, start, length):
    made = edits(text, [("name", word)])
    end = min(len(text), start + length)
    if start >= end or any(one.start < edge < one.end for one in made for edge in (start, end)):
        return
    after = redacted(text, [("name", word)])
    left, right = moved((start, end), made)
    rest = text[:start], text[end:]
    assert len(after) - right == len(rest[1]) + sum(
        len(one.instead) - (one.end - one.start) for one in made if one.start >= end
    )
    assert left == len(rest[0]) + sum(
        len(one.instead) - (one.end - one.start) for one in made if one.end <= start
    )


def test_a_span_that_cuts_one_takes_all_of_it():
    text = "Merci à Anne Lerond ici"
    made = edits(text, [("name", "Anne Lerond")])
    after = redacted(text, [("name", "Anne Lerond")])
    left, right = moved((13, 19), made)
    assert after[left:right] == "[nom]"
    left, right = moved((0, 12), made)
    assert after[left:right] == "Merci à [nom]"
