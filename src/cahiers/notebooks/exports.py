"""A notebook as a file in one of the formats."""

from functools import cached_property
from hashlib import sha256
from io import BytesIO

from django.core.cache import cache

from cahiers import __version__
from cahiers.documents import formats
from cahiers.notebooks.reading import Reading

#: What people call a format; one that a package adds goes by its own name.
LABELS = {
    "docx": "Word",
    "odt": "LibreOffice",
    "pdf": "PDF",
    "html": "Page web",
    "md": "Markdown",
    "xlsx": "Excel",
    "csv": "CSV",
    "json": "JSON",
}
#: Seconds that a file is kept: a PDF costs half a second of a processor.
KEPT = 3600


class Export:
    """What is read, in the format of that name. Raises documents.errors.UnknownFormat."""

    def __init__(self, reading: Reading, format: str) -> None:
        self.reading = reading
        self.writer = formats.writer(format)
        self.method = reading.notebook.consultation.method

    @property
    def name(self) -> str:
        """Which notebook, which edition, which format."""
        edition = f"-edition-{self.reading.edition.number}" if self.reading.edition else "-brouillon"
        return f"{self.reading.notebook.slug}{edition}.{self.writer.extension.lstrip('.')}"

    @property
    def filename(self) -> str:
        return f"{self.reading.notebook.consultation.slug}-{self.name}"

    @property
    def media_type(self) -> str:
        return self.writer.media_type

    @cached_property
    def etag(self) -> str:
        """Names the state: known without writing the file and, for an edition, without reading what it says."""
        edition = self.reading.edition
        said = edition.digest if edition else self.reading.state.synthesis
        state = (said, self.method, self.writer.name, __version__)
        return f'"{sha256(repr(state).encode()).hexdigest()[:32]}"'

    @property
    def data(self) -> bytes:
        kept: bytes | None = cache.get(self.etag)
        if kept is None:
            stream = BytesIO()
            self.writer.write(self.reading.state.synthesis, self.method, stream)
            kept = stream.getvalue()
            cache.set(self.etag, kept, KEPT)
        return kept


def downloads() -> list[tuple[str, str]]:
    """Each format's name and what people call it."""
    return [(name, LABELS.get(name, name.upper())) for name in formats.writer_names()]
