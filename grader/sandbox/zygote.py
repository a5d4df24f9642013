"""The zygote: a fresh interpreter with torch imported and warmed, that forks one student process on request.

It is started before any secret exists and holds nothing of the course. Run as `python -P -s -m grader.sandbox.zygote
CONTROL_FD OPTIONS [notebooks]`, where the last word has IPython warmed beside torch. It speaks JSON over sockets, one
for each judge that it serves; its owner adds a judge by sending `serve` with a socket over the first of them. `start`
(with four descriptors) answers a pid and, where there are such, its pidfd; `end` kills that process and everything it
left behind and answers how it ended. When a judge's socket is closed, by its death too, the zygote ends that judge's
student processes; when the owner's is, it ends every one, and itself.
"""

from __future__ import annotations

import fcntl
import gc
import os
import select
import signal
import socket
import sys
import traceback
from pathlib import Path
from typing import Any

import torch

from grader.errors import IsolationError
from grader.protocol.frames import CONFINED
from grader.sandbox import huge_pages, worker
from grader.sandbox.confinement import Confinement
from grader.sandbox.control import hear, say
from grader.sandbox.isolation import is_linux
from grader.sandbox.lockdown import kernel
from grader.sandbox.lockdown.kernel import Option
from grader.sandbox.own_modules import Imports
from grader.sandbox.portable import kill_group
from grader.sandbox.surroundings import Surroundings, surroundings
from grader.sandbox.warming import warm_matplotlib, warm_torch

REQUESTS, REPLIES = 3, 4
NOTEBOOKS = "notebooks"


class Zygote:
    """Forks student processes for any number of judges and ends them."""

    def __init__(self, owner: socket.socket, confinement: Confinement, warm: Surroundings, imports: Imports) -> None:
        self._owner = owner
        self._confinement = confinement
        self._warm = warm
        self._imports = imports
        self._students: dict[socket.socket, set[int]] = {owner: set()}

    def serve(self) -> None:
        """Answer requests until the owner closes its side; then end every student process."""
        try:
            while self._owner in self._students:
                ready, _, _ = select.select(list(self._students), [], [])
                for client in ready:
                    self._answer(client)
        finally:
            for client in list(self._students):
                self._dismiss(client)

    def _answer(self, client: socket.socket) -> None:
        """Answer one request of a judge; one that is gone is dismissed."""
        try:
            match hear(client):
                case None:
                    self._dismiss(client)
                case {"do": "serve"}, [descriptor]:
                    self._students[socket.socket(fileno=descriptor)] = set()
                case {"do": "start", "exercises": int(exercises)}, descriptors:
                    self._start(client, descriptors, exercises)
                case {"do": "end", "pid": int(pid)}, _:
                    say(client, self._end(client, pid))
        except (BrokenPipeError, ConnectionResetError):  # the judge is gone, and waits for no answer
            self._dismiss(client)

    def _dismiss(self, client: socket.socket) -> None:
        """End the student processes of a judge, and its conversation."""
        for pid in list(self._students.get(client, ())):
            self._end(client, pid)
        self._students.pop(client, None)
        client.close()

    def _start(self, client: socket.socket, descriptors: list[int], exercises: int) -> None:
        pid = os.fork()
        if pid == 0:
            become_student(descriptors, self._confinement, self._warm, self._imports, exercises)
        for descriptor in descriptors:
            os.close(descriptor)
        self._students[client].add(pid)
        handles = [os.pidfd_open(pid)] if is_linux() else []
        try:
            say(client, {"pid": pid}, handles)
        finally:
            for handle in handles:
                os.close(handle)

    def _end(self, client: socket.socket, pid: int) -> dict[str, Any]:
        self._students[client].remove(pid)
        if not is_linux():
            kill_group(pid)
        os.kill(pid, signal.SIGKILL)  # the pid is its own until it is waited for
        _, status, usage = os.wait4(pid, 0)
        if is_linux():
            self._kill_strays()
        return {
            "code": os.waitstatus_to_exitcode(status),
            "cpu_seconds": usage.ru_utime + usage.ru_stime,
            "peak_kib": usage.ru_maxrss,
        }

    def _kill_strays(self) -> None:
        """Kill what a student process left behind: as subreaper, the zygote inherits every orphan."""
        while strays := children_of_this_process() - set().union(*self._students.values()):
            for pid in strays:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


def children_of_this_process() -> set[int]:
    """Return the pids of this process's own children."""
    text = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
    return {int(word) for word in text.split()}


def become_student(
    descriptors: list[int], confinement: Confinement, warm: Surroundings, imports: Imports, exercises: int
) -> None:
    """Turn the forked child into a student process; never returns."""
    code = 1
    try:
        place_descriptors(descriptors)
        worker.open_streams()
        confinement.enter(exercises)
        os.write(REPLIES, CONFINED)
        worker.Worker(REQUESTS, REPLIES, confinement.limits, warm, imports).serve()
        code = 0
    except Exception:  # noqa: BLE001 - the judge sees the exit code, and this on the process's own stderr
        traceback.print_exc()
    finally:
        os._exit(code)


def place_descriptors(descriptors: list[int]) -> None:
    """Put the two pipes and the two outputs at fixed numbers; the lock-down closes everything else."""
    given = (os.open(os.devnull, os.O_RDONLY), *descriptors)
    null, requests, replies, output, errors = (fcntl.fcntl(each, fcntl.F_DUPFD_CLOEXEC, REPLIES + 1) for each in given)
    for target, source in enumerate((null, output, errors, requests, replies)):
        os.dup2(source, target, inheritable=False)


def hold_low_descriptors() -> None:
    """Occupy the numbers that a student process's pipes will take, so that nothing to be kept gets one of them."""
    while os.open(os.devnull, os.O_RDONLY) <= REPLIES:
        pass


def broken_layers(confinement: Confinement) -> list[str]:
    """Prepare the confinement and return what does not hold; who ends the zygote meanwhile waits for the proof's end.

    The proof would else leave its folder behind.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    try:
        confinement.prepare()
        return [f"{each.layer}: {each.attempt} ({each.detail})" for each in confinement.prove()]
    except IsolationError as problem:
        return [str(problem)]
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})


def main() -> None:
    """Start the zygote and serve."""
    control = socket.socket(fileno=int(sys.argv[1]))
    confinement = Confinement.from_json(sys.argv[2])
    if is_linux():
        kernel.prctl(Option.PR_SET_CHILD_SUBREAPER, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    torch.set_num_threads(1)
    warm_torch()
    if NOTEBOOKS in sys.argv[3:]:
        from grader.sandbox.notebook.notebook_module import warm_notebook  # noqa: PLC0415 - IPython is large

        warm_notebook()
    else:
        warm_matplotlib()
    worker.forget_grader()
    hold_low_descriptors()
    broken = broken_layers(confinement)
    imports = Imports()
    imports.install()
    warm = surroundings()
    gc.collect()
    gc.freeze()
    if is_linux():
        huge_pages.gather()
    try:
        say(control, {"broken": broken})
    except BrokenPipeError:  # the judge is gone: it needs no student process
        return
    Zygote(control, confinement, warm, imports).serve()


if __name__ == "__main__":
    main()
