"""How fast a room sees what is written in it, and what each of its connections costs."""
