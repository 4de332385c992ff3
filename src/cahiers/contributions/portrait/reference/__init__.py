"""How many there are to hear, as the team enters it: what the people who spoke are set beside."""
