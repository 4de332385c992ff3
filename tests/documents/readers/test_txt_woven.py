"""Blocks of a text that were extracted across columns: the lines of all cells in turn, level by level."""

import io
import re
from collections.abc import Sequence

from bench.unseen.alike import DOCUMENTS
from cahiers import methods
from cahiers.documents.model import Row, Synthesis
from cahiers.documents.readers.txt import READER
from cahiers.documents.readers.txt.hyphens import broken
from cahiers.documents.readers.txt.lines import read_lines
from cahiers.documents.readers.txt.parts import TablePart

METHOD = methods.get("etats-generaux")
START = (
    "THEMATIQUE N°1 : Travailler ensemble autrement\n1. Retour d’expérience\n"
    "Thématique concernée (parmi les 5)\n\nRETEX\n\nIrritants\n\nPoints forts\n\n"
)
END = "\n\nDiagnostic des points forts et irritants\n\f"
LEVELS = (
    "► Travailler ensemble",
    "► 1, 2",
    "► Les réunions du soir tombent à l’heure des",
    "► Chacun connaît les outils que les autres ont",
    "autrement",
    "transports, sans solution de garde pour les",
    "choisis pour leur classe",
    "enfants qui viennent de toutes les parties",
    "de la commune",
    "► Rien ne prévient des changements avant le",
    "matin même, dans les écoles à classe unique",
)


def read(lines: Sequence[str]) -> Synthesis:
    return READER.read(io.BytesIO((START + "\n".join(lines) + END).encode()), METHOD)


def cells(row: Row) -> dict[str, list[str]]:
    return {kind: [item.text for item in items] for kind, items in row.cells.items() if items}


def test_lines_of_level_cells_are_given_their_columns_again() -> None:
    (row,) = read(LEVELS).themes[0].stages["diagnosis"]
    assert row.feedback == (1, 2)
    assert cells(row) == {
        "irritant": [
            "Les réunions du soir tombent à l’heure des transports, sans solution de garde pour les enfants qui"
            " viennent de toutes les parties de la commune",
            "Rien ne prévient des changements avant le matin même, dans les écoles à classe unique",
        ],
        "strength": ["Chacun connaît les outils que les autres ont choisis pour leur classe"],
    }


def test_each_statement_put_in_order_is_told_with_its_line() -> None:
    synthesis = read(LEVELS)
    (row,) = synthesis.themes[0].stages["diagnosis"]
    (said,) = [warning for warning in synthesis.warnings if warning.message.startswith("À vérifier")]
    (lines,) = re.findall(r"Texte incertain : recomposé de morceaux séparés – lignes ([\d, ]+)", said.message)
    stood = {item.source.line for items in row.cells.values() for item in items if item.source}
    assert {int(line) for line in lines.split(", ")} == stood
    assert said.text is None


def test_a_block_of_one_column_stays_as_it_is() -> None:
    lines = (
        "► Travailler ensemble autrement\n\n► 1\n\n► Les réunions du soir tombent mal\n► Rien ne prévient des",
        "changements avant le matin\n► Personne à joindre\n► Pas de salle pour les\nréunions d’équipe\n\n► Un lieu",
    )
    (row,) = read(lines).themes[0].stages["diagnosis"]
    assert cells(row) == {
        "irritant": [
            "Les réunions du soir tombent mal",
            "Rien ne prévient des changements avant le matin",
            "Personne à joindre",
            "Pas de salle pour les réunions d’équipe",
        ],
        "strength": ["Un lieu"],
    }


PLAN_START = (
    "THEMATIQUE N°1 : Travailler ensemble autrement\n3. Plan d’actions\n"
    "Thématique\nAxes d’amélioration\nActions à mener\nActeurs mobilisés\nconcernée (parmi les\nprincipaux (Quoi)\n"
    "(Comment)\n5)\n"
)
PLAN = (
    "► Travailler ensemble ► Garder un lieu ouvert",
    "► Demander aux mairies",
    "► Maires et élus des",
    "autrement",
    "le soir dans chaque",
    "les salles chauffées",
    "communes voisines",
    "bourg du canton",
    "► Écrire aux élus pour",
    "► Gardiens",
    "les trajets du soir des",
    "► Parents et proches",
    "familles sans voiture",
    "des élèves",
    "► Préparer une",
    "fiche courte pour la",
    "commune d’accueil",
)


