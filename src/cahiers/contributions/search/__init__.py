"""Finding contributions by their words, whatever their endings and accents; one interface, an index per database."""

from cahiers.contributions.search.index import index, indexed, rebuild, remove, search

__all__ = ["index", "indexed", "rebuild", "remove", "search"]
