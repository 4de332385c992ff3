"""What one person or group said, verbatim, once."""
