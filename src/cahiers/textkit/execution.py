"""The sub-command ``analyse``; its libraries are an extra, loaded when it runs."""

import argparse
import gc
import sys
from typing import Any

from cahiers.language import gettext as _
from cahiers.language import labelled, quoted


def run(args: argparse.Namespace, **options: Any) -> int:
    """Exit status 0, or 2 with a sentence on standard error where something is missing or cannot be used."""
    try:
        from cahiers.textkit import running
    except ModuleNotFoundError as error:
        print(
            labelled(
                "cahiers analyse",
                _(
                    "il manque la bibliothèque %(name)s. Installez l’extra « analysis » : %(command)s "
                    "(et « encoder » pour rapprocher les phrases par le sens)."
                )
                % {"name": quoted(error.name), "command": "pip install 'cahiers[analysis]'"},
            ),
            file=sys.stderr,
        )
        return 2
    gc.freeze()  # what libraries are made of is not looked through again at each collection: a tenth of the time
    return running.run(args, **options)
