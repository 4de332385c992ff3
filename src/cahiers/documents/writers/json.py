"""Writes the interchange format."""

import json
from typing import BinaryIO

from cahiers.documents.interchange import to_dict
from cahiers.documents.model import Synthesis
from cahiers.documents.normal import normalise
from cahiers.methods import Method


class JsonWriter:
    """Writes JSON that follows `synthesis.schema.json`, indented so that versions compare line by line."""

    name = "json"
    extension = "json"
    media_type = "application/json"

    def write(self, synthesis: Synthesis, method: Method, stream: BinaryIO) -> None:
        text = json.dumps(to_dict(normalise(synthesis)), ensure_ascii=False, indent=1)
        stream.write(text.encode() + b"\n")


WRITER = JsonWriter()
