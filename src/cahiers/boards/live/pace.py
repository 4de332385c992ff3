"""How often a room is told what came, so that a crowd that writes at once does not have an event for each note."""

#: Seconds between two events under load, at least; where nothing was told for as long, one goes at once.
APART = 0.02
#: The same for telephones, whose plan pays for each byte: counters four times a second are a kilobyte.
LEAN = 0.25
#: What is added, as a multiple of what it took to hand the last event to all: the server then writes it to each of
#: them, which takes thrice as long, and commands are taken meanwhile. A busy machine tells less often.
SHARE = 2.5


def apart(took: float, lean: bool) -> float:
    """Seconds between two events of a room, after one that took so many to be handed over."""
    return max(LEAN if lean else 0.0, APART + SHARE * took)
