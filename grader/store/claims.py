"""Claims: who is grading a student's work, so that of several graders on one store each does every piece once.

A claim has a lease, which its owner renews as long as it lives. One that ran out, or whose owner has ended on this
machine, is taken over.
"""

from __future__ import annotations

import os
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import delete, update

from grader.errors import UserError
from grader.store import statements
from grader.store.store import Store
from grader.store.tables import CLAIMS

LEASE_SECONDS = 120.0
MACHINE = Path("/proc/sys/kernel/random/boot_id")


def machine() -> str:
    """Return what tells this machine, and this start of it, from others."""
    with suppress(OSError):
        return f"{socket.gethostname()}/{MACHINE.read_text(encoding='ascii').strip()}"
    return socket.gethostname()


def started(pid: int) -> str:
    """Return when a process of this machine began, as the kernel counts, or nothing for one that is not there."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[19]
    except OSError:
        return ""


@dataclass
class Claims:
    """The claims of one grader."""

    store: Store
    lease: float = LEASE_SECONDS
    owner: str = field(
        default_factory=lambda: f"{machine()}:{os.getpid()}:{started(os.getpid())}:{secrets.token_hex(4)}"
    )

    def claim(self, student: int) -> bool:
        """Claim a student's work; say whether nobody else has it."""
        until = time.time() + self.lease
        mine = {"owner": self.owner, "until": until}
        query = statements.claim(is_sqlite=self.store.is_sqlite)
        with self.store.begin() as connection:
            asked = {"student_id": student, **mine, "now_": time.time()}
            if connection.execute(query, asked).first() is not None:
                return True
            other = connection.execute(statements.OWNER, {"student_": student}).scalar()
            if other is None or not self._has_ended(other):
                return False
            taken = connection.execute(statements.TAKE_OVER, {"student_": student, "other_": other, **mine})
            return taken.rowcount == 1

    def renew(self) -> None:
        """Hold all claims for another lease."""
        with self.store.begin() as connection:
            mine = update(CLAIMS).where(CLAIMS.c.owner == self.owner)
            connection.execute(mine.values(until=time.time() + self.lease))

    def give_back(self, student: int | None = None) -> None:
        """Give back the claim on a student's work, or all."""
        mine = delete(CLAIMS).where(CLAIMS.c.owner == self.owner)
        with self.store.begin() as connection:
            connection.execute(mine if student is None else mine.where(CLAIMS.c.student_id == student))

    @contextmanager
    def held(self) -> Iterator[None]:
        """Renew the claims in a thread as long as the block runs, and give back what is left afterwards."""
        ended = threading.Event()

        def keep() -> None:
            while not ended.wait(self.lease / 4):
                with suppress(UserError):  # told by whoever writes next
                    self.renew()

        thread = threading.Thread(target=keep, daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()
            with suppress(UserError):
                self.give_back()

    def _has_ended(self, owner: str) -> bool:
        """Whether the owner of a claim was a process of this machine that is gone."""
        home, pid, began = owner.rsplit(":", 3)[:3]
        return home == machine() and pid.isdecimal() and started(int(pid)) != began
