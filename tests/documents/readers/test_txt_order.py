"""Text in reading order: what stands after its table, what a page cuts, lost hyphens, lines on every page."""

import io

from cahiers import methods
from cahiers.documents.model import Row, Synthesis
from cahiers.documents.readers.txt import READER
from cahiers.documents.readers.txt.fragments import join
from cahiers.documents.readers.txt.furniture import without_furniture
from cahiers.documents.readers.txt.hyphens import hyphenated_words, mended
from cahiers.documents.readers.txt.lines import read_lines
from cahiers.documents.readers.txt.stops import stops_of

METHOD = methods.get("etats-generaux")
BAR = "THEMATIQUE N°1 : Travailler ensemble autrement\n1. Retour d’expérience\n"
HEADER = "Thématique concernée (parmi les 5)\n\nRETEX\n\nIrritants\n\nPoints forts\n\n"
CAPTION = "Diagnostic des points forts et irritants\n"


def read(text: str) -> Synthesis:
    return READER.read(io.BytesIO(text.encode()), METHOD)


def rows(text: str) -> list[dict[str, list[str]]]:
    return [cells(row) for row in read(text).themes[0].stages["diagnosis"]]


def cells(row: Row) -> dict[str, list[str]]:
    return {kind: [item.text for item in items] for kind, items in row.cells.items() if items}


def test_cells_after_the_caption_are_those_of_the_table_on_the_page() -> None:
    text = (
        f"{BAR}{HEADER}► Travailler ensemble autrement\n\n► 1\n\n► Pas de salle\n\n► Se connaître\n\n{CAPTION}"
        "2. Projections\n\n► Trop de messageries pour une\nseule équipe\n\f"
    )
    (row,) = rows(text)
    assert sorted(text for own in row.values() for text in own) == [
        "Pas de salle", "Se connaître", "Trop de messageries pour une seule équipe",
    ]  # fmt: skip


def test_a_statement_cut_by_the_page_is_whole_though_the_next_row_comes_first() -> None:
    text = (
        f"{BAR}{HEADER}► Travailler ensemble autrement\n\n► 1\n\n► Pas de salle pour les\n\n► Se connaître\n\n"
        f"\f{HEADER}► Travailler ensemble autrement\n\n► 2\n\nréunions du soir\n\n► Se parler\n\n{CAPTION}\f"
    )
    synthesis = read(text)
    first, second = synthesis.themes[0].stages["diagnosis"]
    assert cells(first)["irritant"] == ["Pas de salle pour les réunions du soir"]
    assert "irritant" not in cells(second)
    (said,) = [item.source for item in first.cells["irritant"]]
    assert said is not None
    told = [warning.message for warning in synthesis.warnings if f"– ligne {said.line}" in warning.message]
    assert len(told) == 1
    assert "morceaux séparés" in told[0]


def test_a_heading_amid_cells_is_no_part_of_a_statement() -> None:
    text = (
        f"{BAR}Thématique concernée (parmi les 5)\n\nRETEX\n\nIrritants\n\n"
        "► Travailler ensemble autrement\n\n► 1\n\n► Pas de salle\nPoints forts\n► Se connaître\n\n"
        f"{CAPTION}\f"
    )
    assert "Points forts" not in str(rows(text))


def test_words_of_the_text_are_parted_again_where_a_line_took_their_hyphen() -> None:
    lines = [
        "les parents et les professeurs réunis",
        "des rencontres parentsprofesseurs",
        "au bureau parentsprofesseur",
        "le mercredi aprèsmidi",
        "entretenir",
    ]
    words = hyphenated_words(lines)
    assert words["parentsprofesseurs"] == "parents-professeurs"
    assert words["aprèsmidi"] == "après-midi"
    assert words["parentsprofesseur"] == "parents-professeur"
    assert "entretenir" not in words


def test_words_that_never_touch_are_parted_where_a_line_took_their_hyphen() -> None:
    said = {
        "surle-champ": "sur-le-champ",
        "euxmêmes": "eux-mêmes",
        "trentesix": "trente-six",
        "a-ton": "a-t-on",
        "avantveille": "avant-veille",
    }
    words = hyphenated_words(said)
    assert {text: mended(text, words) for text in said} == said
    for text in ("carrément", "demande-t-on", "peton", "surlendemain"):
        assert mended(text, hyphenated_words([text])) == text


