"""Reads the interchange format."""

import json
from collections import Counter
from pathlib import PurePath
from typing import Any, BinaryIO, NoReturn

from cahiers.documents.errors import Unreadable
from cahiers.documents.intake import MAX_TEXT_BYTES, RTF, check_size, head
from cahiers.documents.interchange import from_dict
from cahiers.documents.model import Synthesis
from cahiers.documents.normal import normalise
from cahiers.methods import Method


class JsonReader:
    """Reads JSON that follows `synthesis.schema.json`."""

    name = "json"

    def accepts(self, stream: BinaryIO, filename: str) -> bool:
        start = head(stream, 64).removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe\0 \t\r\n")
        if start.startswith(RTF):
            return False
        is_named_so = PurePath(filename).suffix.lower() == ".json"
        # An empty file so named is claimed for its reader to say that it is empty.
        return start.startswith(b"{") or (is_named_so and start[:1] in (b"", b"["))

    def method_key(self, stream: BinaryIO) -> str | None:
        """Key of the method that the data name, where they do. Raises Unreadable."""
        data = load(stream)
        stream.seek(0)
        key = data.get("method") if isinstance(data, dict) else None
        return key if isinstance(key, str) else None

    def read(self, stream: BinaryIO, method: Method) -> Synthesis:
        return normalise(from_dict(load(stream), method))


def load(stream: BinaryIO) -> object:
    """Data of a JSON file, strictly: one value a key, numbers that are numbers. Raises Unreadable."""
    check_size(stream, MAX_TEXT_BYTES)
    data = stream.read()
    try:
        text = data.decode(json.detect_encoding(data))
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise Unreadable("Le fichier JSON n’est pas en UTF-8 : enregistrez-le dans cet encodage.") from None
    except RecursionError:
        raise Unreadable("Le fichier JSON est imbriqué trop profondément.") from None
    except json.JSONDecodeError as error:
        raise Unreadable(
            f"Le fichier JSON est mal formé ou tronqué (ligne {error.lineno}, colonne {error.colno})."
        ) from None
    except ValueError:  # more digits than Python converts
        raise Unreadable("Le fichier JSON contient un nombre démesuré.") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        name, _ = Counter(name for name, _ in pairs).most_common(1)[0]
        raise Unreadable(f"Dans le fichier JSON, « {name[:60]} » figure deux fois dans le même objet.")
    return members


def _no_constant(name: str) -> NoReturn:
    raise Unreadable(f"Le fichier JSON contient « {name} », qui n’est pas un nombre.")


READER = JsonReader()
