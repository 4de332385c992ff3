"""Words cut by columns narrower than they are, and columns of pages whose theme cells are empty."""

import re

from cahiers import methods
from cahiers.documents.readers.txt.fragments import Piece, Reading, join
from cahiers.documents.readers.txt.headings import Headings
from cahiers.documents.readers.txt.lines import Line, read_lines
from cahiers.documents.readers.txt.narrow import whole_words
from cahiers.documents.readers.txt.spaced.edges import INNER, INNER_DASH
from cahiers.documents.readers.txt.spaced.headless import Above, edges_again
from cahiers.documents.readers.txt.spaced.touching import cut
from cahiers.documents.readers.txt.whole_headings import whole_headings

METHOD = methods.get("etats-generaux")


def mended(*lines: str) -> list[str]:
    return [line.text for line in whole_words(read_lines("\n".join(lines) + "\n\f"), METHOD)]


def headed(*lines: str) -> list[str]:
    return [line.text for line in whole_headings(read_lines("\n".join(lines) + "\n\f"), METHOD)]


def test_a_heading_cut_inside_a_word_is_found() -> None:
    header = ["Thématique", "concernée", "(parmi les 5)", "Axes", "d’amélioratio", "n principaux", "(Quoi)"]
    header += ["Actions à", "mener", "(Comment)", "Acteurs", "mobilisés", "Temporalité", "souhaitée pour une"]
    header += ["mise en œuvre", "Indicateurs et", "facteurs de réussite"]
    lines = whole_words(read_lines("\n".join(header) + "\n\f"), METHOD)
    found = Headings(METHOD).find(lines, 0)
    assert found is not None
    assert (found.stage.key, found.missing) == ("action_plan", ())


def test_the_heading_of_the_sheets_may_be_cut_anywhere() -> None:
    header = ["Thématique RE  Irritants", "concernée  TEX", "(parmi les 5)"]
    assert headed(*header) == ["Thématique RETEX Irritants", "concernée", "(parmi les 5)"]


def test_the_letters_of_a_heading_tell_it_wherever_its_words_are_cut() -> None:
    header = [
        "Thémati    Qui          Indicat",
        "que        • le         eurs et",
        "• Un prêt  bourg        facteu",
        "du matin                rs de",
        "                        réussit",
        "                        e",
    ]
    lines = ["Thématique Qui Indicateurs", "• le et", "• Un prêt bourg facteurs", "du matin de", "réussite"]
    assert headed(*header) == lines
    assert headed("Besoins", "communs", "Axes", "d’équipe") == ["Besoins", "communs", "Axes", "d’équipe"]


def test_an_address_may_be_cut_anywhere() -> None:
    cut = ["la carte https://carte.exemple/n", "umerique-pour/tous", "et/ou le soir"]
    assert join(cut) == "la carte https://carte.exemple/numerique-pour/tous et/ou le soir"
    assert join(["https://a.exemple/b", "https://c.exemple/d"]) == "https://a.exemple/b https://c.exemple/d"
    assert join(["(voir https://", "carte.exemple/cours)"]) == "(voir https://carte.exemple/cours)"
    assert join(["(voir h", "ttps://carte.exemple/c", "ours)"]) == "(voir https://carte.exemple/cours)"
    assert join(["(voir https://la-carte.", "fr/cours)"]) == "(voir https://la-carte.fr/cours)"
    assert join(["(source : https://a.exemple/in", "dice)"]) == "(source : https://a.exemple/indice)"
    assert join(["(voir https://a.exemple/indice", "en mars)"]) == "(voir https://a.exemple/indice en mars)"


def test_the_end_of_a_word_goes_to_its_beginning_in_the_same_column() -> None:
    lines = mended(
        "• Syndicat        • Un relevé",
        "d’électrificatio  de la salle",
        "n rurale          du bourg",
    )
    assert lines == ["• Syndicat • Un relevé", "d’électrification de la salle", "rurale du bourg"]


def test_a_word_that_goes_on_to_no_end_stays_as_it_is() -> None:
    lines = ["• Un seul qui travaille", "• Travail de groupe long :", "le point du soir"]
    assert mended(*lines) == lines


