"""Understand French remarks at scale: themes, kinds, duplicates, groups and names, proposed for people to decide."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cahiers.textkit.analysis import analyse
    from cahiers.textkit.codebooks import Codebook, Theme
    from cahiers.textkit.counts import Counts, count, suppress
    from cahiers.textkit.encoders import FolderEncoder, FusedVectoriser, UniversalEncoder, default_vectoriser
    from cahiers.textkit.lexical import LexicalVectoriser
    from cahiers.textkit.model import Analysis, Passage
    from cahiers.textkit.steering import Steering
    from cahiers.textkit.vectors import Features, Vectoriser

__all__ = [
    "Analysis", "Codebook", "Counts", "Features", "FolderEncoder", "FusedVectoriser", "LexicalVectoriser", "Passage",
    "Steering", "Theme", "UniversalEncoder", "Vectoriser", "analyse", "count", "default_vectoriser", "suppress",
]  # fmt: skip

# The command line lists `analyse` without its libraries, which are an extra: each name is loaded when it is asked for.
_HOMES = {
    "analysis": ("analyse",),
    "codebooks": ("Codebook", "Theme"),
    "counts": ("Counts", "count", "suppress"),
    "encoders": ("FolderEncoder", "FusedVectoriser", "UniversalEncoder", "default_vectoriser"),
    "lexical": ("LexicalVectoriser",),
    "model": ("Analysis", "Passage"),
    "steering": ("Steering",),
    "vectors": ("Features", "Vectoriser"),
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"cahiers.textkit.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
