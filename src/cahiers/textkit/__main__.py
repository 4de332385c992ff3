"""``python -m cahiers.textkit FICHIER.csv --text COL -o rapport.html``."""

import argparse
import sys

from cahiers.textkit.command import add_arguments, run


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m cahiers.textkit", description="Grouper, nommer et compter des remarques."
    )
    add_arguments(parser)
    return run(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
