"""Ending what is kept warm once nobody has asked for it in a while.

Owns the clock. Knows nothing of what is ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import RLock, Timer


@dataclass
class Idle:
    """Calls `end` when nothing was busy for so many seconds."""

    end: Callable[[], None]
    seconds: float = 600.0
    _lock: RLock = field(default_factory=RLock)
    _timer: Timer | None = None

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Hold off the end while the block runs, and begin to wait anew after it."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            try:
                yield
            finally:
                self._timer = timer = Timer(self.seconds, lambda: self._run_out(timer))
                timer.daemon = True
                timer.start()

    def _run_out(self, timer: Timer) -> None:
        with self._lock:
            if self._timer is timer:  # else somebody was busy since
                self._timer = None
                self.end()
