"""Documents that authors typed their own way: no style of ours, merged cells, split tables, typed bullets."""

import pytest

from cahiers.documents.blocks import Block, Cell, Paragraph, Run, Table
from cahiers.documents.errors import NotASynthesis
from cahiers.documents.interpret import interpret
from cahiers.documents.model import Item, Row, Synthesis
from cahiers.methods import get

METHOD = get("etats-generaux")
BAR = "THEMATIQUE N°2 : Travailler ensemble autrement"
HEADER = ("Thématique concernée", "RETEX", "Irritants", "Points forts")


def line(text: str, *, listed: bool = False, emphasised: bool = False) -> Paragraph:
    return Paragraph(runs=(Run(text=text, emphasised=emphasised),), listed=listed)


def cell(*texts: str, span: int = 1, listed: bool = False) -> Cell:
    return Cell(paragraphs=tuple(line(text, listed=listed) for text in texts), span=span)


def table(*rows: tuple[str | Cell, ...]) -> Table:
    return Table(rows=tuple(tuple(cell(c) if isinstance(c, str) else c for c in row) for row in rows))


def read(*blocks: Block | str) -> Synthesis:
    return interpret([line(block) if isinstance(block, str) else block for block in blocks], METHOD)


def texts(row: Row, kind: str) -> list[str]:
    return [item.text for item in row.cells[kind]]


def test_typed_bullets_are_not_text() -> None:
    body = ("► Travailler ensemble autrement", "► 1", cell("► Un", "• Deux", "- Trois", "Quatre suite"), "►")
    synthesis = read(BAR, table(HEADER, body))
    (row,) = synthesis.themes[0].stages["diagnosis"]
    assert texts(row, "irritant") == ["Un", "Deux", "Trois", "Quatre suite"]
    assert row.cells["strength"] == ()
    assert (row.feedback, row.theme_text) == ((1,), None)
    assert [warning.text for warning in synthesis.warnings] == ["Quatre suite"]


@pytest.mark.parametrize(
    ("opening", "rest"),
    [
        ("Des outils, des lieux,", "Internet"),
        ("Des outils", "et des gens"),
        ("Des outils (prêtés", "/ Donnés)"),
        ("Des « outils", "Libres »"),
    ],
)
def test_line_left_open_goes_on_without_bullet(opening: str, rest: str) -> None:
    body = ("", "", cell(f"► {opening}", rest, "‑ Autre"), "")
    (row,) = read(BAR, table(HEADER, body)).themes[0].stages["diagnosis"]
    assert texts(row, "irritant") == [f"{opening} {rest}", "Autre"]


def test_bullet_of_the_word_processor_keeps_a_typed_one_as_text() -> None:
    (row,) = read(BAR, table(HEADER, ("", "", cell("► Un", listed=True), ""))).themes[0].stages["diagnosis"]
    assert texts(row, "irritant") == ["► Un"]


def test_items_fused_in_one_paragraph_are_apart() -> None:
    (row,) = read(BAR, table(HEADER, ("", "", "► Un ► Deux – trois", ""))).themes[0].stages["diagnosis"]
    assert texts(row, "irritant") == ["Un", "Deux – trois"]


def test_emphasis_counts_when_most_of_it_is_marked() -> None:
    mostly = Paragraph(runs=(Run(text="Un vrai "), Run(text="changement d’horaires", emphasised=True)))
    hardly = Paragraph(runs=(Run(text="Un vrai changement "), Run(text="vite", emphasised=True)))
    body = (cell(""), cell(""), Cell(paragraphs=(mostly, hardly)), cell(""))
    (row,) = read(BAR, table(HEADER, body)).themes[0].stages["diagnosis"]
    assert [item.emphasised for item in row.cells["irritant"]] == [True, False]


def test_split_tables_and_repeated_headers_make_one_stage() -> None:
    first = table(HEADER, ("", "1", "Un", ""))
    again = table(HEADER, ("", "2", "Deux", ""))
    bare = table(("", "3", "Trois", ""))
    rows = read(BAR, first, again, bare).themes[0].stages["diagnosis"]
    assert [texts(row, "irritant") for row in rows] == [["Un"], ["Deux"], ["Trois"]]


def test_theme_cell_that_spans_rows_counts_for_each() -> None:
    other = cell("Le travail en équipe")
    below = Cell(continues=True)
    rows = (
        read(BAR, table(HEADER, (other, "1", "Un", ""), (below, "2", "Deux", "")))
        .themes[0]
        .stages["diagnosis"]
    )
    assert [row.theme_text for row in rows] == ["Le travail en équipe", "Le travail en équipe"]


