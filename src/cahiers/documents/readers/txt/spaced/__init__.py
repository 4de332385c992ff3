"""Texts that keep the columns of their tables by spaces, as `pdftotext -layout` writes them."""
