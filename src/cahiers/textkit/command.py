"""The sub-command ``analyse``: its options, without the libraries that it needs only when it runs."""

import argparse
from pathlib import Path
from typing import Any

from cahiers.language import gettext as _


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Adds ``analyse`` to a command's sub-parsers."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "analyse",
        help=_("grouper, nommer et compter les remarques d’un fichier CSV"),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description=_(
            "Lit un tableau de remarques, une par ligne, dont la première nomme les colonnes.\n"
            "Rend un rapport : groupes, noms, comptes, copies, ce qui a changé depuis la fois précédente.\n"
            "Rien ne quitte la machine."
        ),
        epilog=_(
            "exemple :\n  cahiers analyse reponses.csv --text Réponse --by Académie --author Voix -o rapport.html"
        ),
    )
    add_arguments(parser)
    parser.set_defaults(run=run)
    return parser


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar=_("FICHIER.csv"), help=_("une remarque par ligne"))
    parser.add_argument("--text", required=True, metavar=_("COL"), help=_("colonne du texte"))
    parser.add_argument(
        "--by", metavar=_("COL"), help=_("colonne à croiser avec les groupes (catégorie, territoire…)")
    )
    parser.add_argument(
        "--id", metavar=_("COL"), help=_("colonne des identifiants ; à défaut, le numéro de ligne")
    )
    parser.add_argument(
        "--author", metavar=_("COL"), help=_("colonne qui distingue les personnes (pseudonyme)")
    )
    parser.add_argument("--meeting", metavar=_("COL"), help=_("colonne de la rencontre"))
    parser.add_argument("--weight", metavar=_("COL"), help=_("colonne du nombre de personnes représentées"))
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar=_("RAPPORT"),
        help=_("fichier .html, .xlsx ou .json"),
    )
    parser.add_argument(
        "--themes", type=Path, metavar=_("GRILLE.json"), help=_("grille de thèmes à proposer")
    )
    parser.add_argument("--sentences", action="store_true", help=_("grouper chaque phrase séparément"))
    parser.add_argument(
        "--lexical", action="store_true", help=_("se passer des vecteurs de mots et de phrases")
    )
    parser.add_argument(
        "--encoder", type=Path, metavar=_("DOSSIER"), help=_("dossier d’un modèle sentence-transformers")
    )
    parser.add_argument(
        "--seed", type=int, default=0, metavar="N", help=_("graine ; la même donne le même résultat")
    )
    parser.add_argument(
        "--internal", action="store_true", help=_("ne pas masquer les petits nombres de personnes")
    )
    parser.add_argument("--fresh", action="store_true", help=_("ignorer l’analyse précédente"))
    parser.add_argument("--quiet", action="store_true", help=_("ne pas montrer l’avancement"))


def run(args: argparse.Namespace) -> int:
    """Exit status 0, or 2 with a sentence on standard error where the file or an option cannot be used."""
    # Numerical libraries take a second to load: other commands of the same program must not wait for them.
    from cahiers.textkit.execution import run as execute

    return execute(args)
