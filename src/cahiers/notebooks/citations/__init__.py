"""Which contributions a statement rests on, and in which words of theirs."""
