"""A site of one form, which tests send to: what it received is in memory, and it fails when told to."""

from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"
