"""What goes in, Passage, and what comes out, Analysis: plain frozen data without any behaviour of a library."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from cahiers.textkit.counts import Counts
from cahiers.textkit.french import Span
from cahiers.textkit.vectors import Parameter

OUTLIER = ""  # the group key of a remark that stands alone
UNSURE = 0.4  # probability of a kind under which six proposals in ten are wrong, of 43 measured


@dataclass(frozen=True, slots=True)
class Passage:
    """One remark as it was said.

    ``author_key`` is a pseudonym: two passages with the same key come from one person; None means unknown.
    ``group`` is whatever the reader compares (category, territory...). ``weight`` is how many people it stands for.
    """

    id: str
    text: str
    author_key: str | None = None
    meeting: str | None = None
    group: str | None = None
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Proposal:
    """A label that the machine suggests; ``score`` is a calibrated probability, ``words`` those that weighed most."""

    label: str
    score: float
    words: tuple[str, ...] = ()


def digest_of(text: str) -> str:
    """Twelve hexadecimal digits by which a later run knows the same words again."""
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


@dataclass(frozen=True, slots=True)
class Unit:
    """What is labelled and grouped: a whole passage, or one sentence of it.

    ``span`` gives offsets into the passage's original text, ``sentences`` those of its sentences. ``affinity`` is the
    cosine with the group's centre. ``digest`` tells a later run whether the words have changed since.
    """

    id: str
    passage: str
    span: Span
    digest: str = ""
    sentences: tuple[Span, ...] = ()
    kinds: tuple[Proposal, ...] = ()
    polarity: Proposal | None = None
    themes: tuple[Proposal, ...] = ()
    group: str = OUTLIER
    affinity: float = 0.0

    @property
    def kind(self) -> str | None:
        """The likeliest kind, ``unsure`` where it is hardly likely, None where none was sought."""
        if not self.kinds:
            return None
        return self.kinds[0].label if self.kinds[0].score >= UNSURE else "unsure"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two passages said to be the same, on what evidence (``exact``, ``lexical`` or ``paraphrase``)."""

    first: str
    second: str
    evidence: str
    score: float


@dataclass(frozen=True, slots=True)
class DuplicateSet:
    """Passages that say the same thing in the same words; ``pairs`` is the log that justifies each joining."""

    kept: str
    members: tuple[str, ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A group of units: level 0 is the broadest. ``parent`` is the key of a group one level above, or None.

    ``sentence`` is somebody's own short sentence nearest the centre; ``terms`` are as typed by the members.
    ``central`` and ``edge`` are unit ids. ``draft`` was written by a model, each sentence citing members.
    """

    key: str
    level: int
    parent: str | None
    name: str
    sentence: str
    terms: tuple[str, ...]
    units: tuple[str, ...]
    central: tuple[str, ...]
    edge: tuple[str, ...]
    cohesion: float
    counts: Counts
    position: tuple[float, float] = (0.0, 0.0)
    validated: bool = False
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Method:
    """What is needed to run it again: names, versions, parameters, seed and a digest of the input."""

    vectoriser: str
    version: str
    seed: int
    input_digest: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    libraries: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Drift:
    """What a rerun changed, in group keys and passage ids.

    ``vanished`` gives the names of groups that no report shows any more; ``added`` counts new passages, and those
    of ``corrected`` had other words before.
    """

    joined: Mapping[str, int] = field(default_factory=dict)
    created: tuple[str, ...] = ()
    vanished: Mapping[str, str] = field(default_factory=dict)
    added: int = 0
    corrected: tuple[str, ...] = ()
    removed_passages: tuple[str, ...] = ()
    loosened: Mapping[str, float] = field(default_factory=dict)
    kept_share: float = 1.0


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that was found, each finding with the passages behind it."""

    units: tuple[Unit, ...]
    groups: tuple[Group, ...]
    duplicates: tuple[DuplicateSet, ...]
    paraphrases: tuple[Pair, ...]
    counts: Counts
    method: Method
    drift: Drift | None = None

    @property
    def outliers(self) -> tuple[str, ...]:
        return tuple(unit.id for unit in self.units if unit.group == OUTLIER)

    def at_level(self, level: int) -> tuple[Group, ...]:
        return tuple(group for group in self.groups if group.level == level)
