"""Cells that were extracted across columns, line by line: each line, or part of one, is given its cell again."""
