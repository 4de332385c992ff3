"""Text extracted from PDF files: whole documents, columns kept or lost, and files that are none."""

import io
import re
from collections import Counter
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cahiers import methods
from cahiers.documents.errors import NotASynthesis, Unreadable
from cahiers.documents.model import Synthesis
from cahiers.documents.readers.json import READER as JSON
from cahiers.documents.readers.txt import READER
from cahiers.documents.readers.txt.metrics import METRICS
from tests.documents.readers.printed_text import HELVETICA, Printer

METHOD = methods.get("etats-generaux")
WIDTHS = {"diagnosis": (21, 23), "projections": (17.5, 21, 24.5), "action_plan": (12.4, 13, 12.6, 11.5, 12.5)}


def read(text: str | bytes, method: methods.Method = METHOD) -> Synthesis:
    return READER.read(io.BytesIO(text.encode() if isinstance(text, str) else text), method)


def region(number: int) -> Synthesis:
    file = resources.files("cahiers.demo") / "data" / f"region-{number}.json"
    return JSON.read(io.BytesIO(file.read_bytes()), METHOD)


def items(synthesis: Synthesis) -> Counter[tuple[int, str, int, str, str]]:
    return Counter(
        (index, stage, position, kind, " ".join(item.text.split()))
        for index, theme in enumerate(synthesis.themes)
        for stage, rows in theme.stages.items()
        for position, row in enumerate(rows)
        for kind, cell in row.cells.items()
        for item in cell
    )


def texts(synthesis: Synthesis) -> Counter[str]:
    found: Counter[str] = Counter()
    for key, count in items(synthesis).items():
        found[key[-1]] += count
    for theme in synthesis.themes:
        for rows in theme.stages.values():
            found.update(text for row in rows for text in row.feedback_text)
    return found


def f1(found: Synthesis, expected: Synthesis) -> float:
    ours, theirs = items(found), items(expected)
    return 2 * (ours & theirs).total() / (ours.total() + theirs.total())


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize(
    "measure", [HELVETICA, METRICS[2], METRICS[-1]], ids=["sans", "condensed", "typewriter"]
)
def test_columns_are_found_from_widths_marks_and_what_statements_look_like(
    number: int, measure: object
) -> None:
    expected = region(number)
    found = read(Printer(METHOD, WIDTHS, measure=measure, seed=number).text(expected))
    assert f1(found, expected) >= 0.95
    assert texts(found) == texts(expected)
    assert [len(theme.feedback) for theme in found.themes] == [
        len(theme.feedback) for theme in expected.themes
    ]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_columns_without_any_mark(number: int) -> None:
    expected = region(number)
    found = read(Printer(METHOD, WIDTHS, blank=0, double=0).text(expected))
    assert f1(found, expected) >= 0.92


def test_another_method_needs_no_code_of_its_own() -> None:
    method = methods.get("retrospective")
    text = (
        "SUJET N°1 : Nos outils et nos lieux \n\n1. Bilan \n\n"
        "Sujet \n\nÀ garder À arrêter À commencer \n\n"
        "► Nos outils et nos lieux \n\n \n\n"
        "► La salle du haut ► Les réunions debout ► Un tableau partagé par toute \n\nl’équipe \n\n"
        "2. Actions \n\nSujet \n\nQuoi Qui Quand \n\n"
        "► Outils et lieux \n\n \n\n► Acheter un tableau ► Le secrétariat ► En juin \n\n"
    )
    synthesis = read(text, method)
    (theme,) = synthesis.themes
    assert theme.key == "tools"
    cells = theme.stages["review"][0].cells
    assert {kind: [item.text for item in cell] for kind, cell in cells.items()} == {
        "keep": ["La salle du haut"],
        "stop": ["Les réunions debout"],
        "start": ["Un tableau partagé par toute l’équipe"],
    }
    assert [item.text for item in theme.stages["actions"][0].cells["actor"]] == ["Le secrétariat"]


LAYOUT = """\
Nom de la Région académique                     Plaines d’Ormance
Date(s) et lieu(x) de la session                Le 6 octobre 2026 à Vaubrisson
Format de la session                            ☐ Présentiel   ☒ Distanciel   ☐ Les 2
Cocher la case correspondante
Animateurs de la session                        Maud Vercelin, chargée de mission
Participants à la session
☒ Chercheurs                                    Nombre de participants : 6 (dont 4 étudiants en
                                                sciences)
☒ Associations et collectifs actifs de la       Nombre de participants : 4 (dont deux
sphère éducative locale                         médiateurs)
\fTHEMATIQUE N°2 : Travailler ensemble autrement
1. Retour d’expérience
Thématique concernée     RETEX     Irritants                      Points forts
(parmi les 5)
► Travailler ensemble    ► 1, 2    ► Trop de messageries pour     ► Une règle simple,
autrement                          une seule équipe               décidée ensemble
                                   ► Des co-
                                   pilotes absents
Cahier d’Ormance                                                                Page 1 / 2
\fThématique concernée   RETEX    Irritants                    Points forts
(parmi les 5)
                                  ► Rien le soir               ► Un relevé affiché
► Travailler ensemble    ► 3      ► Personne ne sait qui       ► Se connaître
autrement                         appeler
Cahier d’Ormance                                                                Page 2 / 2
"""


def test_columns_kept_by_spaces() -> None:
    synthesis = read(LAYOUT)
    (theme,) = synthesis.themes
    first, second = theme.stages["diagnosis"]
    assert first.feedback == (1, 2)
    assert [item.text for item in first.cells["irritant"]] == [
        "Trop de messageries pour une seule équipe",
        "Des co-pilotes absents",
        "Rien le soir",
    ]
    assert [item.text for item in first.cells["strength"]] == [
        "Une règle simple, décidée ensemble",
        "Un relevé affiché",
    ]
    assert second.feedback == (3,)
    assert [item.text for item in second.cells["irritant"]] == ["Personne ne sait qui appeler"]
    source = first.cells["irritant"][0].source
    assert source is not None
    assert (source.page, source.line) == (2, 15)


