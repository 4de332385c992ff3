"""A newer version of a document, compared three ways: what was imported, what it became here, what the file says."""
