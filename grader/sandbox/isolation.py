"""The two levels of isolation that a run can have, by name.

`sandbox` is every layer of the lock-down. `process` is the named, weaker choice for machines that lack a layer: a
process of its own with limits, but with the user's files, network and processes in reach. Knows on which systems each
can be had, and loads nothing that one of them lacks.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Final

from grader.errors import IsolationError


class Isolation(StrEnum):
    """How student code is held."""

    SANDBOX = "sandbox"
    PROCESS = "process"


OF_SANDBOX_ALONE: Final = frozenset({"identity", "inspection", "privileges", "landlock", "seccomp"})
OF_LINUX_ALONE: Final = frozenset({"session", "descriptors", "limits", "parent"})
"""The layers that `process` keeps; other systems hold a student process by what they have instead."""


def is_linux() -> bool:
    """Tell whether this is Linux, the system whose own calls the layers are made of."""
    return sys.platform == "linux"


def check_system() -> None:
    """Raise IsolationError where no student process can be forked at all."""
    if sys.platform == "win32":
        raise IsolationError("Windows can't fork processes; install WSL 2 (`wsl --install`) and run grader there")


def left_out(isolation: Isolation) -> frozenset[str]:
    """Return the layers that a level goes without on this system."""
    if isolation is Isolation.SANDBOX:
        return frozenset()
    return OF_SANDBOX_ALONE if is_linux() else OF_SANDBOX_ALONE | OF_LINUX_ALONE
