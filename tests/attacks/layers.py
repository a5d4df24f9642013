"""Shows what each layer of the lock-down holds: an attack that fails with it and succeeds without it.

Run as `python layers.py CLASS [--setuid PROGRAM]`, as whoever shall grade; prints one line of JSON for each layer,
and a last one on whether student processes leave one another threads.

CLASS holds the hostile submissions, PROGRAM prints its user's number and belongs to root with the set-user-id bit.
Where a second layer holds an attack as well, that one is left out in both trials, and the line names it.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import select
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from incubator import install

from grader.errors import IsolationError
from grader.protocol.messages import Call, Load, Loaded, Observed
from grader.sandbox.limits import Limits
from grader.sandbox.process import Lost, Stopped, StudentProcess
from grader.sandbox.sandbox import Sandbox
from grader.sandbox.zygotes import Zygotes

LIMITS = Limits(call_cpu_seconds=2.0, call_wall_seconds=6.0, memory_mib=512, open_files=64)
IS_ROOT = os.geteuid() == 0
MOMENT_MS = 300
LONG_MS = 10_000
CLAIM = "WON"

SIGNAL_GROUP = """
import os, signal
def weighted_grad(f, x, v):
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    os.killpg(os.getpgrp(), signal.SIGUSR1)
"""
OPEN_MANY = """
import os
def weighted_grad(f, x, v):
    for _ in range(200):
        os.dup(1)
    raise RuntimeError("WON two hundred descriptors")
"""
READ_NEIGHBOUR = """
def weighted_grad(f, x, v):
    with open(f"/proc/{int(x)}/maps") as file:
        raise RuntimeError("WON the map of a neighbour's memory " + file.readline())
"""
GAIN_RIGHTS = """
import subprocess
def weighted_grad(f, x, v):
    found = subprocess.run([PROGRAM, "-u"], capture_output=True, text=True).stdout.strip()
    raise RuntimeError("WON the rights of root" if found == "0" else "still " + found)
"""
TAKE_THREADS = """
import threading, time
def weighted_grad(f, x, v):
    threading.stack_size(64 * 1024)
    try:
        while True:
            threading.Thread(target=threading.Event().wait, daemon=True).start()
    except RuntimeError:
        time.sleep(0.5)
