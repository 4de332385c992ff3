"""Pages where members edit a notebook, each a plain form."""
