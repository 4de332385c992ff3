"""Forms that people fill in without an account."""
