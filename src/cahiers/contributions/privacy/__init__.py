"""What in people's words may tell who someone is."""
