"""Importing, publishing and editing notebooks."""

from cahiers.notebooks.actions.editions import publish, withdraw
from cahiers.notebooks.actions.imports import AlreadyImported, SourceFile, import_synthesis

__all__ = ["AlreadyImported", "SourceFile", "import_synthesis", "publish", "withdraw"]
