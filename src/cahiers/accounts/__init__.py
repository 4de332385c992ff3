"""People, and what is kept about them."""
