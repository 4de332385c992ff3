"""How much a device and a board may send: never counted by address, for a whole school stands behind one."""

from dataclasses import dataclass, field
from time import monotonic

#: Commands a device may send at once, and a second after that: an outbox that comes back sends thirty.
DEVICE = (60.0, 2.0)
#: The same of a board: two thousand people who write together.
BOARD = (4000.0, 1000.0)
#: Buckets kept; the ones that were used longest ago are forgotten first, full again by then.
KEPT = 20_000


@dataclass(slots=True)
class Buckets:
    """A bucket of tokens a name, each filled at a steady rate."""

    most: float
    rate: float
    _levels: dict[str, tuple[float, float]] = field(default_factory=dict)

    def take(self, name: str) -> float:
        """Seconds to wait before one is there; 0 takes it."""
        now = monotonic()
        level, at = self._levels.pop(name, (self.most, now))
        level = min(self.most, level + (now - at) * self.rate)
        wait = 0.0 if level >= 1 else (1 - level) / self.rate
        self._levels[name] = (level if wait else level - 1, now)
        if len(self._levels) > KEPT:
            self._levels.pop(next(iter(self._levels)))
        return wait


devices = Buckets(*DEVICE)
boards = Buckets(*BOARD)
