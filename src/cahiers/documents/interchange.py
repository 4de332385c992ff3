"""A synthesis as plain data (dicts, lists, strings), as `synthesis.schema.json` describes it."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from cahiers import methods
from cahiers.documents.errors import NotASynthesis
from cahiers.documents.model import (
    FORMAT,
    Facilitator,
    Feedback,
    Item,
    Meeting,
    MeetingDate,
    Participant,
    Row,
    Source,
    Synthesis,
    ThemeBlock,
    Warning,
)
from cahiers.methods import Method

if TYPE_CHECKING:  # imported where a file is checked: no page reads one, and it takes 5 MB of each process
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

#: Beyond eighteen digits no database or spreadsheet keeps a whole number whole.
MAX_NUMBER: Final = 10**18 - 1
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_TYPES: Final = {
    "object": "un objet",
    "array": "une liste",
    "string": "un texte",
    "integer": "un nombre entier",
    "boolean": "vrai ou faux",
    "null": "null",
}


def to_dict(synthesis: Synthesis) -> dict[str, Any]:
    """Data that the schema accepts; optional members that equal their default are left out."""
    return {"format": FORMAT, **_plain(synthesis)}


def from_dict(data: object, method: Method | None = None) -> Synthesis:
    """Synthesis that the data describes, verbatim.

    `method` is the one to follow, by default the installed one that the data name. Raises NotASynthesis, whose
    sentence gives the place and the reason.
    """
    try:
        for error in _validator().iter_errors(data):
            raise _refusal(_path(error.absolute_path), _reason(error))
        _check_values(data)
    except RecursionError:
        raise _refusal("", "les données sont imbriquées trop profondément") from None
    assert isinstance(data, dict)
    synthesis = _synthesis(data)
    _check_method(synthesis, method)
    return synthesis


def kept(part: Synthesis | ThemeBlock | Meeting) -> dict[str, Any]:
    """A part alone as the interchange format has it, for whoever keeps it."""
    plain: dict[str, Any] = _plain(part)
    return plain


def kept_synthesis(data: dict[str, Any]) -> Synthesis:
    """Synthesis of data that to_dict made and someone kept: they are not checked again, which is most of the time."""
    return _synthesis(data)


def kept_theme(data: dict[str, Any]) -> ThemeBlock:
    """The same for one of its themes."""
    return _theme(data)


def kept_meeting(data: dict[str, Any]) -> Meeting:
    """The same for one of its meetings."""
    return _meeting(data, 0)


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        members = ((field, getattr(value, field.name)) for field in fields(value))
        return {
            field.name: _plain(member)
            for field, member in members
            if field.default is MISSING or member != field.default
        }
    if isinstance(value, Mapping):
        return {key: _plain(member) for key, member in value.items()}
    if isinstance(value, tuple):
        return [_plain(member) for member in value]
    if isinstance(value, date):
        return value.isoformat()
    return value


@cache
def _validator() -> "Draft202012Validator":
    from jsonschema import Draft202012Validator

    schema = files("cahiers.documents").joinpath("synthesis.schema.json").read_bytes()
    return Draft202012Validator(json.loads(schema))


def _refusal(path: str, reason: str) -> NotASynthesis:
    place = f"à l’endroit « {path} », " if path else ""
    return NotASynthesis(f"Ces données ne sont pas une synthèse : {place}{reason}.")


def _path(steps: Any) -> str:
    written = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return written.lstrip(".")


def _reason(error: "ValidationError") -> str:
    """What is wrong, in French; jsonschema's own message quotes the whole instance."""
    wanted: Any = error.validator_value
    instance: Any = error.instance
    match error.validator:
        case "type":
            names = [wanted] if isinstance(wanted, str) else wanted
            return f"on attend {' ou '.join(_TYPES[name] for name in names)}"
        case "required":
            missing = next(name for name in wanted if name not in instance)
            return f"il manque « {missing} »"
        case "additionalProperties":
            known = error.schema["properties"] if isinstance(error.schema, Mapping) else {}
            return f"« {_short(next(name for name in instance if name not in known))} » est inconnu"
        case "const":
            return f"on attend « {wanted} »"
        case "enum":
            return f"on attend {', '.join(str(value or 'null') for value in wanted)}"
        case "minLength":
            return "le texte est vide"
    return "la valeur n’est pas admise"


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"


def _check_values(data: object) -> None:
    """Refuse what a schema cannot: half characters and numbers beyond measure."""
    for path, value in _leaves(data, ()):
        if isinstance(value, str) and _SURROGATE.search(value):
            raise _refusal(_path(path), "le texte contient une moitié de caractère Unicode")
        if isinstance(value, int | float) and abs(value) > MAX_NUMBER:
            raise _refusal(_path(path), "le nombre est démesuré")


