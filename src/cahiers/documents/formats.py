"""Which formats there are, and which one a file is in."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO, Protocol, cast

from cahiers import extensions
from cahiers.documents.errors import UnknownFormat
from cahiers.documents.intake import check_size
from cahiers.documents.model import Synthesis
from cahiers.methods import Method


class Reader(Protocol):
    """Makes a synthesis of a file's bytes."""

    name: str

    def accepts(self, stream: BinaryIO, filename: str) -> bool:
        """Whether the bytes look like this format. Leaves the stream at its start."""
        ...

    def read(self, stream: BinaryIO, method: Method) -> Synthesis:
        """Synthesis in normal form. Raises Unreadable or NotASynthesis, nothing else, whatever the bytes."""
        ...


class Writer(Protocol):
    """Makes a file of a synthesis; the same synthesis gives the same bytes."""

    name: str
    extension: str
    media_type: str

    def write(self, synthesis: Synthesis, method: Method, stream: BinaryIO) -> None: ...


def readers() -> Iterator[Reader]:
    """Every reader installed. The plain text one comes last: it accepts what is text and nothing better."""
    for name in extensions.names(extensions.READERS):
        yield reader(name)


def reader(name: str) -> Reader:
    """Reader of that name. Raises UnknownFormat."""
    return cast(Reader, _load(extensions.READERS, name, "lire"))


def writer(name: str) -> Writer:
    """Writer of that name, or of the extension `name`. Raises UnknownFormat."""
    return cast(Writer, _load(extensions.WRITERS, name, "écrire"))


def writer_names() -> tuple[str, ...]:
    return extensions.names(extensions.WRITERS)


def detect(stream: BinaryIO, filename: str) -> Reader:
    """Reader for these bytes: by content, the extension only deciding where several accept.

    Raises UnknownFormat where none does, Unreadable for a file that is empty or too large for any. Leaves the stream
    at its start.
    """
    check_size(stream)
    accepting = [candidate for candidate in readers() if candidate.accepts(stream, filename)]
    extension = PurePath(filename).suffix.lstrip(".").lower()
    for candidate in accepting:
        # Any text is plain text: ".txt" says nothing against a reader that recognised more in it.
        if candidate.name == extension != "txt":
            return candidate
    if accepting:
        return accepting[0]
    known = ", ".join(extensions.names(extensions.READERS))
    raise UnknownFormat(f"Ce fichier n’est dans aucun des formats que l’on sait lire ({known}).")


def _load(group: str, name: str, verb: str) -> object:
    try:
        return extensions.load(group, name.lower().lstrip("."))
    except KeyError:
        known = ", ".join(extensions.names(group))
        raise UnknownFormat(f"On ne sait pas {verb} le format « {name} » ; on sait : {known}.") from None
