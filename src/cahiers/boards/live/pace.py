"""How often a room is told what came, so that a crowd that writes at once does not have an event for each note."""

#: Seconds between two events under load; where nothing was told for as long, one goes at once.
APART = 0.02
#: What each reader adds: to write to 5,000 takes time.
EACH = 0.00002
#: The least for telephones, whose plan pays for each byte: counters four times a second are a kilobyte.
LEAN = 0.25


def apart(readers: int, lean: bool) -> float:
    """Seconds between two events of a room."""
    return max(LEAN if lean else 0.0, APART + readers * EACH)
