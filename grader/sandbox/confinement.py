"""The one place where a forked student process gives up what it must not have.

`prepare` runs once in the zygote, `enter` in each child before the submission is read.
"""

from __future__ import annotations

import os
import resource
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from grader.sandbox.limits import Limits


@dataclass
class Confinement:
    """What a student process is held to."""

    limits: Limits

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the confinement that the judge asks for."""
        return cls(Limits.from_json(text))

    def prepare(self) -> None:
        """Do once, in the zygote, what need not be done for each child."""
        os.chdir("/")

    def enter(self) -> None:
        """Confine the calling process for good."""
        os.setsid()
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        memory = pages * resource.getpagesize() + (self.limits.memory_mib << 20)
        seconds = int(self.limits.total_cpu_seconds) + 2
        for kind, bound in (
            (resource.RLIMIT_AS, memory),
            (resource.RLIMIT_CPU, seconds),
            (resource.RLIMIT_NOFILE, self.limits.open_files),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(kind, (bound, bound))
