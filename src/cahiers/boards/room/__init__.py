"""Pages of the room: joining, taking part, following from afar, the projector."""
