"""Figures of textkit, each beside a reference measured in the same run."""
