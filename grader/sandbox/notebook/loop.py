"""An event loop for top-level `await` that needs no socket and no pipe, which a student process can't have."""

from __future__ import annotations

import asyncio
import selectors
from typing import Any

TICK = 0.02
"""How soon a call from another thread is noticed, in seconds."""


class TickingSelector(selectors.SelectSelector):
    """Waits in ticks, since nothing can wake it."""

    def select(self, timeout: float | None = None) -> Any:
        """Wait for a tick at the most."""
        return super().select(TICK if timeout is None else min(timeout, TICK))


class SocketlessLoop(asyncio.SelectorEventLoop):
    """asyncio's own loop without the pair of sockets by which it wakes itself."""

    def __init__(self) -> None:
        super().__init__(TickingSelector())

    def _make_self_pipe(self) -> None:
        """Make none."""

    def _close_self_pipe(self) -> None:
        """There is none."""

    def _write_to_self(self) -> None:
        """The selector wakes by itself."""