def test_what_no_space_stands_before_goes_on_with_the_word_above() -> None:
    assert join(["Progressivement", ", deux niveaux par an"]) == "Progressivement, deux niveaux par an"
    assert join(["une charte (source :", "https://exemple.fr/cha", "rte) ;"]).endswith("exemple.fr/charte) ;")
    assert (
        join(["une charte", "(source : Ville", ") et un relevé"])
        == "une charte (source : Ville) et un relevé"
    )


def test_a_line_alone_on_most_pages_is_furniture_wherever_it_stands() -> None:
    pages = [
        f"► Début {n}\n\nSynthèse des rencontres\n\n► Suite {n}\n" for n in ("un", "deux", "trois", "quatre")
    ]
    kept, names = without_furniture(read_lines("\f".join(pages)), METHOD)
    assert names == ["Synthèse des rencontres"]
    assert len(kept) == 8


def test_the_numbers_of_pages_are_no_content_wherever_they_stand() -> None:
    for form in ("{}", "p. {}", "Page {} sur 5"):
        pages = [f"► Début {n}\n{form.format(n)}\n\n2\n► Suite\n" for n in range(1, 6)]
        kept, _ = without_furniture(read_lines("\f".join(pages)), METHOD)
        assert [line.text for line in kept] == [
            text for n in range(1, 6) for text in (f"► Début {n}", "2", "► Suite")
        ]


def test_the_end_of_a_statement_is_no_running_foot() -> None:
    pages = [f"► Machines {n}, copies\nblanches en classe\n" for n in ("neuves", "vieilles")] + [
        "► Autre\nchose\n"
    ]
    kept, names = without_furniture(read_lines("\f".join(pages)), METHOD)
    assert names == []
    assert len(kept) == 6


def _plan(text: str) -> list[str]:
    """What the plan's table holds, whatever its columns."""
    synthesis = read(f"THEMATIQUE N°1 : Travailler ensemble autrement\n3. Plan d’action\n{text}\f")
    return sorted(
        item
        for row in synthesis.themes[0].stages["action_plan"]
        for own in cells(row).values()
        for item in own
    )


def test_theme_cells_of_several_rows_may_stand_between_the_headings() -> None:
    title = "► Travailler\nensemble\nautrement\n\n"
    others = "Axes d’amélioration principaux (Quoi)\n\n► Une charte\n► Un relevé\n► Un bureau\n"
    assert _plan(f"Thématique concernée (parmi les 5)\n{title * 4}{others}") == [
        "Un bureau",
        "Un relevé",
        "Une charte",
    ]
    assert _plan(f"Thématique concernée (parmi les 5)\n{title * 4}► Une charte\n► Un relevé\n") == [
        "Un relevé",
        "Une charte",
    ]


def test_a_page_s_end_may_cut_the_header_row() -> None:
    begun = "Thématique\n\nAxes\n\nActions à mener\n\nActeurs\n\nTemporalité\n\nIndicateurs et\n\n"
    rest = "concernée\n(parmi les 5)\n► Travailler ensemble autrement\n\nd’amélioration\nprincipaux\n(Quoi)\n"
    assert _plan(f"{begun}\f{rest}► Une charte\n\nmobilisés\n► Les délégués\n") == [
        "Les délégués",
        "Une charte",
    ]


def test_figures_that_end_statements_are_no_running_foot() -> None:
    pages = [f"► Messages {n} entre\n20 h et 7 h\n" for n in ("écrits", "lus")] + ["► Autre\nchose\n"]
    kept, names = without_furniture(read_lines("\f".join(pages)), METHOD)
    assert names == []
    assert len(kept) == 6


def test_a_running_foot_that_took_a_hyphen_away_is_no_part_of_the_word() -> None:
    pages = ["► Une charte\n\nSynthèse régionale\n", "► Un relevé\n\nSynthèse régionale\n"]
    pages += ["► Des rencontres parentsSynthèse régionale\n", "professeurs\n"]
    kept, _ = without_furniture(read_lines("\f".join(pages)), METHOD)
    assert [line.text for line in kept][2:] == ["► Des rencontres parents-", "professeurs"]


def test_cells_that_a_gap_parts_say_nothing_of_the_stops_that_statements_end_in() -> None:
    lines = "► Travailler\nensemble\n\n► 1\n\n► Pas de salle ;\n► Pas de\nbus ;\n► Pas de clé ;\n► Pas de hall ;\n\n"
    stops = stops_of([read_lines(lines * 20)])
    assert stops.ends("un mot") < -1.3
    assert stops.ends("un mot ;") == 0
    assert stops.goes_on("un mot ;") < -1
