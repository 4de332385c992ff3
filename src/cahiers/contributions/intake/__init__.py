"""Tables of other platforms on their way into contributions."""
