"""The limits of one student process, as the course sets them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Final, Self

RESERVE_BYTES: Final = 16 << 20
"""Address space that a student process keeps from the student's code, so that it can tell when memory runs out."""


@dataclass(frozen=True)
class Limits:
    """What one exercise of one submission may use.

    CPU time counts first: it is the same on a busy machine. Wall time is generous and catches what waits. A cell of a
    notebook has the time of a call.
    """

    call_cpu_seconds: float = 2.0
    call_wall_seconds: float = 12.0
    total_cpu_seconds: float = 20.0
    total_wall_seconds: float = 60.0
    memory_mib: int = 1024
    """Memory beyond what the interpreter and torch take by themselves."""
    output_kib: int = 1024
    message_mib: int = 16
    threads: int = 16
    open_files: int = 64
    restarts: int = 3
    """How often a student process that had to be stopped is started anew for the remaining checks."""

    def to_json(self) -> str:
        """Return the limits as one line of JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the limits in a line that `to_json` wrote."""
        return cls(**json.loads(text))
