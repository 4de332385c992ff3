"""Signing in by a passkey, beside the code, which stays the way that works everywhere."""
