"""Importing, publishing and editing notebooks."""

from cahiers.notebooks.actions.editions import NothingChanged, publish, restore, withdraw
from cahiers.notebooks.actions.imports import AlreadyImported, SourceFile, import_synthesis

__all__ = [
    "AlreadyImported",
    "NothingChanged",
    "SourceFile",
    "import_synthesis",
    "publish",
    "restore",
    "withdraw",
]