def test_a_word_that_the_text_has_whole_is_mended() -> None:
    assert mended("La restauration du midi", "• Service de", "restaura", "tion") == [
        "La restauration du midi",
        "• Service de",
        "restauration",
    ]


def test_two_words_on_two_lines_stay_two() -> None:
    said = [
        "• Responsabilités",
        "partagées",
        "envoyés entre",
        "accessible",
        "h 30 au plus tard",
        "numérique",
        "à la maison",
    ]
    assert mended(*said) == said


def test_the_end_of_a_word_is_looked_for_over_the_end_of_a_page() -> None:
    lines = mended("l’administration du lycée", "conseil", "d’administratio", "\fRETEX", "n", "► Autre chose")
    assert lines == ["l’administration du lycée", "conseil", "d’administration", "RETEX", "► Autre chose"]


def edges(text: str, known: list[int]) -> list[int]:
    return edges_again(
        Above(known, [""] * len(known), ["travailler ensemble autrement"]), read_lines(text), INNER
    )


def test_a_page_without_theme_cells_begins_with_the_next_column() -> None:
    page = "- Un carnet        - Une salle\ncommun             ouverte\n- Deux réunions    - Un prêt\n"
    found = edges(page.replace("-", "►"), [0, 20, 39])
    assert found[1:] == [0, 19]
    assert found[0] < 0


def test_a_page_with_theme_cells_keeps_them_at_its_left() -> None:
    page = (
        "► Travailler       ► Une salle         ► Un prêt\nensemble autrement ouverte             du matin\n"
    )
    assert edges(page, [0, 20, 40]) == [0, 19, 39]


def read(raw: str, at: list[int], inner: re.Pattern[str] = INNER) -> list[str]:
    return cut(raw, at, set(at), inner).cells


def test_a_dash_that_touches_a_word_begins_the_next_cell() -> None:
    assert read("- Tout le village- Le car", [0, 17], INNER_DASH) == ["- Tout le village", "- Le car"]


def test_a_bullet_begins_the_next_cell_from_further_off() -> None:
    assert read("► Une permanence ► Tuteurs", [0, 24]) == ["► Une permanence", "► Tuteurs"]


def test_words_of_three_columns_that_touch_are_told_in_each_way() -> None:
    found = cut("toutes les écoles du système, hors réseau, et du bourg", [0, 21, 43], {0, 21, 43}, INNER)
    assert found.cells == ["toutes les écoles du", "système, hors réseau,", "et du bourg"]
    assert {1: "système, hors réseau, et", 2: "du bourg"} in list(found.others)
    assert {0: "toutes les écoles", 1: "du système, hors réseau,"} in list(found.others)


def test_another_reading_goes_on_with_what_the_next_page_adds() -> None:
    line = Line(raw="", text="", number=3, page=1)
    head = Piece(["Publier le tableau, montants les"], line.source, bulleted=True)
    reading = Reading(head, ["Publier le tableau, montants"], 1)
    head.go_on_with(Piece(["compris"], line.source, bulleted=False))
    assert reading.statement().text == "Publier le tableau, montants compris"


def test_the_end_of_a_word_is_found_below_a_line_of_other_columns() -> None:
    lines = mended(
        "Axes              Acteurs      Temporalité",
        "d’amélioratio     mobilisés",
        "                               souhaitée",
        "n principaux                   pour une",
    )
    assert lines[1:] == ["d’amélioration mobilisés", "souhaitée", "principaux pour une"]


def test_a_letter_alone_in_its_cell_ends_the_word_above_whatever_touches_it() -> None:
    rows = ["► Région       ► Unions          ► Stages de", "► Un carnet    professionnelle printemps 2027"]
    assert mended(*rows, "               s")[1] == "► Un carnet professionnelles printemps 2027"
    page = ["\f", "                s                 avant la fin"]
    assert mended(*rows, *page)[1] == "► Un carnet professionnelle printemps 2027"
    rows[1] = "► Un carnet    professionnelle"
    assert mended(*rows, *page)[1:] == ["► Un carnet professionnelles", "avant la fin"]
