"""Notebooks of territories: import, reading and export."""
