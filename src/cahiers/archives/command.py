"""`cahiers backup` and `cahiers restore`."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from cahiers.language import gettext as _
from cahiers.reasons import why


def add_parsers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    saving = commands.add_parser("backup", help=_("sauvegarder toute l’installation dans un fichier"))
    saving.add_argument("file", type=Path, metavar=_("FICHIER"), help=_("archive à écrire (.zip)"))
    saving.add_argument("--force", action="store_true", help=_("remplacer un fichier qui existe"))
    saving.set_defaults(run=run_backup)

    restoring = commands.add_parser("restore", help=_("restaurer une sauvegarde dans une installation vide"))
    restoring.add_argument("file", type=Path, metavar=_("FICHIER"), help=_("archive à lire"))
    restoring.set_defaults(run=run_restore)


def run_backup(arguments: argparse.Namespace) -> int:
    """The archive is written beside its name, then renamed: it is whole or absent."""
    target: Path = arguments.file
    if target.exists() and not arguments.force:
        return _refuse(f"« {target} » existe déjà : choisissez un autre nom, ou ajoutez --force.")
    import django

    django.setup()
    from django.utils import timezone

    from cahiers.archives.backup import backup

    temporary = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
        temporary = Path(name)
        with os.fdopen(handle, "w+b") as stream:
            backup(stream=stream, now=timezone.now(), progress=_progress)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(target)
    except OSError as error:
        return _refuse(f"« {target} » ne peut être écrit ({why(error)}).")
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        _progress("")
    weight = f"{target.stat().st_size / 1e6:.1f}".replace(".", ",")
    print(f"{target} : {weight} Mo")
    return 0


def run_restore(arguments: argparse.Namespace) -> int:
    """Makes the tables where there are none, then puts everything back."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from cahiers.archives.contents import ArchiveError
    from cahiers.archives.restore import restore

    try:
        with arguments.file.open("rb") as stream:
            settings.VAR.mkdir(parents=True, exist_ok=True)
            call_command("migrate", verbosity=0, interactive=False)
            restore(stream=stream, progress=_progress)
    except OSError as error:
        return _refuse(f"« {arguments.file} » ne se lit pas ({why(error)}).")
    except ArchiveError as error:
        return _refuse(str(error))
    finally:
        _progress("")
    print("Tout est remis en place ; chacun se connectera à nouveau.")
    return 0


def _progress(step: str) -> None:
    """Names the table at hand on one line of the terminal, nothing elsewhere."""
    if sys.stderr.isatty():
        print(f"\r\033[K{step}", end="", file=sys.stderr, flush=True)


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2
