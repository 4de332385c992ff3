"""What goes wrong with documents, in sentences that their reader can act on."""


class DocumentError(Exception):
    """Base of what this package raises; its text is one French sentence fit for the screen."""


class Unreadable(DocumentError):
    """The bytes are no document of the format, or none that can be opened safely."""


class NotASynthesis(DocumentError):
    """The document opens but holds nothing of the method: no theme, no table, no session form."""


class UnknownFormat(DocumentError):
    """No reader or writer goes by that name or accepts that file."""
