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
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Each name is fetched when first asked for: numerical libraries take a second to load."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
