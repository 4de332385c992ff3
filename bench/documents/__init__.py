"""How long each format takes to write and to read, beside what others take for the same file."""