def _leaves(value: object, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], object]]:
    if isinstance(value, Mapping):
        for key, member in value.items():
            yield path, key
            yield from _leaves(member, (*path, key))
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from _leaves(member, (*path, index))
    else:
        yield path, value


def _check_method(synthesis: Synthesis, method: Method | None) -> None:
    if method is None:
        try:
            method = methods.get(synthesis.method)
        except KeyError:
            known = ", ".join(methods.keys())
            reason = f"la méthode « {_short(synthesis.method)} » est inconnue (on connaît : {known})"
            raise _refusal("method", reason) from None
    if synthesis.method != method.key:
        raise _refusal("method", f"la méthode est « {_short(synthesis.method)} », on attend « {method.key} »")
    kinds = {stage.key: stage.kinds for stage in method.stages}
    for number, theme in enumerate(synthesis.themes):
        for key, rows in theme.stages.items():
            if key not in kinds:
                reason = f"l’étape « {_short(key)} » n’existe pas dans la méthode « {method.key} »"
                raise _refusal(f"themes[{number}].stages", reason)
            for index, row in enumerate(rows):
                for kind in row.cells.keys() - set(kinds[key]):
                    reason = f"l’étape n’a pas d’énoncés « {_short(kind)} » dans la méthode « {method.key} »"
                    raise _refusal(f"themes[{number}].stages.{key}[{index}].cells", reason)


# From here on the data are known to follow the schema.


def _synthesis(data: dict[str, Any]) -> Synthesis:
    return Synthesis(
        method=data["method"],
        consultation=data.get("consultation"),
        territory=data["territory"],
        meetings=tuple(_meeting(meeting, i) for i, meeting in enumerate(data["meetings"])),
        themes=tuple(map(_theme, data["themes"])),
        warnings=tuple(
            Warning(message=warning["message"], text=warning.get("text"), source=_source(warning))
            for warning in data.get("warnings", ())
        ),
    )


def _meeting(data: dict[str, Any], index: int) -> Meeting:
    return Meeting(
        label=data["label"],
        dates_text=tuple(data["dates_text"]),
        dates=tuple(
            MeetingDate(
                start=_day(dates["start"], f"meetings[{index}].dates[{i}].start"),
                end=_day(dates["end"], f"meetings[{index}].dates[{i}].end"),
                place=dates["place"],
            )
            for i, dates in enumerate(data["dates"])
        ),
        format=data["format"],
        facilitators=tuple(Facilitator(**person) for person in data["facilitators"]),
        facilitators_note=data.get("facilitators_note"),
        participants=tuple(_participant(line) for line in data["participants"]),
    )


def _participant(data: dict[str, Any]) -> Participant:
    counts = {name: _number(data.get(name)) for name in ("count", "establishments", "surveyed")}
    return Participant(
        category=data["category"], label=data["label"], checked=data["checked"], note=data["note"], **counts
    )


def _theme(data: dict[str, Any]) -> ThemeBlock:
    return ThemeBlock(
        key=data["key"],
        number=_number(data["number"]),
        title=data["title"],
        feedback=tuple(
            Feedback(
                number=_number(sheet["number"]),
                scope=sheet["scope"],
                text=sheet["text"],
                links=tuple(sheet["links"]),
                source=_source(sheet),
            )
            for sheet in data["feedback"]
        ),
        stages={key: tuple(map(_row, rows)) for key, rows in data["stages"].items()},
    )


def _row(data: dict[str, Any]) -> Row:
    return Row(
        cells={kind: tuple(map(_item, items)) for kind, items in data["cells"].items()},
        feedback=tuple(int(number) for number in data.get("feedback", ())),
        feedback_text=tuple(data.get("feedback_text", ())),
        name=data.get("name"),
        theme_text=data.get("theme_text"),
        source=_source(data),
    )


def _item(data: dict[str, Any]) -> Item:
    return Item(text=data["text"], emphasised=data.get("emphasised", False), source=_source(data))


def _source(data: dict[str, Any]) -> Source | None:
    source = data.get("source")
    if source is None:
        return None
    return Source(page=_number(source.get("page")), line=_number(source.get("line")), cell=source.get("cell"))


def _number(value: float | None) -> int | None:
    """JSON Schema takes 12.0 for a whole number."""
    return None if value is None else int(value)


def _day(text: str, path: str) -> date:
    try:
        return date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError:
        raise _refusal(path, f"« {_short(text)} » n’est pas une date (AAAA-MM-JJ)") from None
