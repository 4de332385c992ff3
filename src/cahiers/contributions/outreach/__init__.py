"""What the lists of who was invited and of how many there are to hear have in common: a form, and a table dropped."""
