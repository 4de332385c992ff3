"""The command line."""

import argparse
import os
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

#: Modules that add commands; none imports Django or a format's library before its command runs.
COMMANDS = (
    "cahiers.documents.command",
    "cahiers.endpoints.command",
    "cahiers.consultations.command",
    "cahiers.contributions.command",
    "cahiers.contributions.intake.command",
    "cahiers.notebooks.command",
    "cahiers.notebooks.intake.command",
    "cahiers.territories.command",
    "cahiers.archives.command",
    "cahiers.demo.command",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status of the command: 0, or 2 where what was given cannot be worked on."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cahiers.settings")
    parsed = _parser().parse_args(arguments)
    status = parsed.run(parsed)
    assert isinstance(status, int)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cahiers",
        description="Concertations : de la parole du terrain à un plan que l’on suit.",
        # Wide enough for each command to hold on its line.
        formatter_class=lambda prog: argparse.HelpFormatter(prog, width=120, max_help_position=28),
    )
    commands = parser.add_subparsers(
        title="commandes", dest="command", required=True, metavar="COMMANDE [OPTIONS, FICHIERS]"
    )
    for name in filter(find_spec, COMMANDS):
        module = import_module(name)
        # A room of one command has add_parser, one of several add_parsers.
        (getattr(module, "add_parsers", None) or module.add_parser)(commands)
    migrate = commands.add_parser("migrate", help="mettre la base de données à jour")
    migrate.set_defaults(run=lambda parsed: _django("migrate"))
    manage = commands.add_parser(
        "manage", help="lancer une commande de Django", prefix_chars="\0", add_help=False
    )
    manage.add_argument("rest", nargs="*")
    manage.set_defaults(run=lambda parsed: _django(*parsed.rest))
    return parser


def _django(*arguments: str) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["cahiers manage", *arguments])
    return 0
