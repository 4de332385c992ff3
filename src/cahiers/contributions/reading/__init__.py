"""What people said, to be read, found and taken away."""