def test_cell_over_two_columns_goes_to_the_first_with_a_warning() -> None:
    synthesis = read(BAR, table(HEADER, ("", "", cell("Un", span=2))))
    (row,) = synthesis.themes[0].stages["diagnosis"]
    assert texts(row, "irritant") == ["Un"]
    assert [warning.text for warning in synthesis.warnings] == ["Un"]


def test_column_of_no_kind_is_reported_line_by_line() -> None:
    header = (*HEADER, "Observations")
    synthesis = read(BAR, table(header, ("", "", "Un", "", cell("Vu en réunion", "À revoir"))))
    assert [warning.text for warning in synthesis.warnings] == ["Vu en réunion", "À revoir"]


@pytest.mark.parametrize(
    ("words", "numbers", "free"),
    [
        ("1", (1,), ()),
        ("► 1, 2", (1, 2), ()),
        ("RETEX 1 et 3", (1, 3), ()),
        ("2 à 4", (2, 3, 4), ()),
        ("Témoignage d’une école", (), ("Témoignage d’une école",)),
        ("►", (), ()),
    ],
)
def test_feedback_cited(words: str, numbers: tuple[int, ...], free: tuple[str, ...]) -> None:
    (row,) = read(BAR, table(HEADER, ("", words, "Un", ""))).themes[0].stages["diagnosis"]
    assert (row.feedback, row.feedback_text) == (numbers, free)


def test_feedback_boxes_with_their_links() -> None:
    synthesis = read(
        BAR,
        "1. Retour d’expérience :",
        "■ Consigne de l’atelier",
        table(("RETEX 1 (académie)",), ("Une classe à l’air libre.",)),
        "RETEX 2 (Val-d’Orne)",
        "Un prêt de tablettes.",
        "https://exemple.example/tablettes",
        "Deux ans après, il continue.",
        "Retours d’expérience présentés lors des ateliers",
        table(HEADER, ("", "1", "Un", "")),
    )
    first, second = synthesis.themes[0].feedback
    assert (first.number, first.scope, first.text) == (1, "académie", "Une classe à l’air libre.")
    assert second.text == "Un prêt de tablettes.\nDeux ans après, il continue."
    assert second.links == ("https://exemple.example/tablettes",)
    assert synthesis.warnings == ()


def test_without_title_bars_the_theme_cell_decides() -> None:
    body = [("Enseigner et apprendre", "", "Un", ""), ("Cantine", "", "Deux", ""), ("", "", "Trois", "")]
    synthesis = read(table(HEADER, *body))
    assert [(theme.key, theme.title) for theme in synthesis.themes] == [
        ("teaching", "Enseigner et apprendre"),
        (None, "Cantine"),
    ]
    assert len(synthesis.themes[1].stages["diagnosis"]) == 2


def test_text_outside_of_tables_is_reported() -> None:
    synthesis = read(BAR, table(HEADER, ("", "", "Un", "")), "Merci à la mairie.")
    assert [warning.text for warning in synthesis.warnings] == ["Merci à la mairie."]


def test_session_form_typed_by_hand() -> None:
    form = table(
        ("Nom de la Région académique", "Val-d’Orne – rencontres de bassin"),
        ("Date(s) et lieu(x) de la session", cell("Le 14/10/2026 : Orbec", "15/10 : Livet")),
        ("Format de la session", "☐ Présentiel ☒ Distanciel ☐ Les 2"),
        ("Animateurs", cell("Camille Aubrac (le matin), formatrice", "Voir l’annexe")),
        ("Participants à la session", ""),
        (
            "☒ Chercheurs",
            "Nombre de participants : 24 (dont 20 étudiants) Nombre d’établissements représentés : 3",
        ),
        (
            "☐ Représentants des usagers (familles et élèves)",
            "Nombre de participants : 1 204 (dont 1 200 enquête)",
        ),
    )
    (meeting,) = read(form).meetings
    assert meeting.label == "Val-d’Orne – rencontres de bassin"
    assert [(date.start.isoformat(), date.place) for date in meeting.dates] == [
        ("2026-10-14", "Orbec"),
        ("2026-10-15", "Livet"),
    ]
    assert meeting.format == "remote"
    (person,) = meeting.facilitators
    assert (person.name, person.note, person.role) == ("Camille Aubrac", "le matin", "formatrice")
    assert meeting.facilitators_note == "Voir l’annexe"
    first, second = meeting.participants
    assert (first.category, first.checked, first.count) == ("researchers", True, 24)
    assert (first.establishments, first.note) == (3, "dont 20 étudiants")
    assert (second.category, second.checked, second.count, second.surveyed) == ("users", False, 1204, 1200)


def test_territory_is_that_of_the_first_session() -> None:
    form = table(("Nom de la Région académique", "Val-d’Orne – bassin nord"), ("Animateurs", ""))
    assert read(form).territory == "Val-d’Orne"


