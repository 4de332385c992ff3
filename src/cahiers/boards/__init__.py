"""Live meetings: what the room says becomes the meeting's notebook as it is said."""
