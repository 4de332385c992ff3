"""The whole installation in one file, and back: independent of the database it came from."""
