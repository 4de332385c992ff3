"""Every notebook of a consultation in one zip, made as it is sent: one file at a time in memory."""

import zipfile
from collections.abc import AsyncIterator, Iterable, Iterator
from hashlib import sha256

from asgiref.sync import sync_to_async
from django.utils.timezone import localtime

from cahiers.consultations.models import Consultation
from cahiers.notebooks.exports import Export
from cahiers.notebooks.models import Edition
from cahiers.notebooks.reading import DraftReading, EditionReading, Reading

#: Already compressed: to do it again takes time and gains nothing.
PACKED = {"docx", "odt", "xlsx", "pdf"}
#: The oldest day that a zip can tell, for what has none.
NO_DAY = (1980, 1, 1, 0, 0, 0)


class Bundle:
    """Readings in the formats of those names. Raises documents.errors.UnknownFormat."""

    def __init__(
        self, consultation: Consultation, readings: Iterable[Reading], formats: Iterable[str]
    ) -> None:
        self.consultation = consultation
        formats = list(formats)
        self.exports = [(name, Export(reading, name)) for reading in readings for name in formats]
        self.foldered = len(formats) > 1

    @property
    def filename(self) -> str:
        return f"{self.consultation.slug}.zip"

    @property
    def etag(self) -> str:
        """Names the state: known before a file is made."""
        state = [(self._path(name, export), export.etag) for name, export in self.exports]
        return f'"{sha256(repr(state).encode()).hexdigest()[:32]}"'

    def chunks(self) -> Iterator[bytes]:
        """The zip, a file at a time; the same state gives the same bytes."""
        outlet = _Outlet()
        with zipfile.ZipFile(outlet, "w") as archive:  # type: ignore[call-overload]
            for name, export in self.exports:
                member = zipfile.ZipInfo(self._path(name, export), _day(export.reading.edition))
                member.create_system, member.external_attr = 3, 0o100644 << 16
                member.compress_type = zipfile.ZIP_STORED if name in PACKED else zipfile.ZIP_DEFLATED
                archive.writestr(member, export.data)
                yield outlet.drain()
        yield outlet.drain()

    def _path(self, name: str, export: Export) -> str:
        """Folder of the consultation, then of the format where there are several."""
        folder = f"{self.consultation.slug}/{name}" if self.foldered else self.consultation.slug
        return f"{folder}/{export.name}"


def published(consultation: Consultation) -> list[Reading]:
    """What everyone reads of it; what an edition holds is fetched when its turn comes."""
    live = Edition.objects.filter(pk__in=consultation.notebooks.values("live")).light()
    found = live.select_related("notebook__territory").order_by("notebook__territory__path", "notebook")
    readings: list[Reading] = []
    for edition in found:
        edition.notebook.consultation = consultation
        readings.append(EditionReading(edition.notebook, edition))
    return readings


def drafts(consultation: Consultation) -> list[Reading]:
    """Every notebook of it as it stands."""
    found = consultation.notebooks.select_related("territory").order_by("territory__path", "pk")
    readings: list[Reading] = []
    for notebook in found:
        notebook.consultation = consultation
        readings.append(DraftReading(notebook))
    return readings


async def in_thread(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The same for a server that waits for nothing: each chunk is made in a thread."""
    while chunk := await sync_to_async(lambda: next(chunks, b""))():
        yield chunk


class _Outlet:
    """A file that one writes to and empties; it cannot be read or wound back."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._waiting.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        pass

    def drain(self) -> bytes:
        drained, self._waiting = b"".join(self._waiting), []
        return drained


def _day(edition: Edition | None) -> tuple[int, int, int, int, int, int]:
    if edition is None:
        return NO_DAY
    at = localtime(edition.published_at)
    return (at.year, at.month, at.day, at.hour, at.minute, at.second)
