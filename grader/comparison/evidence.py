"""The evidence of a failed check: what was called, what was observed, and the aspect that the check looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from grader.protocol.messages import Observation


class Aspect(StrEnum):
    """The side of an observation that a check looked at, and that a diagnosis compares."""

    VALUE = "value"
    ARGUMENTS = "arguments"
    GRAPH = "graph"
    STORAGE = "storage"


@dataclass(frozen=True)
class Seen:
    """One call of a student's function and what was observed."""

    entry: str
    before: tuple[Any, ...]
    """The arguments as sent, tensors as records."""
    times: int
    observations: tuple[Observation, ...]
    observer: Callable[..., Any] | None = None
    """What ran beside the function and reported the value; None where the function itself was called."""
    compared: tuple[tuple[Any, Any], ...] = ()
    """What was returned and what was expected, for each comparison that the check came to."""
    request: bytes = b""
    """The digest of all that was sent: calls with the same digest are the same call. Empty where nobody took it."""


@dataclass(frozen=True)
class Evidence:
    """Every call of a failed check's telling examples."""

    aspect: Aspect
    calls: tuple[Seen, ...]
