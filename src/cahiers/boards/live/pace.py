"""How often a room is told what came, so that a crowd that writes at once does not have an event for each note."""

#: Seconds between two events under load, at least; where nothing was told for as long, one goes at once.
APART = 0.02
#: The same for telephones, whose plan pays for each byte: counters four times a second are a kilobyte.
LEAN = 0.25
#: How many times as long as the last event took to draw and tell: commands and the server have the rest of the time.
SHARE = 3


def apart(took: float, lean: bool) -> float:
    """Seconds between two events of a room, after one that took so many."""
    return max(LEAN if lean else APART, SHARE * took)
