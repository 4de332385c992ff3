"""Forms as organisers make them: what they ask, of whom and until when, and what was answered."""
