"""Consultation methods as data: stages, kinds of statement, themes and participant categories."""

from cahiers import extensions
from cahiers.methods.model import Category, Column, FeedbackSheets, Method, Stage, Theme

__all__ = ["Category", "Column", "FeedbackSheets", "Method", "Stage", "Theme", "get", "keys"]


def keys() -> tuple[str, ...]:
    """Keys of every method that is installed, built-ins first."""
    return extensions.names(extensions.METHODS)


def get(key: str) -> Method:
    """Method with that key. Raises KeyError where none has it."""
    method = extensions.load(extensions.METHODS, key)
    assert isinstance(method, Method)
    return method
