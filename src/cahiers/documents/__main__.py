"""`python -m cahiers.documents`: the commands of this package where the rest of Cahiers is not installed."""

import argparse
import os
import sys

from cahiers.documents.command import add_parsers
from cahiers.language import asked, speaking
from cahiers.language import gettext as _


def main() -> int:
    with speaking(asked(os.environ)):
        parser = argparse.ArgumentParser(prog="python -m cahiers.documents")
        add_parsers(parser.add_subparsers(title=_("commandes"), required=True, metavar=_("COMMANDE")))
        parsed = parser.parse_args()
        status = parsed.run(parsed)
    assert isinstance(status, int)
    return status


if __name__ == "__main__":
    sys.exit(main())