def test_nothing_of_the_method_is_no_synthesis() -> None:
    with pytest.raises(NotASynthesis, match="THEMATIQUE"):
        read("Compte rendu du conseil", table(("Nom", "Âge"), ("Zoé", "12")))


def test_words_that_begin_like_a_label_are_no_session_form() -> None:
    with pytest.raises(NotASynthesis):
        read(table(("Format", "A4"), ("Date", "lundi")))


def test_a_letter_with_a_subject_is_no_synthesis() -> None:
    blocks = [line("Sujet : la réunion de mardi"), line("Bonjour à tous,")]
    with pytest.raises(NotASynthesis):
        interpret(blocks, get("retrospective"))


def test_items_keep_the_place_they_were_read_at() -> None:
    (row,) = read(BAR, table(HEADER, ("", "", "Un", ""))).themes[0].stages["diagnosis"]
    assert row.cells["irritant"] == (Item(text="Un"),)


def test_bulleted_lines_that_introduce_no_table_are_reported_one_by_one() -> None:
    plan = "3. Plan d’action"
    synthesis = read(BAR, "2. Projections", "► Prêter le matériel", "► Ouvrir le soir", plan, BAR)
    assert [warning.text for warning in synthesis.warnings] == ["► Prêter le matériel", "► Ouvrir le soir"]


def test_bulleted_lines_before_a_table_are_instructions() -> None:
    synthesis = read(
        BAR, "2. Projections", "■ Consigne", "- Que faudrait-il ?", table(HEADER, ("", "1", "Un", ""))
    )
    assert synthesis.warnings == ()


def headings(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(runs=(Run(text=text),), heading_level=1) for text in texts)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("→ Un", "» Deux", "=> Trois", "\uf0b7 Quatre"), ["Un", "Deux", "Trois", "Quatre"]),
        (("> Un", "> Deux"), ["Un", "Deux"]),
        (("1) Un", "2) Deux"), ["Un", "Deux"]),
        (("9. Un", "10. Deux"), ["Un", "Deux"]),
        (("a. Un", "b. Deux"), ["Un", "Deux"]),
        (("+ de temps", "Deux"), ["+ de temps", "Deux"]),
        (("> 30 élèves",), ["> 30 élèves"]),
        (("2) Un", "2) Deux", "9) Trois"), ["2) Un", "2) Deux", "9) Trois"]),
        (("- un ;", "- deux ;", "Merci"), ["un ;", "deux ;", "Merci"]),
        (("► Un inter\u00adnat", "► Deux\u200b"), ["Un internat", "Deux"]),
    ],
)
def test_what_stands_before_an_item(words: tuple[str, ...], expected: list[str]) -> None:
    (row,) = read(BAR, table(HEADER, ("", "", cell(*words), ""))).themes[0].stages["diagnosis"]
    assert texts(row, "irritant") == expected


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (("Thème", "Retex", "FREINS", "ATOUTS"), False),
        (("Thème", "Retex", "Difficultés rencontrées", "Nos réussites"), False),
        (("Thème", "Retex", "Ce qui coince", "Ce qui marche"), True),
    ],
)
def test_columns_in_the_words_of_their_author(header: tuple[str, ...], told: bool) -> None:
    synthesis = read(BAR, "1. Retour d’expérience", table(header, ("", "1", "► Un", "► Deux")))
    (row,) = synthesis.themes[0].stages["diagnosis"]
    assert (texts(row, "irritant"), texts(row, "strength"), row.feedback) == (["Un"], ["Deux"], (1,))
    assert bool(synthesis.warnings) is told


def test_a_table_of_another_section_does_not_go_on_with_the_one_before() -> None:
    table_of_plan = table(("Étape", "Porte", "Livre", "Main"), ("► Un", "► Deux", "► Trois", "► Quatre"))
    synthesis = read(BAR, table(HEADER, ("", "1", "Zéro", "")), "3. Plan d’action", table_of_plan)
    assert len(synthesis.themes[0].stages["diagnosis"]) == 1
    assert [warning.text for warning in synthesis.warnings][-4:] == ["► Un", "► Deux", "► Trois", "► Quatre"]


@pytest.mark.parametrize("form", ["Thème 3 : {}", "{}", "3. {}", "AXE n° 3 – {}", "Thématique « {} »"])
def test_a_heading_may_name_the_theme(form: str) -> None:
    first, second = headings(form.format("Travailler ensemble autrement"), "Enseigner et apprendre")
    body = table(HEADER[1:], ("1", "Un", ""))
    part = [*headings("1. Retour d’expérience"), "- Raconter", body]
    synthesis = read(first, *part, second, *part)
    assert [(theme.key, len(theme.stages["diagnosis"])) for theme in synthesis.themes] == [
        ("working_together", 1),
        ("teaching", 1),
    ]
    assert synthesis.warnings == ()


