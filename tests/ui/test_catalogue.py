"""Every word of the interface is in the English catalogue, and the French ones are well set."""

import ast
import gettext
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import cahiers
from tests.waiting import PATIENCE

LOCALE = Path(cahiers.__file__).parent / "locale"
CATALOGUE = LOCALE / "en" / "LC_MESSAGES" / "django.po"
#: What is written in the sources, once more: without it, gettext counts nought with the plural, as English does.
PLURALS = LOCALE / "fr" / "LC_MESSAGES" / "django.po"

#: An ordinary space where French has one that no line ends at.
LOOSE = re.compile(r" [:;!?»](?=[\s<]|$)|« |n° |art\. (?=\d)")
#: Words for those who hear the page: no line of theirs ends.
HIDDEN = re.compile(r'<span class="vh".*?</span>')


def blocks(text):
    """Entries of a catalogue, each as its strings by keyword."""
    for block in text.split("\n\n"):
        entry, keyword = {"fuzzy": "#, fuzzy" in block}, ""
        for line in block.splitlines():
            if line.startswith("msg"):
                keyword, _, line = line.partition(" ")
                entry[keyword] = ""
            if line.startswith('"'):
                entry[keyword] += ast.literal_eval(line)
        if entry.get("msgid"):
            yield entry


@pytest.fixture(scope="module")
def entries():
    return list(blocks(CATALOGUE.read_text()))


def test_nothing_is_left_untranslated(entries):
    missing = [
        entry["msgid"]
        for entry in entries
        if entry["fuzzy"] or not all(text for keyword, text in entry.items() if keyword.startswith("msgstr"))
    ]
    assert not missing


def test_the_catalogue_holds_every_word(entries, tmp_path):
    if not shutil.which("xgettext"):
        pytest.skip("xgettext is absent (Debian: gettext)")
    package = tmp_path / "cahiers"
    shutil.copytree(LOCALE.parent, package, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "-l", "en", "--no-location", "--no-wrap"],
        cwd=package,
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )
    wanted = {
        entry["msgid"] for entry in blocks((package / CATALOGUE.relative_to(LOCALE.parent)).read_text())
    }
    assert wanted - {entry["msgid"] for entry in entries} == set()


def test_the_compiled_catalogue_is_up_to_date(entries):
    with CATALOGUE.with_suffix(".mo").open("rb") as stream:
        compiled = gettext.GNUTranslations(stream)
    for entry in entries:
        if not any(text for keyword, text in entry.items() if keyword.startswith("msgstr")):
            continue  # said by the first test
        if "msgid_plural" in entry:
            assert compiled.ngettext(entry["msgid"], entry["msgid_plural"], 1) == entry["msgstr[0]"]
        elif "msgctxt" in entry:
            assert compiled.pgettext(entry["msgctxt"], entry["msgid"]) == entry["msgstr"]
        else:
            assert compiled.gettext(entry["msgid"]) == entry["msgstr"]


def test_nought_is_singular_in_french(entries):
    with PLURALS.with_suffix(".mo").open("rb") as stream:
        compiled = gettext.GNUTranslations(stream)
    forms = [(entry["msgid"], entry["msgid_plural"]) for entry in entries if "msgid_plural" in entry]
    assert len(forms) > 70
    # One that is missing here is to be written in the French catalogue, both forms as the sources have them.
    assert [one for one, many in forms if compiled.ngettext(one, many, 0) != one] == []
    assert [many for one, many in forms if compiled.ngettext(one, many, 2) != many] == []


def test_french_punctuation_never_begins_a_line(entries):
    french = [
        text for entry in entries for keyword, text in entry.items() if keyword in {"msgid", "msgid_plural"}
    ]
    assert not [text for text in french if re.search(rf"{LOOSE.pattern}|'", text)]


def test_nor_does_that_of_templates():
    written = {
        path.name: HIDDEN.sub("", path.read_text())
        for path in (*LOCALE.parent.rglob("*.html"), *LOCALE.parent.rglob("mail_*.txt"))
    }
    assert len(written) > 100
    # What stands between tags: those that only compute hold quotes, filters and comparisons.
    assert [
        name for name, text in written.items() if LOOSE.search(re.sub(r"{%.*?%}|{{.*?}}", "x", text))
    ] == []