def test_what_statements_look_like_tells_level_cells_apart() -> None:
    text = PLAN_START + "\n".join(PLAN) + END
    (row,) = READER.read(io.BytesIO(text.encode()), METHOD).themes[0].stages["action_plan"]
    assert {kind: own for kind, own in cells(row).items() if kind in ("lever", "action", "actor")} == {
        "lever": ["Garder un lieu ouvert le soir dans chaque bourg du canton"],
        "action": [
            "Demander aux mairies les salles chauffées",
            "Écrire aux élus pour les trajets du soir des familles sans voiture",
            "Préparer une fiche courte pour la commune d’accueil",
        ],
        "actor": [
            "Maires et élus des communes voisines",
            "Gardiens",
            "Parents et proches des élèves",
        ],
    }


def test_each_document_that_would_give_the_same_text_is_placed_or_told() -> None:
    headings = "\n\n".join(column.heading for column in METHOD.stages[1].columns)
    text = (
        "THEMATIQUE N°1 : Travailler ensemble autrement\n2. Projections\n"
        f"{METHOD.theme_heading}\n\n{headings}\n\n• Travailler ensemble autrement\n\n"
        "• Un lieu ouvert • Un tableau de\naux familles\nbord relu\nle mercredi\navec les élus\n\n"
        f"• Une charte\n\n{METHOD.stages[1].caption}\n\f"
    )
    synthesis = READER.read(io.BytesIO(text.encode()), METHOD)
    found = {warning.text for warning in synthesis.warnings} | {
        text
        for row in synthesis.themes[0].stages["projections"]
        for own in cells(row).values()
        for text in own
    }
    for document in DOCUMENTS:
        assert {" ".join(cell).removeprefix("• ") for cell in document} <= found


NARROW = (
    "► Travailler",
    "► Réserver une",
    "► Communautés",
    "ensemble",
    "salle au calme",
    "de",
    "autrement",
    "chaque jeudi",
    "reconditionnem",
    "► Prêter des",
    "ent",
    "postes remis à",
    "► Mairies",
    "neuf",
)


def test_a_word_that_a_narrow_column_cuts_is_whole_again_among_woven_lines() -> None:
    text = PLAN_START + "\n".join(NARROW) + "\n\n► Ateliers de reconditionnement" + END
    synthesis = READER.read(io.BytesIO(text.encode()), METHOD)
    (row,) = synthesis.themes[0].stages["action_plan"]
    placed = {text for own in cells(row).values() for text in own}
    assert {"Réserver une salle au calme chaque jeudi", "Prêter des postes remis à neuf", "Mairies"} <= placed
    assert "Communautés de reconditionnement" in placed


def test_a_theme_cell_whose_lines_touch_the_next_is_parted_from_it() -> None:
    lines = (
        "► Favoriser le développement ► Parents sans lien : un",
        "d’un numérique responsable seul des deux reçoit les",
        "et souverain",
        "nouvelles",
    )
    title = "Favoriser le développement d’un numérique responsable et souverain"
    text = START.replace("Travailler ensemble autrement", title) + "\n".join(lines) + END
    synthesis = READER.read(io.BytesIO(text.encode()), METHOD)
    assert "Parents sans lien : un seul des deux reçoit les nouvelles" in {
        warning.text for warning in synthesis.warnings
    }


def test_a_bullet_left_alone_by_a_long_word_is_that_words_and_no_others() -> None:
    lines = (
        "► Travailler ensemble autrement\n\n►\nIntercommunalités\nvoisines\n\n► Dès l’hiver\n2027 au plus tard",
    )
    (row,) = read(lines).themes[0].stages["diagnosis"]
    assert {text for own in cells(row).values() for text in own} == {
        "Intercommunalités voisines",
        "Dès l’hiver 2027 au plus tard",
    }


