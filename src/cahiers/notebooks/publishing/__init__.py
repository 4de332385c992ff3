"""Pages of editions: reading them, publishing, withdrawing, downloading a whole consultation."""