def test_a_session_form_in_columns() -> None:
    (meeting,) = read(LAYOUT).meetings
    assert meeting.label == "Plaines d’Ormance"
    assert [(day.start.isoformat(), day.place) for day in meeting.dates] == [("2026-10-06", "Vaubrisson")]
    assert meeting.format == "remote"
    assert [one.name for one in meeting.facilitators] == ["Maud Vercelin"]
    assert [(one.category, one.count, one.note) for one in meeting.participants] == [
        ("researchers", 6, "dont 4 étudiants en sciences"),
        ("associations", 4, "dont deux médiateurs"),
    ]


def test_lines_of_forms_that_end_pages_alike_are_no_running_feet() -> None:
    form = (
        "Nom de la Région académique     Plaines d’Ormance\nDate(s) et lieu(x) de la session     Le 6/10/2026\n"
        "☒ Chercheurs     Nombre de participants : 6\n☒ Opérateurs     Nombre de participants : 2\n\f"
    )
    synthesis = read(form * 3)
    assert [[one.count for one in meeting.participants] for meeting in synthesis.meetings] == [[6, 2]] * 3


def test_addresses_are_made_whole_and_their_copies_left_out() -> None:
    text = (
        " THEMATIQUE N°1 : Gouvernance et anticipation \n\n1. Retour d’expérience : \n\nRETEX 1 (académie) \n\n"
        "Un témoignage. \nhttps://exemple.example/une-adresse-\n1275.html?a=b \n\n"
        "Retours d’expérience présentés lors des ateliers \n\nhttps://exemple.example/une-adresse-1275.html?a=b\n"
    )
    synthesis = read(text)
    (sheet,) = synthesis.themes[0].feedback
    assert sheet.text == "Un témoignage."
    assert sheet.links == ("https://exemple.example/une-adresse-1275.html?a=b",)
    assert not synthesis.warnings


def test_a_statement_out_of_any_table_is_a_warning_of_its_own() -> None:
    text = (
        "THEMATIQUE N°1 : Gouvernance et anticipation\n\n► Un énoncé perdu,\nsur deux lignes\n\n► Un autre\n"
    )
    synthesis = read(text)
    assert [
        (warning.text, warning.source.line if warning.source else None) for warning in synthesis.warnings
    ] == [
        ("Un énoncé perdu, sur deux lignes", 3),
        ("Un autre", 6),
    ]


def test_doubt_is_said_with_its_evidence() -> None:
    synthesis = read(Printer(METHOD, WIDTHS, blank=0, double=0).text(region(1)))
    assert synthesis.warnings
    for warning in synthesis.warnings:
        assert warning.message.startswith(
            "À vérifier dans cette ligne du tableau. Colonne incertaine : placé dans « "
        )
        assert re.search(r"\([^)]+\) – lignes? \d", warning.message)
        assert warning.text is None
        assert warning.source is not None


ENCODED = "THEMATIQUE N°1 : Gouvernance et anticipation\n• Éviter l’échec à l’école, dès la rentrée à Nîmes\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "mac_roman"]
)
def test_encodings(encoding: str) -> None:
    synthesis = read((ENCODED * 3).encode(encoding))
    assert synthesis.themes[0].title == "Gouvernance et anticipation"
    assert synthesis.warnings[0].text == "Éviter l’échec à l’école, dès la rentrée à Nîmes"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 2000,
        b"PK\x03\x04",
        b"%PDF-1.7\n",
        bytes(range(256)) * 8,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ],
)
def test_what_is_no_text_is_refused(content: bytes) -> None:
    assert not READER.accepts(io.BytesIO(content), "synthese.txt")
    with pytest.raises(Unreadable):
        read(content)


def test_too_much_text_is_refused() -> None:
    with pytest.raises(Unreadable, match="8 Mio"):
        read(b"a\n" * (5 * 1024 * 1024))


@pytest.mark.parametrize("content", ["\n \n", "Une lettre.\n\nBien à vous.", "► un\n► deux\n", "\f\f"])
def test_text_that_is_no_synthesis(content: str) -> None:
    assert READER.accepts(io.BytesIO(content.encode()), "lettre.txt")
    with pytest.raises(NotASynthesis):
        read(content)


FRAGMENTS = st.sampled_from(
    [
        *LAYOUT.split("\n"),
        "► Un énoncé",
        "►",
        "► 1 ► Deux cellules",
        "RETEX 1 (académie)",
        "RETEX Irritants Points forts",
        "■ Une consigne",
        "- un tiret",
        "2. Projections",
        "Synthèse des besoins & axes d’amélioration",
        "https://exemple.example/a-",
        "☒",
        "Nombre de participants : 3",
        "\f",
        " ",
        "",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(FRAGMENTS | st.text(max_size=30), max_size=60),
    st.sampled_from(["\n", "\n\n", " \n", "\r\n", "   "]),
)
def test_any_text_gives_a_synthesis_or_a_sentence(lines: list[str], newline: str) -> None:
    try:
        synthesis = read(newline.join(lines).encode("utf-8", errors="replace"))
    except (Unreadable, NotASynthesis):
        pass
    else:
        assert synthesis.method == METHOD.key


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_a_synthesis_or_a_sentence(content: bytes) -> None:
    accepted = READER.accepts(io.BytesIO(content), "x.txt")
    assert accepted in (True, False)
    with pytest.raises((Unreadable, NotASynthesis)):
        read(content)