def test_a_line_wider_than_any_cell_is_of_two_that_are_told() -> None:
    level = (
        "► Les salles ferment à six",
        "heures du soir l’hiver",
        "► Les clés passent de main",
        "en main depuis un mois",
        "► Les cars partent avant la",
        "fin des cours du lundi",
    )
    block = "► Portes closes\n► Un accueil tenu par des personnes\nélèves de première"
    synthesis = read([*LEVELS[:2], "", *level, "", block, "", "► Une règle"])
    found = {warning.text for warning in synthesis.warnings}
    assert {"Un accueil tenu par des élèves de première", "Portes closes personnes"} <= found


def test_a_hyphen_that_was_taken_away_ends_a_line() -> None:
    part = TablePart(METHOD.stages[0], "", lines=read_lines("► Au cheflieu de canton\n► Le soir"), chunks=[1])
    parted = broken(part, {"cheflieu": "chef-lieu"})
    assert [line.text for line in parted.lines] == ["► Au chef-", "lieu de canton", "► Le soir"]
    assert parted.chunks == [2]


def test_a_statement_that_ends_in_a_semicolon_as_others_do_does_not_go_on_below_the_next() -> None:
    title = "► Travailler ensemble\nautrement\n\n"
    row = (
        f"{title}► Les services disent ne\njamais être consultés ;\n\n"
        "► Que chacun sache ce que fait l’autre ;\n► Une convention commune plutôt que dix\nconventions ;\n\n"
        "► Associer les partenaires dès l’écriture du\nprojet, d’abord dans les quartiers ;\n"
        "► Créer un rendez-vous annuel ;\n\n"
    )
    headings = "Irritants principaux\n\nBesoin\n\n" + (
        "Axes d’amélioration ou leviers permettant\nde répondre aux besoins correspondants\naux irritants\n\n"
    )
    text = (
        "THEMATIQUE N°1 : Travailler ensemble autrement\n2. Projections\n"
        f"Thématique concernée\n(parmi les 5)\n\n{headings}{row * 8}\f"
    )
    synthesis = READER.read(io.BytesIO(text.encode()), METHOD)
    assert [cells(row)["need"] for row in synthesis.themes[0].stages["projections"]] == [
        ["Que chacun sache ce que fait l’autre ;", "Une convention commune plutôt que dix conventions ;"]
    ] * 8


def test_a_statement_that_ends_in_a_semicolon_does_not_seem_cut() -> None:
    ends = (" classe", " commune", " unique")
    synthesis = read([f"{line} ;" if line.endswith(ends) else line for line in LEVELS])
    assert not [warning for warning in synthesis.warnings if "semble coupé" in warning.message]


def test_capitals_open_statements_within_woven_lines_where_no_statement_has_a_bullet() -> None:
    lines = (
        "Travailler ensemble autrement\n\n1, 2\n",
        "Les conseils du soir tombent plus Des salles, des armoires, un coin où préparer à",
        "souvent, finissent plus tard et",
        "plusieurs, surtout dans les collèges.",
        "lassent.",
        "Être autorisé à se tromper, donc à essayer.",
        "Les groupes de niveau, pourtant",
        "Un après-midi par mois pour se concerter",
        "voulus par les équipes, ne se",
        "inscrit dans le service.",
        "tiennent dans les faits que deux",
        "Une armoire commune, fermée à clé, ouverte",
        "fois l’an faute de salles libres et",
        "à tous.",
        "de trajets possibles, surtout en",
        "hiver.",
    )
    (row,) = read(lines).themes[0].stages["diagnosis"]
    assert [text for kind in ("irritant", "strength") for text in cells(row)[kind]] == [
        "Les conseils du soir tombent plus souvent, finissent plus tard et lassent.",
        "Les groupes de niveau, pourtant voulus par les équipes, ne se tiennent dans les faits que deux fois l’an"
        " faute de salles libres et de trajets possibles, surtout en hiver.",
        "Des salles, des armoires, un coin où préparer à plusieurs, surtout dans les collèges.",
        "Être autorisé à se tromper, donc à essayer.",
        "Un après-midi par mois pour se concerter inscrit dans le service.",
        "Une armoire commune, fermée à clé, ouverte à tous.",
    ]
