"""Understand French remarks at scale: themes, kinds, duplicates, groups and names, proposed for people to decide."""

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
