"""`cahiers imports run`: reads the documents that people dropped and that wait."""

import argparse

from cahiers.language import gettext as _


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("imports", help=_("lire les documents déposés qui attendent"))
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    running = actions.add_parser("run", help=_("lire ceux qui attendent, du plus ancien au plus récent"))
    running.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0, whatever was readable: what is not says so on its own page."""
    import django

    django.setup()
    from django.utils import timezone

    from cahiers.notebooks.intake.reading import read_next

    while draft := read_next(now=timezone.now()):
        print(f"{draft.name} : {draft.message or draft.get_state_display()}")
    return 0
