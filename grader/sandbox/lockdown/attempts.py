"""What hostile code would try first, as small attempts of which each must be refused; knows nothing of how.

An attempt succeeds when it returns, and is refused when it raises an OSError with one of its `refusals`. Any other
error means that the kernel looked at the call's arguments, so that better ones would have done it: also a success.
None of them harms the machine when it succeeds.
"""

from __future__ import annotations

import _thread
import ctypes
import errno
import fcntl
import mmap
import os
import resource
import signal
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from grader.sandbox.lockdown import kernel
from grader.sandbox.lockdown.kernel import Option
from grader.sandbox.lockdown.limits import SPARE_TASKS, Bounds

REFUSED: Final = frozenset({errno.EPERM, errno.EACCES, errno.ENOSYS})
_NOWHERE: Final = 0xFFFFFFFF
_NO_SUCH_KEY: Final = 0x7A1B2C3D
_PTRACE_SEIZE: Final = 0x4206
_KEYCTL_GET_KEYRING_ID: Final = 0
_SESSION_KEYRING: Final = 0xFFFFFFFD
_FIONREAD: Final = 0x541B
_NO_LIMIT: Final = 2**64 - 1
_SMALL_STACK: Final = 256 * 1024
_MOST_THREADS: Final = 16 * SPARE_TASKS
_MOST_MILLISECONDS: Final = 500
_RLIMIT_AS: Final = 9
_MAP_NORESERVE: Final = 0x4000  # named in the standard library from Python 3.13 on


@dataclass(frozen=True)
class Aim:
    """What the attempts aim at: another process, a file outside the libraries, a descriptor left open, a pipe."""

    bounds: Bounds
    parent: int
    folder: Path
    """Everybody may write here, and everybody may read and write its file `bait`."""
    leaked: int
    pipe: int
    secret: tuple[Path, ...]

    @property
    def bait(self) -> Path:
        """Return the file to read and to spoil."""
        return self.folder / "bait"


@dataclass(frozen=True)
class Attempt:
    """One thing to try and the layer that answers for its being refused."""

    layer: str
    name: str
    run: Callable[[Aim], object]
    refusals: frozenset[int] = REFUSED
    needs: str = ""
    """A further layer that it takes where the process starts as root."""

    def outcome(self, aim: Aim) -> tuple[bool, str]:
        """Try it; return whether it was refused, and how it ended."""
        try:
            self.run(aim)
        except OSError as problem:
            return problem.errno in self.refusals, str(problem)
        return False, "it succeeded"


def _refuse_unless(condition: object) -> None:
    """Let a look at the process's own state count as an attempt that needs `condition` to succeed."""
    if not condition:
        raise PermissionError(errno.EPERM, "the state is as promised")


def _share_session(_aim: Aim) -> None:
    _refuse_unless(os.getpgrp() != os.getpid())


def _map_too_much(aim: Aim) -> None:
    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | _MAP_NORESERVE
    mmap.mmap(-1, aim.bounds.memory_bytes, flags=flags).close()


def _open_too_much(aim: Aim) -> None:
    opened: list[int] = []
    try:
        opened.extend(os.dup(aim.pipe) for _ in range(aim.bounds.open_files + 1))
    finally:
        for descriptor in opened:
            os.close(descriptor)


def _start_too_many_threads(_aim: Aim) -> None:
    """Start more than this user's processes may have in all; with a uid of its own, the first too many is refused.

    Others of a shared uid may have ended since the bound was set: as many threads as they had then do no harm.
    `threading` would wait for each to have started, for ever where it dies of too little memory before that.
    """
    bound = resource.getrlimit(resource.RLIMIT_NPROC)[0]
    most = _MOST_THREADS if bound == resource.RLIM_INFINITY else min(bound + 1, _MOST_THREADS)
    gate = _thread.allocate_lock()
    ended: list[bool] = []
    started = 0

    def wait() -> None:
        with gate:
            ended.append(True)

    threading.stack_size(_SMALL_STACK)
    gate.acquire()
    try:
        for _ in range(most):
            _thread.start_new_thread(wait, ())
            started += 1
    except RuntimeError as problem:
        raise OSError(errno.EAGAIN, str(problem)) from problem
    finally:
        gate.release()
        for _ in range(_MOST_MILLISECONDS):
            if len(ended) >= started:
                break
            time.sleep(1e-3)


