"""What ties a process to others: its session, its parent, who looks into it, what a program brings it.

Knows nothing of files, users or system calls.
"""

from __future__ import annotations

import os
import signal

from grader.errors import IsolationError
from grader.sandbox.lockdown.kernel import Option, prctl


def leave_session() -> None:
    """Lead a session of its own: no terminal, and no process group shared with the judge."""
    if os.getsid(0) != os.getpid():
        os.setsid()


def die_with_parent(parent: int) -> None:
    """Be killed when `parent` ends; IsolationError when it has already ended.

    A change of uid clears the wish, so it must come after that.
    """
    prctl(Option.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        raise IsolationError(f"the process {parent} that started this one has ended; start the run again")


def forbid_inspection() -> None:
    """Keep this process's memory from others of the same user, and from being dumped to disk."""
    prctl(Option.PR_SET_DUMPABLE, 0)


def renounce_privileges() -> None:
    """Let no program that this process runs bring rights with it."""
    prctl(Option.PR_SET_NO_NEW_PRIVS, 1)
