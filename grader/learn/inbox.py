"""What the loop's threads tell it: a queue of events, and a pipe that wakes who waits for a key."""

from __future__ import annotations

import os
import queue
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from grader.learn.events import Event


@dataclass
class Inbox:
    """Events on their way to the loop."""

    _events: queue.SimpleQueue[Event] = field(default_factory=queue.SimpleQueue)
    _pipe: tuple[int, int] = field(default_factory=os.pipe)

    @property
    def ear(self) -> int:
        """Return the descriptor that can be read while there is an event."""
        return self._pipe[0]

    def tell(self, event: Event) -> None:
        """Tell the loop what happened; any thread may, and a signal handler too."""
        self._events.put(event)
        os.write(self._pipe[1], b".")

    def events(self) -> Iterator[Event]:
        """Yield what was told by now."""
        with suppress(queue.Empty):
            while True:
                event = self._events.get_nowait()
                os.read(self.ear, 1)
                yield event
