"""What organisers make of a consultation: its settings, stages, territories and themes."""
