"""Names of the built-in methods, readers and writers, and what installed packages add to them."""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints

METHODS: Final = "cahiers.methods"
READERS: Final = "cahiers.readers"
WRITERS: Final = "cahiers.writers"

# Strings, not imports: asking for one format must not load the libraries of the nine others.
BUILT_IN: Final[dict[str, dict[str, str]]] = {
    METHODS: {
        "etats-generaux": "cahiers.methods.etats_generaux:METHOD",
        "retrospective": "cahiers.methods.retrospective:METHOD",
    },
    READERS: {
        "json": "cahiers.documents.readers.json:READER",
        "docx": "cahiers.documents.readers.docx:READER",
        "odt": "cahiers.documents.readers.odt:READER",
        "xlsx": "cahiers.documents.readers.xlsx:READER",
        "pdf": "cahiers.documents.readers.pdf:READER",
        "txt": "cahiers.documents.readers.txt:READER",
    },
    WRITERS: {
        "docx": "cahiers.documents.writers.docx:WRITER",
        "odt": "cahiers.documents.writers.odt:WRITER",
        "pdf": "cahiers.documents.writers.pdf:WRITER",
        "html": "cahiers.documents.writers.html:WRITER",
        "md": "cahiers.documents.writers.md:WRITER",
        "xlsx": "cahiers.documents.writers.xlsx:WRITER",
        "csv": "cahiers.documents.writers.csv:WRITER",
        "json": "cahiers.documents.writers.json:WRITER",
    },
}


@cache
def names(group: str) -> tuple[str, ...]:
    """Names in `group`, built-ins first and in their order, then those of installed packages."""
    added = sorted(entry.name for entry in _added(group))
    return tuple(dict.fromkeys([*BUILT_IN[group], *added]))


@cache
def load(group: str, name: str) -> Any:
    """Object registered as `name` in `group`; an installed package may replace a built-in of the same name.

    Raises KeyError for a name that nobody registered.
    """
    for entry in _added(group).select(name=name):
        return entry.load()
    module, _, attribute = BUILT_IN[group][name].partition(":")
    return getattr(import_module(module), attribute)


def _added(group: str) -> "EntryPoints":
    # Here, for it takes as long to load as most of what the cores need.
    from importlib.metadata import entry_points

    return entry_points(group=group)
