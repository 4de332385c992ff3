"""``python -m cahiers.textkit FICHIER.csv --text COL -o rapport.html``."""

import argparse
import os
import sys

from cahiers.language import asked, speaking
from cahiers.language import gettext as _
from cahiers.textkit.command import add_arguments, run


def main() -> int:
    with speaking(asked(os.environ)):
        parser = argparse.ArgumentParser(
            prog="python -m cahiers.textkit", description=_("Grouper, nommer et compter des remarques.")
        )
        add_arguments(parser)
        return run(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