def _lift_memory_limit(_aim: Aim) -> None:
    wanted = (ctypes.c_uint64 * 2)(_NO_LIMIT, _NO_LIMIT)
    kernel.call("prlimit64", 0, _RLIMIT_AS, ctypes.addressof(wanted), 0)


def _outlive_parent(_aim: Aim) -> None:
    number = ctypes.c_int()
    kernel.prctl(Option.PR_GET_PDEATHSIG, ctypes.addressof(number))
    _refuse_unless(number.value != signal.SIGKILL)


def _read_secrets(aim: Aim) -> None:
    problems = []
    for path in aim.secret:
        try:
            list(path.iterdir()) if path.is_dir() else path.read_bytes()
        except OSError as problem:
            problems.append(problem)
    _refuse_unless(len(problems) < len(aim.secret))


def _create(aim: Aim) -> None:
    os.close(os.open(aim.folder / "created", os.O_WRONLY | os.O_CREAT))


def _empty_by_opening(aim: Aim) -> None:
    os.close(os.open(aim.bait, os.O_RDONLY | os.O_TRUNC))


def _read_limit_of_parent(aim: Aim) -> None:
    found = (ctypes.c_uint64 * 2)()
    kernel.call("prlimit64", aim.parent, _RLIMIT_AS, 0, ctypes.addressof(found))


def _fork(_aim: Aim) -> None:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def _spawn(_aim: Aim) -> None:
    os.waitpid(os.posix_spawn("/bin/sh", ["sh", "-c", ":"], {}), 0)


def _execute(_aim: Aim) -> None:
    os.execv("/bin/sh", ["sh", "-c", ":"])  # noqa: S606 - it is the last thing that the process tries


def _call(name: str, *arguments: int) -> Callable[[Aim], object]:
    return lambda _aim: kernel.call(name, *arguments)


def _call_on_parent(name: str, *, before: tuple[int, ...] = (), after: tuple[int, ...] = ()) -> Callable[[Aim], object]:
    return lambda aim: kernel.call(name, *before, aim.parent, *after)


_OR_NO_MORE: Final = REFUSED | {errno.EAGAIN}

