"""Every notebook and annex of a consultation in one zip, made as it is sent: one file at a time in memory."""

import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from hashlib import sha256

from django.db.models import QuerySet
from django.utils.timezone import localtime

from cahiers.consultations.models import Consultation
from cahiers.notebooks.annexes.access import public_annexes
from cahiers.notebooks.annexes.actions import FOLDER
from cahiers.notebooks.annexes.models import Annex
from cahiers.notebooks.exports import Export
from cahiers.notebooks.intake.files import opened
from cahiers.notebooks.models import Edition
from cahiers.notebooks.reading import DraftReading, EditionReading, Reading

#: Already compressed: to do it again takes time and gains nothing.
PACKED = {"docx", "odt", "xlsx", "pdf"}
#: The oldest day that a zip can tell, for what has none.
NO_DAY = (1980, 1, 1, 0, 0, 0)


class Bundle:
    """Readings in the formats of those names, and annexes. Raises documents.errors.UnknownFormat."""

    def __init__(
        self,
        consultation: Consultation,
        readings: Iterable[Reading],
        formats: Iterable[str],
        annexes: Iterable[Annex] = (),
    ) -> None:
        self.consultation = consultation
        self.annexes = dict(_named(annexes, f"{consultation.slug}/annexes"))
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
        state += [(path, annex.sha256) for path, annex in self.annexes.items()]
        return f'"{sha256(repr(state).encode()).hexdigest()[:32]}"'

    def chunks(self) -> Iterator[bytes]:
        """The zip, a file at a time; the same state gives the same bytes."""
        outlet = _Outlet()
        with zipfile.ZipFile(outlet, "w") as archive:  # type: ignore[call-overload]
            for name, export in self.exports:
                edition = export.reading.edition
                member = _member(self._path(name, export), edition.published_at if edition else None, name)
                archive.writestr(member, export.data)
                yield outlet.drain()
            for path, annex in self.annexes.items():
                with suppress(OSError), opened(annex.uuid, FOLDER) as stream:
                    # Its bytes first: a member that was begun cannot be taken back.
                    data = stream.read()
                    archive.writestr(_member(path, annex.at, path.rpartition(".")[2]), data)
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


def annexes_of(consultation: Consultation, *, public: bool) -> QuerySet[Annex]:
    """Those that everyone may have, or all."""
    held = public_annexes() if public else Annex.objects.all()
    return held.filter(consultation=consultation).select_related("notebook", "meeting").order_by("at", "pk")


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


def _member(path: str, at: datetime | None, kind: str) -> zipfile.ZipInfo:
    """The same bytes for the same file, on whichever machine."""
    moment = localtime(at).timetuple()[:6] if at else NO_DAY
    member = zipfile.ZipInfo(path, moment)
    member.create_system, member.external_attr = 3, 0o100644 << 16
    member.compress_type = zipfile.ZIP_STORED if kind.lower() in PACKED else zipfile.ZIP_DEFLATED
    return member


def _named(annexes: Iterable[Annex], folder: str) -> Iterator[tuple[str, Annex]]:
    """Each with its path: a folder for what it goes with, then its name, numbered where it was taken."""
    taken: set[str] = set()
    for annex in annexes:
        place = annex.notebook.slug if annex.notebook else f"session-{annex.meeting and annex.meeting.number}"
        stem, dot, ending = annex.name.replace("/", "-").replace("\\", "-").lstrip(".").rpartition(".")
        stem, ending = (stem, dot + ending) if dot else (ending, "")
        path, number = f"{folder}/{place}/{stem or 'document'}{ending}", 1
        while path.lower() in taken:
            number += 1
            path = f"{folder}/{place}/{stem}-{number}{ending}"
        taken.add(path.lower())
        yield path, annex