"""
USE_THREADS = """
import threading
def weighted_grad(f, x, v):
    threads = [threading.Thread(target=int) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    raise RuntimeError("WON four threads")
"""
WAIT = """
def weighted_grad(f, x, v):
    return x
"""


class UnprovedSandbox(Sandbox):
    """A sandbox that starts although its own proof tells that a layer is missing."""

    def __init__(self, limits: Limits, *, without: frozenset[str]) -> None:
        """Leave out some layers, and what would refuse to go on without them."""
        super().__init__(limits, without=without)
        self.zygotes.check_proof = lambda _broken: None

    @property
    def zygotes(self) -> Zygotes:
        """The zygotes, which are the sandbox's own."""
        assert self._own is not None
        return self._own


@dataclass(frozen=True)
class Case:
    """A layer, an attack on it, and what else has to be left out for the attack to meet this layer alone."""

    layer: str
    attack: str
    reaches: Callable[[UnprovedSandbox], bool]
    also: tuple[str, ...] = ()
    why_not: str = ""
    """Why there is nothing to show for this user on this machine, or empty."""


def loaded(sandbox: Sandbox, source: str) -> StudentProcess:
    """Return a student process that has loaded `source`."""
    process = sandbox.start()
    reply = process.ask(Load("attack.py", (source,), notebook=False, entries=("weighted_grad",)))
    assert isinstance(reply, Loaded), reply
    assert not reply.raised, reply
    return process


def claims(sandbox: Sandbox, source: str, argument: float = 1.0) -> bool:
    """Whether the attack in `source`, called once, says that it has won."""
    process = loaded(sandbox, source)
    try:
        given = (None, torch.tensor(argument, dtype=torch.float64), None)
        reply = process.ask(Call("weighted_grad", given))
    except Stopped:
        return False
    finally:
        process.close()
    assert isinstance(reply, Observed)
    raised = reply.observations[0].raised
    return raised is not None and raised.message.startswith(CLAIM)


def close_beside(process: StudentProcess) -> None:
    """End a process whose zygote may be gone."""
    with contextlib.suppress(Lost):
        process.close()


def ends_zygote(sandbox: UnprovedSandbox) -> bool:
    """Whether a signal of a student process to its own group ends the zygote."""
    process = loaded(sandbox, SIGNAL_GROUP)
    zygote = os.pidfd_open(pid_of_zygote(sandbox))
    with contextlib.suppress(Stopped, Lost):
        process.ask(Call("weighted_grad", (None, None, None)))
    ended = has_ended(zygote, within=MOMENT_MS)
    os.close(zygote)
    close_beside(process)
    return ended


def outlives_zygote(sandbox: UnprovedSandbox) -> bool:
    """Whether a student process goes on when its zygote is killed."""
    process = loaded(sandbox, WAIT)
    os.kill(pid_of_zygote(sandbox), signal.SIGKILL)
    is_held = "parent" not in sandbox.zygotes.confinement.without
    ended = has_ended(process.handle, within=LONG_MS if is_held else MOMENT_MS)
    if not ended:
        signal.pidfd_send_signal(process.handle, signal.SIGKILL)
    close_beside(process)
    return not ended


def reads_neighbour(sandbox: Sandbox) -> bool:
    """Whether one student process reads the memory map of another."""
    neighbour = loaded(sandbox, WAIT)
    try:
        return claims(sandbox, READ_NEIGHBOUR, float(neighbour.pid))
    finally:
        neighbour.close()


def leaves_threads(sandbox: Sandbox) -> bool:
    """Whether a student process has threads to use while another holds as many as it gets."""
    greedy = loaded(sandbox, TAKE_THREADS)
    try:
        with contextlib.suppress(Stopped):
            greedy.ask(Call("weighted_grad", (None, None, None)))
        return claims(sandbox, USE_THREADS)
    finally:
        greedy.close()


def pid_of_zygote(sandbox: UnprovedSandbox) -> int:
    """Return the zygote's number."""
    (zygote,) = sandbox.zygotes._running.values()
    assert zygote._process is not None
    return zygote._process.pid


def has_ended(handle: int, *, within: int) -> bool:
    """Whether the process of a pidfd ends within so many milliseconds."""
    poll = select.poll()
    poll.register(handle, select.POLLIN)
    return bool(poll.poll(within))


def cases(folder: Path, program: str | None) -> Iterator[Case]:
    """Yield a case for each layer."""

    def submission(name: str) -> Callable[[UnprovedSandbox], bool]:
        source = (folder / f"{name}.py").read_text(encoding="utf-8")
        return lambda sandbox: claims(sandbox, source)

    yield Case("session", "signal its group, the zygote in it", ends_zygote, ("identity", "landlock", "seccomp"))
    yield Case("descriptors", "read what the zygote holds open", submission("steal-read_open_descriptors"))
    yield Case("limits", "hold two hundred descriptors", lambda sandbox: claims(sandbox, OPEN_MANY))
    yield Case(
        "identity",
        "be root",
        submission("reach_out-become_root"),
        why_not="" if IS_ROOT else "an ordinary user has no other identity and no capability to lose",
    )
    yield Case("parent", "outlive the zygote", outlives_zygote)
    yield Case(
        "inspection",
        "read the memory map of another student process",
        reads_neighbour,
        ("landlock",),
        why_not="from root, `identity` holds it: each process has a user of its own" if IS_ROOT else "",
    )
    yield Case(
        "privileges",
        "gain root's rights by a set-user-id program",
        lambda sandbox: claims(sandbox, GAIN_RIGHTS.replace("PROGRAM", repr(program))),
        ("landlock", "seccomp"),
        why_not="" if program else "only root can make a set-user-id program to try",
    )
    yield Case("landlock", "read the hidden tests", submission("steal-read_hidden_tests"))
    yield Case("seccomp", "send a datagram", submission("reach_out-udp_send"))


@dataclass(frozen=True)
class Sandboxes:
    """Sandboxes by the layers that they go without; those that several cases need are kept."""

    kept: dict[frozenset[str], UnprovedSandbox]

    @contextlib.contextmanager
    def without(self, layers: frozenset[str]) -> Iterator[UnprovedSandbox]:
        """Give a sandbox without some layers."""
        if layers in self.kept:
            yield self.kept[layers]
            return
        with UnprovedSandbox(LIMITS, without=layers) as sandbox:
            yield sandbox

    def tried(self, case: Case, layers: frozenset[str]) -> bool:
        """Whether a case's attack reaches its aim without some layers."""
        with self.without(layers) as sandbox:
            return case.reaches(sandbox)

    def starts(self, layers: frozenset[str]) -> bool:
        """Whether a student process can be locked down without some layers."""
        with self.without(layers) as sandbox:
            try:
                loaded(sandbox, WAIT).close()
            except IsolationError:
                return False
            return True

    def row(self, case: Case) -> dict[str, Any]:
        """Return what trying a case gave."""
        told: dict[str, Any] = {"layer": case.layer, "attack": case.attack, "also": case.also, "why_not": case.why_not}
        own, others = frozenset({case.layer}), frozenset(case.also)
        if case.layer == "privileges":
            told["starts_without"] = self.starts(own)
        if not case.why_not:
            told |= {"with": self.tried(case, others), "without": self.tried(case, others | own)}
        return told


def tell(found: dict[str, Any]) -> None:
    """Print a line of JSON."""
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Try every case, and whether students leave one another threads."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--setuid")
    given = parser.parse_args()
    install(os.getpid())  # two dozen zygotes would each import torch anew
    with contextlib.ExitStack() as stack:
        often = (frozenset[str](), frozenset({"landlock"}))
        kept = {each: stack.enter_context(UnprovedSandbox(LIMITS, without=each)) for each in often}
        for case in cases(given.folder, given.setuid):
            tell(Sandboxes(kept).row(case))
        tell({"leaves_threads": leaves_threads(kept[frozenset()])})


if __name__ == "__main__":
    main()
