"""A fictional consultation to look around in."""
