"""The time that a judge takes for itself, so that one that does not come back can be noticed from outside.

It runs between a reply and the next request, and is counted for each check. Whoever supervises the judge reads it from
memory that both share: a hidden test that never gives up its thread could tell nothing itself.
"""

from __future__ import annotations

import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from mmap import mmap

RECORD = struct.Struct("<dd200s200s")
"""The time that has been spent on a check, when the judge went on (0 while it waits), the exercise and the check."""


@dataclass(frozen=True)
class Spending:
    """What a judge has spent on the check at hand."""

    slug: str
    check: str
    seconds: float


@dataclass
class OwnTime:
    """A judge's clock; it writes into `page` where there is one."""

    page: mmap | None = None
    _spent: float = 0.0
    _since: float = 0.0
    _name: tuple[bytes, bytes] = field(default=(b"", b""))

    def begin(self, slug: str, check: str) -> None:
        """Begin a check."""
        self._spent, self._since, self._name = 0.0, time.monotonic(), (slug.encode(), check.encode())
        self._write()

    def end(self) -> None:
        """Stop counting: there is nothing to judge."""
        self._spent, self._since = 0.0, 0.0
        self._write()

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Count nothing while the student's process works."""
        now = time.monotonic()
        if not self._since:
            yield
            return
        self._spent += now - self._since
        self._since = 0.0
        self._write()
        try:
            yield
        finally:
            self._since = time.monotonic()
            self._write()

    def _write(self) -> None:
        if self.page is not None:
            RECORD.pack_into(self.page, 0, self._spent, self._since, *self._name)


def read_spending(page: mmap) -> Spending | None:
    """Return what the judge that writes into `page` is spending, or None while it waits or has nothing to judge."""
    spent, since, slug, check = RECORD.unpack_from(page, 0)
    if not since:
        return None
    name, told = (each.rstrip(b"\0").decode("utf-8", "replace") for each in (slug, check))
    return Spending(name, told, spent + time.monotonic() - since)
