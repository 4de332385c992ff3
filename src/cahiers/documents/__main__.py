"""`python -m cahiers.documents`: the commands of this package where the rest of Cahiers is not installed."""

import argparse
import sys

from cahiers.documents.command import add_parsers


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m cahiers.documents")
    add_parsers(parser.add_subparsers(title="commandes", required=True, metavar="COMMANDE"))
    parsed = parser.parse_args()
    status = parsed.run(parsed)
    assert isinstance(status, int)
    return status


if __name__ == "__main__":
    sys.exit(main())
