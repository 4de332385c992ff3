"""What holds whatever the file."""

import io
from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from cahiers.contributions.tables import (
    Mapping,
    Record,
    Text,
    Unreadable,
    match_territories,
    open_structure,
    recognise,
    records,
    write_rejected,
)
from cahiers.contributions.tables.bodies import plain
from cahiers.contributions.tables.seen import Seen
from tests.contributions.tables.samples import (
    HEADER,
    LINES,
    as_csv,
    as_json,
    as_ods,
    as_xlsx,
    as_zip,
    opened,
    proposed,
)

NAMES = some.sampled_from(["a.csv", "a.tsv", "a.xlsx", "a.ods", "a.json", "a.zip", "a.lss", "", "a"])
CALM = settings(
    max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
FILES = {
    "a.csv": as_csv([HEADER, *LINES]),
    "a.xlsx": as_xlsx([HEADER, *LINES]),
    "a.ods": as_ods([HEADER, *LINES]),
    "a.json": as_json([dict(zip(HEADER, line, strict=True)) for line in LINES]),
    "a.zip": as_zip(b__csv=as_csv([HEADER, *LINES]), c__json=as_json([{"a": "b"}])),
}
MAPPING = Mapping(
    texts=(Text(columns=("avis",)), Text(columns=("besoin",))),
    title=("titre",),
    territory=("commune",),
    answers=("profil",),
)
CELLS = some.text(some.characters(codec="cp1252", exclude_categories=["Cc", "Cs"]), max_size=12)


def walk(data: bytes, name: str) -> None:
    """Everything that a caller does with a file; only Unreadable may come of it."""
    with suppress(Unreadable):
        table = opened(data, name)
        for one in table.tables:
            found = list(records(one, proposed(one)))
            recognise(one)
            write_rejected(one, {record.line: "x" for record in found}, io.BytesIO())
    with suppress(Unreadable):
        open_structure(io.BytesIO(data))


@CALM
@given(some.binary(max_size=2000), NAMES)
def test_any_bytes_are_a_table_or_a_sentence(data, name):
    walk(data, name)


@CALM
@given(some.text(some.sampled_from("a;,\t|\"'\n\r\\ é{}[]:=\ufeff\x00<>&1"), max_size=300), NAMES)
def test_any_text_is_a_table_or_a_sentence(text, name):
    walk(text.encode(), name)


@CALM
@given(some.sampled_from(sorted(FILES)), some.data())
def test_any_damage_to_a_good_file_is_a_table_or_a_sentence(name, data):
    content = bytearray(FILES[name])
    for _ in range(data.draw(some.integers(1, 4))):
        at = data.draw(some.integers(0, len(content) - 1))
        content[at : at + data.draw(some.integers(0, 3))] = data.draw(some.binary(max_size=3))
    walk(
        bytes(content[: data.draw(some.integers(1, len(content)))])
        if data.draw(some.booleans())
        else bytes(content),
        name,
    )


ROWS = some.lists(some.tuples(CELLS, CELLS, CELLS, CELLS, CELLS), min_size=1, max_size=8)
COLUMNS = ("avis", "besoin", "titre", "commune", "profil")


def texts(data: bytes) -> list[Record]:
    return [one._replace(line=0) for one in records(opened(data), MAPPING) if isinstance(one, Record)]


@CALM
@given(ROWS, some.permutations(range(5)))
def test_permuted_columns_give_the_same_records(rows, order):
    def permuted(row):
        return [row[at] for at in order]

    plain_ = texts(as_csv([COLUMNS, *rows], quoting=1))
    other = texts(as_csv([permuted(COLUMNS), *map(permuted, rows)], quoting=1))
    assert {one.key: (one.text, one.title) for one in plain_} == {
        one.key: (one.text, one.title) for one in other
    }
    assert len({one.key for one in plain_}) == len(plain_)


@CALM
@given(
    ROWS,
    some.sampled_from(",;\t|"),
    some.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
    some.sampled_from(["\n", "\r\n"]),
)
def test_dialects_and_encodings_give_the_same_records(rows, separator, encoding, end):
    # Enough ordinary French for an encoding to be told from another.
    known = [("Préau trop petit", "été comme hiver", "Élève", "Évron", "après-midi")] * 4
    expected = texts(as_csv([COLUMNS, *known, *rows], quoting=1))
    assert (
        texts(as_csv([COLUMNS, *known, *rows], separator=separator, encoding=encoding, end=end, quoting=1))
        == expected
    )


@CALM
@given(some.text(max_size=200))
def test_tidying_a_body_never_fails_and_is_done_once(text):
    once, _ = plain(text)
    assert "\x00" not in once
    assert "\n\n\n" not in once
    assert once == once.strip()


@CALM
@given(some.lists(some.text(max_size=40), max_size=5))
def test_any_place_is_matched_or_not(found):
    assert set(match_territories(found, ())) == set(found)


@CALM
@given(some.lists(some.integers(0, 60), max_size=200))
def test_counts_of_what_was_seen(numbers):
    seen, expected = Seen(), dict[int, int]()
    for number in numbers:
        expected[number] = expected.get(number, 0) + 1
        assert seen.count(number.to_bytes(8, "little") if number else b"\1" * 8) == expected[number]


def test_what_was_seen_is_kept_as_it_grows():
    seen = Seen()
    digests = [(n * 0x9E3779B97F4A7C15 % 2**64 or 1).to_bytes(8, "little") for n in range(1, 200_000)]
    assert all(seen.count(digest) == 1 for digest in digests)
    assert all(seen.count(digest) == 2 for digest in digests[::1000])
