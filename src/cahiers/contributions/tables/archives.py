"""Tables out of a zip of exports, such as Decidim's open data: every file that holds one, the rest named."""

import zipfile
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath
from typing import Final

from cahiers.contributions.tables import packages
from cahiers.contributions.tables.model import Table
from cahiers.contributions.tables.streams import DAMAGED, Opener, shared, spooled
from cahiers.contributions.tables.structures import described, read_structure
from cahiers.documents.errors import Unreadable

#: Files of an archive that are opened, and endings of those that may hold a table.
MAX_FILES: Final = 60
ENDINGS: Final = frozenset({".csv", ".tsv", ".tab", ".txt", ".json", ".xlsx", ".xlsm", ".ods"})
STRUCTURE: Final = ".lss"
ZIPPED: Final = frozenset({".xlsx", ".xlsm", ".ods"})

Reader = Callable[[Opener, str], tuple[list[Table], list[str]]]


def tables(opener: Opener, read: Reader) -> tuple[list[Table], list[str]]:
    """Tables of an archive's files, read by `read`; a LimeSurvey structure among them tells of the others.

    Raises Unreadable where no file holds a table.
    """
    opened = packages.archive(opener)
    names = [
        info.filename for info in opened.infolist() if not info.is_dir() and not _is_noise(info.filename)
    ]
    wanted = [
        name for name in names if PurePosixPath(name).suffix.lower() in ENDINGS and not _is_notice(name)
    ]
    found: list[Table] = []
    remarks: list[str] = []
    for name in wanted[:MAX_FILES]:
        try:
            more, said = read(_part(opened, name), name)
        except Unreadable as error:
            remarks.append(f"« {name} » est laissé de côté. {error}")
        except DAMAGED:
            remarks.append(f"« {name} » est abîmé : il est laissé de côté.")
        except Exception as error:  # zlib.error and lzma.LZMAError share no useful base class
            if type(error).__module__ not in {"zlib", "lzma", "_lzma", "bz2"}:
                raise
            remarks.append(f"« {name} » est abîmé : il est laissé de côté.")
        else:
            found += more
            remarks += said
    left = [name for name in names if name not in wanted[:MAX_FILES] and not name.lower().endswith(STRUCTURE)]
    if left:
        remarks.append(
            f"Laissés de côté, faute de tableau : {', '.join(left[:20])}{'…' if len(left) > 20 else ''}."
        )
    if not found:
        raise Unreadable(
            f"L’archive ne contient aucun tableau (CSV, JSON, XLSX, ODS). {remarks[0] if remarks else ''}".strip()
        )
    return _told(found, opened, names), remarks


def _told(found: Sequence[Table], opened: zipfile.ZipFile, names: Sequence[str]) -> list[Table]:
    structures = [
        read_structure(packages.part(opened, name)) for name in names if name.lower().endswith(STRUCTURE)
    ]
    told = list(found)
    for structure in structures[:5]:
        told = [described(table, structure) for table in told]
    return told


def _part(opened: zipfile.ZipFile, name: str) -> Opener:
    part = packages.part(opened, name)
    if PurePosixPath(name).suffix.lower() not in ZIPPED:
        return part
    with part() as stream:
        return shared(spooled(stream))


def _is_noise(name: str) -> bool:
    path = PurePosixPath(name)
    return path.name.startswith((".", "~$")) or "__MACOSX" in path.parts


def _is_notice(name: str) -> bool:
    return PurePosixPath(name).name.lower().startswith(("readme", "lisezmoi", "license", "licence"))
