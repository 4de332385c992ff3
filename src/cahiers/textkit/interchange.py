"""An Analysis as JSON and back: the file that a later run starts from."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import IO, Any

from cahiers.textkit.counts import Cell, Counts
from cahiers.textkit.french import Span
from cahiers.textkit.model import Analysis, Drift, DuplicateSet, Group, Method, Pair, Proposal, Unit

FORMAT = "cahiers/analysis/1"


def write(analysis: Analysis, stream: IO[str], *, people: Mapping[str, Cell] | None = None) -> None:
    """UTF-8, keys in a fixed order: two equal analyses make two equal files.

    ``people`` are the numbers that may be told, by key of group ("" is all remarks): null stands for any other.
    """
    data = asdict(analysis)
    if people is not None:
        data["counts"]["people"] = people.get("")
        for group in data["groups"]:
            group["counts"]["people"] = people.get(group["key"])
    json.dump({"format": FORMAT, **data}, stream, ensure_ascii=False, indent=1)
    stream.write("\n")


def read(stream: IO[str]) -> Analysis:
    """ValueError where the file is not one of ours. Numbers of people that it does not tell are read as 0."""
    data = json.load(stream)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ValueError(f"not a {FORMAT} file")
    return Analysis(
        units=tuple(_unit(unit) for unit in data["units"]),
        groups=tuple(_group(group) for group in data["groups"]),
        duplicates=tuple(_duplicates(entry) for entry in data["duplicates"]),
        paraphrases=tuple(Pair(**pair) for pair in data["paraphrases"]),
        counts=_counts(data["counts"]),
        method=Method(**data["method"]),
        drift=Drift(**_tuples(data["drift"])) if data["drift"] else None,
    )


def _unit(data: Mapping[str, Any]) -> Unit:
    return Unit(
        **{
            **data,
            "span": Span(**data["span"]),
            "sentences": tuple(Span(**span) for span in data["sentences"]),
            "kinds": tuple(_proposal(entry) for entry in data["kinds"]),
            "themes": tuple(_proposal(entry) for entry in data["themes"]),
            "polarity": _proposal(data["polarity"]) if data["polarity"] else None,
        }
    )


def _proposal(data: Mapping[str, Any]) -> Proposal:
    return Proposal(data["label"], data["score"], tuple(data["words"]))


def _group(data: Mapping[str, Any]) -> Group:
    return Group(**{**_tuples(data), "counts": _counts(data["counts"])})


def _counts(data: Mapping[str, Any]) -> Counts:
    return Counts(**{**data, "people": data["people"] or 0})


def _duplicates(data: Mapping[str, Any]) -> DuplicateSet:
    return DuplicateSet(data["kept"], tuple(data["members"]), tuple(Pair(**pair) for pair in data["pairs"]))


def _tuples(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
