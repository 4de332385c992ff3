"""The sub-command ``analyse``: its options, without the libraries that it needs only when it runs."""

import argparse
from pathlib import Path
from typing import Any


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Adds ``analyse`` to a command's sub-parsers."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "analyse",
        help="grouper, nommer et compter les remarques d’un fichier CSV",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description=(
            "Lit un tableau de remarques, une par ligne, dont la première nomme les colonnes.\n"
            "Rend un rapport\u00a0: groupes, noms, comptes, copies, ce qui a changé depuis la fois précédente.\n"
            "Rien ne quitte la machine."
        ),
        epilog=(
            "exemple\u00a0:\n  cahiers analyse reponses.csv --text Réponse --by Académie --author Voix -o rapport.html"
        ),
    )
    add_arguments(parser)
    parser.set_defaults(run=run)
    return parser


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FICHIER.csv", help="une remarque par ligne")
    parser.add_argument("--text", required=True, metavar="COL", help="colonne du texte")
    parser.add_argument(
        "--by", metavar="COL", help="colonne à croiser avec les groupes (catégorie, territoire…)"
    )
    parser.add_argument("--id", metavar="COL", help="colonne des identifiants ; à défaut, le numéro de ligne")
    parser.add_argument("--author", metavar="COL", help="colonne qui distingue les personnes (pseudonyme)")
    parser.add_argument("--meeting", metavar="COL", help="colonne de la rencontre")
    parser.add_argument("--weight", metavar="COL", help="colonne du nombre de personnes représentées")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="RAPPORT", help="fichier .html, .xlsx ou .json"
    )
    parser.add_argument("--themes", type=Path, metavar="GRILLE.json", help="grille de thèmes à proposer")
    parser.add_argument("--sentences", action="store_true", help="grouper chaque phrase séparément")
    parser.add_argument("--lexical", action="store_true", help="se passer des vecteurs de mots et de phrases")
    parser.add_argument(
        "--encoder", type=Path, metavar="DOSSIER", help="dossier d’un modèle sentence-transformers"
    )
    parser.add_argument(
        "--seed", type=int, default=0, metavar="N", help="graine ; la même donne le même résultat"
    )
    parser.add_argument(
        "--internal", action="store_true", help="ne pas masquer les petits nombres de personnes"
    )
    parser.add_argument("--fresh", action="store_true", help="ignorer l’analyse précédente")
    parser.add_argument("--quiet", action="store_true", help="ne pas montrer l’avancement")


def run(args: argparse.Namespace) -> int:
    """Exit status 0, or 2 with a sentence on standard error where the file or an option cannot be used."""
    # Numerical libraries take a second to load: other commands of the same program must not wait for them.
    from cahiers.textkit.execution import run as execute

    return execute(args)
