"""A notebook as a file in one of the formats."""

from functools import cached_property
from hashlib import sha256
from io import BytesIO

from django.core.cache import cache

from cahiers import __version__
from cahiers.documents import formats
from cahiers.notebooks.models import Notebook
from cahiers.notebooks.queries import synthesis_of

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
    """A notebook in the format of that name. Raises documents.errors.UnknownFormat."""

    def __init__(self, notebook: Notebook, format: str) -> None:
        self.notebook = notebook
        self.writer = formats.writer(format)
        self.synthesis = synthesis_of(notebook)

    @property
    def filename(self) -> str:
        return f"{self.notebook.consultation.slug}-{self.notebook.slug}.{self.writer.extension.lstrip('.')}"

    @property
    def media_type(self) -> str:
        return self.writer.media_type

    @cached_property
    def etag(self) -> str:
        """Names the state: known without writing the file."""
        state = (self.synthesis, self.notebook.consultation.method, self.writer.name, __version__)
        return f'"{sha256(repr(state).encode()).hexdigest()[:32]}"'

    @property
    def data(self) -> bytes:
        kept: bytes | None = cache.get(self.etag)
        if kept is None:
            stream = BytesIO()
            self.writer.write(self.synthesis, self.notebook.consultation.method, stream)
            kept = stream.getvalue()
            cache.set(self.etag, kept, KEPT)
        return kept


def downloads() -> list[tuple[str, str]]:
    """Each format's name and what people call it."""
    return [(name, LABELS.get(name, name.upper())) for name in formats.writer_names()]
