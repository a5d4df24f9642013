"""What a student process is held to, as the judge tells the zygote and the zygote does it.

`prepare` runs once in the zygote, `enter` in each child, after the fork and before the submission is read.
"""

from __future__ import annotations

import json
import resource
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from grader.sandbox import portable
from grader.sandbox.isolation import is_linux
from grader.sandbox.limits import RESERVE_BYTES, Limits
from grader.sandbox.lockdown.layers import Preparation, prepare
from grader.sandbox.lockdown.limits import Bounds, with_cpu_seconds
from grader.sandbox.lockdown.proof import Finding, prove

PIPES = (0, 1, 2, 3, 4)
CPU_GRACE_SECONDS = 2


@dataclass
class Confinement:
    """The limits of a student process and the layers of the lock-down that it goes `without`.

    Where there is no Linux there are no layers, nothing to prepare and nothing to prove.
    """

    limits: Limits
    without: frozenset[str] = frozenset()
    _preparation: Preparation | None = field(default=None, repr=False)

    def to_json(self) -> str:
        """Return the confinement as one line of JSON."""
        return json.dumps({"limits": self.limits.to_json(), "without": sorted(self.without)})

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the confinement in a line that `to_json` wrote."""
        data = json.loads(text)
        return cls(Limits.from_json(data["limits"]), frozenset(data["without"]))

    def prepare(self) -> None:
        """Do once, in the zygote, what need not be done for each child; IsolationError when a layer is missing."""
        if is_linux():
            self._preparation = prepare(self._bounds(), without=self.without)

    def prove(self) -> tuple[Finding, ...]:
        """Return what a locked-down child could do though it must not; nothing where every layer holds."""
        if not is_linux():
            return ()
        broken = prove(self._bounds(), without=self.without).broken
        return tuple(each for each in broken if not self.without & {each.layer, each.needs})

    def enter(self, exercises: int = 1) -> None:
        """Confine the calling process, which serves so many exercises, for good."""
        cpu_seconds = self._cpu_seconds(exercises)
        if not is_linux():
            portable.confine(self.limits, cpu_seconds=cpu_seconds, first_closed=len(PIPES))
            return
        assert self._preparation is not None
        limits = with_cpu_seconds(self._preparation.limits, cpu_seconds)
        replace(self._preparation, limits=limits).lock_down(keep=PIPES)

    def _cpu_seconds(self, exercises: int) -> int:
        return int(self.limits.total_cpu_seconds * exercises) + CPU_GRACE_SECONDS

    def _bounds(self) -> Bounds:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        return Bounds(
            memory_bytes=pages * resource.getpagesize() + (self.limits.memory_mib << 20) + RESERVE_BYTES,
            cpu_seconds=self._cpu_seconds(1),
            open_files=self.limits.open_files,
            threads=self.limits.threads,
        )
