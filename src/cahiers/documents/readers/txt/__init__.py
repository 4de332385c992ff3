"""Text extracted from a PDF: the columns of its tables are found again from what the layout left."""

from cahiers.documents.readers.txt.reader import TextReader

READER = TextReader()

__all__ = ["READER", "TextReader"]
