"""Every write of a live meeting."""
