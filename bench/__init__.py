"""Measures of speed and weight, each beside a reference taken in the same run."""
