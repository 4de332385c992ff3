"""What someone said, in their own hands: read, correct, withdraw, erase, by a link that only they have."""