ATTEMPTS: Final = (
    Attempt("session", "stay in the judge's process group", _share_session),
    Attempt("descriptors", "read a file left open", lambda aim: os.pread(aim.leaked, 1, 0), frozenset({errno.EBADF})),
    Attempt("limits", "map more memory than allowed", _map_too_much, frozenset({errno.ENOMEM})),
    Attempt("limits", "open more files than allowed", _open_too_much, frozenset({errno.EMFILE})),
    Attempt("limits", "start more threads than allowed", _start_too_many_threads, _OR_NO_MORE, needs="identity"),
    Attempt("limits", "lift its memory limit", _lift_memory_limit),
    Attempt("identity", "be root", lambda _aim: _refuse_unless(os.geteuid() == 0)),
    Attempt("identity", "become root", lambda _aim: os.setuid(0)),
    Attempt("parent", "outlive its parent", _outlive_parent),
    Attempt(
        "inspection",
        "be read by others",
        lambda _aim: _refuse_unless(kernel.prctl(Option.PR_GET_DUMPABLE) == 1),
    ),
    Attempt(
        "privileges",
        "gain rights by a program",
        lambda _aim: _refuse_unless(kernel.prctl(Option.PR_GET_NO_NEW_PRIVS) == 0),
    ),
    Attempt("landlock", "read a file outside", lambda aim: aim.bait.read_bytes()),
    Attempt("landlock", "list a folder outside", lambda aim: list(aim.folder.iterdir())),
    Attempt("landlock", "read the names of users", lambda _aim: Path("/etc/passwd").read_bytes()),
    Attempt("landlock", "read a secret path", _read_secrets),
    Attempt("landlock", "see where its parent runs", lambda aim: Path(f"/proc/{aim.parent}/cwd").readlink()),
    Attempt("landlock", "read its own memory map", lambda _aim: Path("/proc/self/maps").read_bytes()),
    Attempt("landlock", "create a file", _create),
    Attempt("landlock", "write a file", lambda aim: os.close(os.open(aim.bait, os.O_WRONLY))),
    Attempt("landlock", "make a folder", lambda aim: (aim.folder / "made").mkdir()),
    Attempt("landlock", "make a symbolic link", lambda aim: (aim.folder / "link").symlink_to("bait")),
    Attempt("seccomp", "empty a file by opening it", _empty_by_opening),
    Attempt("seccomp", "empty a file", lambda aim: os.truncate(aim.bait, 0)),
    Attempt("seccomp", "change a file's mode", lambda aim: aim.bait.chmod(0o600)),
    Attempt("seccomp", "change a file's times", lambda aim: os.utime(aim.bait)),
    Attempt("landlock", "rename a file", lambda aim: aim.bait.rename(aim.folder / "renamed")),
    Attempt("landlock", "remove a file", lambda aim: aim.bait.unlink()),
    Attempt("seccomp", "open a TCP socket", lambda _aim: socket.socket().close()),
    Attempt("seccomp", "open a UDP socket", lambda _aim: socket.socket(type=socket.SOCK_DGRAM).close()),
    Attempt("seccomp", "open a Unix socket", lambda _aim: socket.socket(socket.AF_UNIX).close()),
    Attempt("seccomp", "fork", _fork, _OR_NO_MORE),
    Attempt("seccomp", "spawn a program", _spawn, _OR_NO_MORE),
    Attempt("seccomp", "signal its parent", lambda aim: os.kill(aim.parent, 0)),
    Attempt("seccomp", "hold its parent by a descriptor", _call_on_parent("pidfd_open")),
    Attempt("seccomp", "trace its parent", _call_on_parent("ptrace", before=(_PTRACE_SEIZE,))),
    Attempt("seccomp", "read its parent's memory", _call_on_parent("process_vm_readv")),
    Attempt("seccomp", "read its parent's limits", _read_limit_of_parent),
    Attempt("seccomp", "slow its parent down", _call_on_parent("setpriority", before=(_NOWHERE,))),
    Attempt("seccomp", "reschedule its parent", _call_on_parent("sched_setscheduler")),
    Attempt("seccomp", "move its parent to another core", _call_on_parent("sched_setaffinity")),
    Attempt("seccomp", "send signals by a pipe", lambda aim: fcntl.fcntl(aim.pipe, fcntl.F_SETOWN, aim.parent)),
    Attempt(
        "seccomp",
        "control a device",
        lambda aim: fcntl.ioctl(aim.pipe, _FIONREAD, b"\0" * 4),
        frozenset({errno.ENOTTY}),
    ),
    Attempt("seccomp", "keep a file in memory", _call("memfd_create")),
    Attempt("seccomp", "share memory", _call("shmget", _NO_SUCH_KEY)),
    Attempt("seccomp", "use message queues", _call("msgget", _NO_SUCH_KEY)),
    Attempt("seccomp", "use semaphores", _call("semget", _NO_SUCH_KEY)),
    Attempt("seccomp", "use POSIX message queues", _call("mq_open")),
    Attempt("seccomp", "read kept keys", _call("keyctl", _KEYCTL_GET_KEYRING_ID, _SESSION_KEYRING)),
    Attempt("seccomp", "queue calls past the filter", _call("io_uring_setup", 1)),
    Attempt("seccomp", "load a kernel program", _call("bpf")),
    Attempt("seccomp", "watch the processor", _call("perf_event_open")),
    Attempt("seccomp", "handle page faults", _call("userfaultfd")),
    Attempt("seccomp", "leave its namespaces", _call("unshare")),
    Attempt("seccomp", "enter other namespaces", _call("setns", _NOWHERE)),
    Attempt("seccomp", "mount a file system", _call("mount")),
    Attempt("seccomp", "change its root folder", _call("chroot")),
    Attempt("seccomp", "open a file by its handle", _call("open_by_handle_at", _NOWHERE)),
    Attempt("seccomp", "change its personality", _call("personality", _NOWHERE)),
    Attempt("seccomp", "ask to outlive its parent", lambda _aim: kernel.prctl(Option.PR_SET_PDEATHSIG, 0)),
    Attempt("seccomp", "ask to be read by others", lambda _aim: kernel.prctl(Option.PR_SET_DUMPABLE, 1)),
    Attempt("seccomp", "run a program", _execute, REFUSED),
)
"""In an order in which none hides another; the last would end the process."""
