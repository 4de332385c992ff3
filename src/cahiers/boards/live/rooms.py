"""The readers of a board in this process, and how far they have been told."""

import asyncio
import time
from functools import partial

from cahiers.boards import rendering
from cahiers.boards.live.database import READER, in_thread
from cahiers.boards.live.pace import apart
from cahiers.boards.live.streams import Stream
from cahiers.boards.models import Board
from cahiers.boards.rendering import Audience, Event, Rendered, Scene

#: Renderings kept for those who come back at the same moment, and how far before one's own cursor they may begin:
#: what was seen already does no harm.
KEPT = 8
EARLIER = 100


class Room:
    """Readers of one board: telephones apart from those who see all that is written."""

    def __init__(self, scene: Scene, lean: bool) -> None:
        self.scene, self.lean = scene, lean
        #: Of those that are told of what comes, and how many are in the room in all, some of them still catching up.
        self.streams: set[Stream] = set()
        self.present = 0
        #: When the last event had been told, by time.monotonic(), and the seconds that all took.
        self.told_at = self.took = 0.0
        self._kept: dict[tuple[int, Audience], asyncio.Task[Rendered]] = {}

    @property
    def board(self) -> Board:
        return self.scene.board

    @property
    def position(self) -> int:
        return self.scene.position

    @property
    def due(self) -> float:
        """When the next event may be sent, by time.monotonic()."""
        return self.told_at + apart(self.took, self.lean)

    @property
    def audiences(self) -> set[Audience]:
        return {stream.audience for stream in self.streams}

    async def catch_up(self) -> None:
        """Tell everyone what came since the last time."""
        rendered = await self._draw(self.position, self.audiences)
        events = dict(rendered.events)
        # Someone of another language or level may have come in while it was drawn.
        while missing := self.audiences - events.keys():
            events |= (await self._draw(self.position, missing)).events
        self.scene = rendered.scene
        begun = time.monotonic()
        for stream in list(self.streams):
            stream.tell(events[stream.audience])
            if not self.board.is_open:
                stream.end()
        self.told_at = time.monotonic()
        self.took = self.told_at - begun

    async def since(self, after: int, audience: Audience) -> Event:
        """Something of what came after that position, from it or a little earlier; drawn once for all who ask for it.

        It leads past the position, perhaps not yet to the newest.
        """
        for (begins, whose), kept in reversed(list(self._kept.items())):
            if whose == audience and after - EARLIER <= begins <= after:
                rendered = await asyncio.shield(kept)
                if rendered.scene.position > after:
                    return rendered.events[audience]
        drawing = asyncio.create_task(self._draw(after, {audience}))
        self._kept.pop((after, audience), None)
        self._kept[after, audience] = drawing
        while len(self._kept) > KEPT:
            self._kept.pop(next(iter(self._kept)))
        return (await asyncio.shield(drawing)).events[audience]

    async def _draw(self, after: int, audiences: set[Audience]) -> Rendered:
        return await in_thread(READER, partial(rendering.changes, self.scene, after, audiences))
