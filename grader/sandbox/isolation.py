"""The two levels of isolation that a run can have, by name.

`sandbox` is every layer of the lock-down. `process` is the named, weaker choice for machines that lack a layer: a
process of its own with limits, but with the user's files, network and processes in reach.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Isolation(StrEnum):
    """How student code is held."""

    SANDBOX = "sandbox"
    PROCESS = "process"


LEFT_OUT: Final = {
    Isolation.SANDBOX: frozenset[str](),
    Isolation.PROCESS: frozenset({"identity", "inspection", "privileges", "landlock", "seccomp"}),
}
"""The layers that each level goes without."""