def test_a_list_of_themes_opens_none() -> None:
    synthesis = read(*headings("Enseigner et apprendre", "Travailler ensemble autrement"), BAR, table(HEADER))
    assert [theme.key for theme in synthesis.themes] == ["working_together"]


@pytest.mark.parametrize("page", ["", "\t3", " ..... 3", "\xa012"])
def test_a_table_of_contents_opens_no_theme(page: str) -> None:
    synthesis = read(f"{BAR}{page}", "1. Retour d’expérience\t4", BAR, table(HEADER, ("", "", "► Un", "")))
    assert ([theme.title for theme in synthesis.themes], synthesis.warnings) == (
        ["Travailler ensemble autrement"],
        (),
    )
    assert read(f"{BAR} et demain", BAR).themes[0].title == "Travailler ensemble autrement et demain"


def test_a_cell_over_the_whole_width_is_a_title_or_a_remark() -> None:
    wide = [cell(text, span=4) for text in ("Thème 1 : Enseigner et apprendre", "Vu partout")]
    synthesis = read(BAR, table(HEADER, ("", "1", "Un", ""), (wide[0],), ("", "2", "Deux", ""), (wide[1],)))
    assert [(theme.key, len(theme.stages["diagnosis"])) for theme in synthesis.themes] == [
        ("working_together", 1),
        ("teaching", 1),
    ]
    assert [warning.text for warning in synthesis.warnings] == ["Vu partout"]


def test_rows_whose_borders_were_dragged_stand_under_their_headers_in_order() -> None:
    header = tuple(cell(text, span=span) for text, span in zip(HEADER, (2, 3, 3, 2), strict=True))
    row = tuple(
        cell(text, span=span) for text, span in zip(("", "1", "Un", "Deux"), (1, 3, 3, 3), strict=True)
    )
    rows = read(BAR, table(header, row), table(("", "2", "Trois", ""))).themes[0].stages["diagnosis"]
    assert [(texts(row, "irritant"), texts(row, "strength")) for row in rows] == [
        (["Un"], ["Deux"]),
        (["Trois"], []),
    ]


def test_a_row_cut_in_more_cells_than_the_header_is_told() -> None:
    header = tuple(cell(text, span=2) for text in HEADER)
    synthesis = read(
        BAR, table(header, (cell("", span=2), cell("1", span=2), "Un", "Deux", cell("Trois", span=2)))
    )
    (row,) = synthesis.themes[0].stages["diagnosis"]
    assert (texts(row, "irritant"), texts(row, "strength")) == (["Un", "Deux"], ["Trois"])
    assert len(synthesis.warnings) == 1


def test_numbered_titles_in_theme_cells() -> None:
    body = [("2. Enseigner et apprendre", "", "Un", ""), ("Thème 3 : Travailler ensemble", "", "Deux", "")]
    assert [(theme.key, theme.number) for theme in read(table(HEADER, *body)).themes] == [
        ("teaching", 2),
        ("working_together", 3),
    ]


def test_lists_that_no_table_follows_are_reported_to_the_end() -> None:
    assert [w.text for w in read(BAR, *headings("Irritants"), "► Portes closes").warnings] == [
        "Irritants",
        "► Portes closes",
    ]


def test_lists_before_a_table_are_instructions_where_themes_share_them() -> None:
    part = ["2. Projections", "- Que faudrait-il ?", table(HEADER, ("", "1", "Un", ""))]
    other = BAR.replace("Travailler ensemble autrement", "Enseigner et apprendre")
    synthesis = read(BAR, *part, other, part[0], "- Ouvrir le soir", *part[1:])
    assert [warning.text for warning in synthesis.warnings] == ["- Ouvrir le soir"]


def test_the_title_page_is_told_in_one_warning() -> None:
    synthesis = read(*headings("Nos travaux"), "Livet, mai 2026", BAR, table(HEADER))
    assert [warning.text for warning in synthesis.warnings] == ["Nos travaux / Livet, mai 2026"]


def test_feedback_boxes_side_by_side_whose_heading_goes_on() -> None:
    boxes = table((cell("RETEX 1 (Livet)", "Un prêt."), cell("RETEX n° 2 : Orbec", "Une chorale.")))
    assert [(sheet.number, sheet.text) for sheet in read(BAR, boxes).themes[0].feedback] == [
        (1, "Un prêt."),
        (2, "Orbec\nUne chorale."),
    ]


def test_a_header_in_two_rows_is_read_with_both() -> None:
    top = ("Thématique concernée", "RETEX", cell("Diagnostic", span=2))
    body = table(
        top, (Cell(continues=True), Cell(continues=True), "Irritants", "Points forts"), ("", "1", "Un", "")
    )
    (row,) = read(BAR, body).themes[0].stages["diagnosis"]
    assert (row.feedback, texts(row, "irritant")) == ((1,), ["Un"])
