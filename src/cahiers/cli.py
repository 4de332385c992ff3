"""The command line."""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import NoReturn

from cahiers.language import FRENCH, asked, labelled, speaking, spoken
from cahiers.language import gettext as _

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


#: What argparse says in English whatever the language of the person, and the French of it.
ARGPARSE = (
    (r"^usage: ", "usage\u00a0: "),
    (r"^positional arguments:$", "arguments\u00a0:"),
    (r"^(\w[^:\n]*\w):$", "\\1\u00a0:"),
    (r"show this help message and exit", "montrer cette aide"),
    (r"the following arguments are required: ", "il manque "),
    (r"argument (\S+): expected (?:one|at least one) argument", "\\1 attend une valeur"),
    (r"argument (\S+): invalid int value: '(.*)'", "\\1\u00a0: «\u00a0\\2\u00a0» n’est pas un nombre entier"),
    (r"argument (\S+): invalid \w+ value: '(.*)'", "\\1\u00a0: «\u00a0\\2\u00a0» ne convient pas"),
    (
        r"argument (.+): invalid choice: '(.*)' \(choose from (.*)\)",
        "\\1\u00a0: «\u00a0\\2\u00a0» n’est pas l’un de \\3",
    ),
    (r"argument (\S+): not allowed with argument (\S+)", "\\1 ne va pas avec \\2"),
    (r"unrecognized arguments: ", "inconnu\u00a0: "),
    (r"ambiguous option: (\S+) could match (.*)", "\\1 peut être \\2"),
)


class Parser(argparse.ArgumentParser):
    """Speaks the language of the person, its sub-parsers too."""

    def format_help(self) -> str:
        return _in_french(super().format_help())

    def format_usage(self) -> str:
        return _in_french(super().format_usage())

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, labelled(self.prog, _in_french(message)) + "\n")


def _in_french(text: str) -> str:
    if spoken() != FRENCH:
        return text
    for english, french in ARGPARSE:
        text = re.sub(english, french, text, flags=re.MULTILINE)
    return text


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status of the command: 0, or 2 where what was given cannot be worked on."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cahiers.settings")
    with speaking(asked(os.environ)):
        parsed = _parser().parse_args(arguments)
        try:
            status = parsed.run(parsed)
        except KeyboardInterrupt:
            print("\n" + _("Interrompu."), file=sys.stderr)
            return 130
    assert isinstance(status, int)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="cahiers",
        description=_("Concertations : de la parole du terrain à un plan que l’on suit."),
        # Wide enough for each command to hold on its line.
        formatter_class=lambda prog: argparse.HelpFormatter(prog, width=120, max_help_position=28),
    )
    commands = parser.add_subparsers(
        title=_("commandes"), dest="command", required=True, metavar=_("COMMANDE [OPTIONS, FICHIERS]")
    )
    for name in filter(find_spec, COMMANDS):
        module = import_module(name)
        # A room of one command has add_parser, one of several add_parsers.
        (getattr(module, "add_parsers", None) or module.add_parser)(commands)
    migrate = commands.add_parser("migrate", help=_("mettre la base de données à jour"))
    migrate.set_defaults(run=lambda parsed: _django("migrate"))
    manage = commands.add_parser(
        "manage", help=_("lancer une commande de Django"), prefix_chars="\0", add_help=False
    )
    manage.add_argument("rest", nargs="*")
    manage.set_defaults(run=lambda parsed: _django(*parsed.rest))
    return parser


def _django(*arguments: str) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["cahiers manage", *arguments])
    return 0
