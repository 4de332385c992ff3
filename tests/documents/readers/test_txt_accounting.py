"""Every word of a text is in a statement, a heading, a form or a warning."""

import io

from hypothesis import given
from hypothesis import strategies as st

from cahiers import methods
from cahiers.documents.model import Synthesis
from cahiers.documents.readers.txt import READER
from cahiers.documents.readers.txt.accounting import left_out
from cahiers.documents.readers.txt.lines import read_lines

METHOD = methods.get("etats-generaux")
WORDS = st.lists(st.sampled_from(["cour", "école", "du", "Matin", "soir", "2027"]), min_size=1, max_size=4)
PAGE = (
    "THEMATIQUE N°1 : Travailler ensemble autrement\n2. Projections\n"
    "Thématique concernée (parmi les 5)\n\nIrritants principaux\n\nBesoin\n\n"
    "Axes d’amélioration ou leviers permettant de répondre aux besoins correspondants aux irritants\n\n"
)


def read(text: str) -> Synthesis:
    return READER.read(io.BytesIO(text.encode()), METHOD)


@given(st.lists(WORDS, min_size=1, max_size=8), st.data())
def test_what_is_missing_is_told_and_nothing_else(said: list[list[str]], data: st.DataObject) -> None:
    lines = read_lines("\n".join(f"► {' '.join(words)}" for words in said))
    order = data.draw(st.permutations(range(len(said))))
    assert not list(left_out(lines, [" ".join(said[at]) for at in order]))
    gone = data.draw(st.integers(0, len(said) - 1))
    missing = list(left_out(lines, [" ".join(said[at]) for at in order if at != gone]))
    # Words count, whichever line has them: one short of a word at least is told.
    assert missing
    assert {word for stretch in missing for word in stretch[0].text.split()} & set(said[gone])


def test_a_statement_in_place_of_which_a_hyphen_was_mended_is_there() -> None:
    lines = read_lines("► Un projet CM2sixième\npar secteur")
    assert not list(left_out(lines, ["Un projet CM2-sixième par secteur"]))


def test_a_lone_line_with_the_bullet_of_statements_is_no_instruction() -> None:
    synthesis = read(
        f"{PAGE}- Travailler ensemble autrement\n\n- Trop de mots de passe\n\n- Un lieu calme\n\n- Ouvrir la salle\n\n"
        "Synthèse des besoins & axes d’amélioration\n\f3. Plan d’action\n- Garder une trace de chaque réunion\n"
    )
    told = {warning.text: warning for warning in synthesis.warnings}
    assert "puce des énoncés" in told["Garder une trace de chaque réunion"].message
    assert told["Garder une trace de chaque réunion"].source is not None


def test_instructions_left_aside_are_named() -> None:
    said = "■ Au cours de cet atelier, chacun rêve tout haut."
    synthesis = read(
        f"{said}\n{PAGE.replace('2. Projections', '2. Projections' + chr(10) + said)}► Un lieu calme\n"
    )
    assert any(said[2:] in warning.message for warning in synthesis.warnings)


def test_what_stands_below_a_column_heading_after_the_caption_goes_on_with_its_cell() -> None:
    synthesis = read(
        f"{PAGE}► Travailler ensemble autrement\n\n► Trop de mots de passe\n\n► Un lieu calme pour les\n"
        "\fThématique concernée (parmi les 5)\n\nIrritants principaux\n\n"
        "Synthèse des besoins & axes d’amélioration\n3. Plan d’action\n\nBesoin\nréunions d’équipe\n\n\f"
    )
    (row,) = synthesis.themes[0].stages["projections"]
    assert [item.text for item in row.cells["need"]] == ["Un lieu calme pour les réunions d’équipe"]
