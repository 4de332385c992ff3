"""Reports of an analysis: one writer a format, all from the same summary."""
