"""Which system calls a student process may make, as a filter that the kernel runs before each of them.

Owns the list of what is allowed: an allow-list, so that a call which a later kernel brings is refused. What is
refused fails with an error; it neither hangs nor kills. Only another architecture's calls kill the process.
"""

from __future__ import annotations

import ctypes
import errno
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from grader.errors import IsolationError
from grader.sandbox.lockdown import kernel
from grader.sandbox.lockdown.calls import NEWEST
from grader.sandbox.lockdown.kernel import Architecture, Option

_ALLOWED_NAMES: Final = """
read write readv writev pread64 preadv lseek close close_range dup dup2 dup3 poll ppoll select pselect6
stat fstat lstat newfstatat statx access faccessat faccessat2 readlink readlinkat getcwd getdents64
mmap munmap mprotect mremap madvise brk
futex set_robust_list set_tid_address rseq sched_yield membarrier
rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend sigaltstack pause
restart_syscall setitimer getitimer alarm
nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday time times getrusage
getpid getppid gettid getuid geteuid getgid getegid getresuid getresgid getgroups getpgrp
uname sysinfo getrandom getcpu getrlimit
sched_getaffinity sched_getparam sched_getscheduler sched_get_priority_max sched_get_priority_min
exit exit_group
"""
ALLOWED: Final = tuple(_ALLOWED_NAMES.split())
"""Allowed whatever their arguments are: they act on the process itself or on what it could open."""

ABSENT: Final = ("clone3", "openat2")
"""Their arguments lie in memory, where no filter can look. Told so, the C library takes the older call."""

OWN_PID: Final = -1
"""Stands for the process's own pid, which isn't known before the fork."""


@dataclass(frozen=True)
class Question:
    """A question about one argument of a call: is it, with `mask` laid over it, one of `values`?

    `high` asks about its upper 32 bits.
    """

    argument: int
    values: tuple[int, ...]
    mask: int = 0xFFFFFFFF
    high: bool = False


@dataclass(frozen=True)
class Guard:
    """A call that is allowed if every question is answered yes, else refused with the error `refusal`."""

    questions: tuple[Question, ...]
    refusal: int = errno.EPERM


_THREAD: Final = 0x3D0F00
"""VM, FS, FILES, SIGHAND, THREAD, SYSVSEM, SETTLS, PARENT_SETTID and CHILD_CLEARTID: what starts a thread."""
_DETACHED: Final = 0x400000  # without effect; musl sets it
_CLONE: Final = Guard((Question(0, (_THREAD,), mask=0xFFFFFFFF & ~_DETACHED), Question(0, (0,), high=True)))

_READING: Final = 0o2000000 | 0o4000 | 0o400  # CLOEXEC, NONBLOCK, NOCTTY
_DIRECTORY_NOFOLLOW_LARGEFILE: Final[Mapping[str, int]] = MappingProxyType(
    {"x86_64": 0o200000 | 0o400000 | 0o100000, "aarch64": 0o40000 | 0o100000 | 0o400000}
)

_FCNTL_COMMANDS: Final = (0, 1, 2, 3, 1030)
"""DUPFD, GETFD, SETFD, GETFL, DUPFD_CLOEXEC; not SETOWN, by which another process gets signals."""
_IOCTL_COMMANDS: Final = (0x5450, 0x5451)
"""FIONCLEX and FIOCLEX; any other is answered as by a descriptor that is no terminal."""
_PRCTL_OPTIONS: Final = (
    Option.PR_SET_NAME,
    Option.PR_GET_NAME,
    Option.PR_GET_PDEATHSIG,
    Option.PR_GET_DUMPABLE,
    Option.PR_GET_SECCOMP,
    Option.PR_GET_NO_NEW_PRIVS,
    Option.PR_CAPBSET_READ,
)
_ARCH_PRCTL_OPTIONS: Final = (0x1021, 0x1022, 0x1023)
"""ARCH_GET_XCOMP_SUPP, ARCH_GET_XCOMP_PERM, ARCH_REQ_XCOMP_PERM: oneDNN asks for the matrix tiles."""


def guards(architecture: Architecture) -> Mapping[str, Guard]:
    """Return the calls that are allowed with some arguments only."""
    not_reading = 0xFFFFFFFF & ~(_READING | _DIRECTORY_NOFOLLOW_LARGEFILE[architecture.name])
    itself = (0, OWN_PID)
    return {
        "openat": Guard((Question(2, (0,), mask=not_reading),)),
        "open": Guard((Question(1, (0,), mask=not_reading),)),
        "clone": _CLONE,
        "kill": Guard((Question(0, (OWN_PID,)),)),
        "tgkill": Guard((Question(0, (OWN_PID,)),)),
        "tkill": Guard((Question(0, (OWN_PID,)),)),
        "prlimit64": Guard((Question(0, itself), Question(2, (0,)), Question(2, (0,), high=True))),
        "getpgid": Guard((Question(0, itself),)),
        "getsid": Guard((Question(0, itself),)),
        "fcntl": Guard((Question(1, _FCNTL_COMMANDS),)),
        "ioctl": Guard((Question(1, _IOCTL_COMMANDS),), refusal=errno.ENOTTY),
        "prctl": Guard((Question(0, _PRCTL_OPTIONS),)),
        "arch_prctl": Guard((Question(0, _ARCH_PRCTL_OPTIONS),)),
    }


_LOAD: Final = 0x20  # the instructions of classic BPF
_AND: Final = 0x54
_IF_EQUAL: Final = 0x15
_IF_GREATER: Final = 0x25
_IF_AT_LEAST: Final = 0x35
_RETURN: Final = 0x06

RET_KILL_PROCESS: Final = 0x80000000
RET_ERRNO: Final = 0x00050000
RET_ALLOW: Final = 0x7FFF0000
SET_MODE_FILTER: Final = 1
GET_ACTION_AVAIL: Final = 2
FLAG_TSYNC: Final = 1

_NUMBER_OFFSET: Final = 0  # struct seccomp_data: number, architecture, instruction pointer, six arguments
_AUDIT_OFFSET: Final = 4
_ARGUMENTS_OFFSET: Final = 16
X32_NUMBERS: Final = 0x40000000

Instruction = tuple[int, int, int, int]
"""Code, how far to jump if true, how far if false, operand."""
_INSTRUCTION: Final = struct.Struct("=HBBI")
_OPERAND: Final = struct.Struct("=I")
_OPERAND_OFFSET: Final = 4


def assemble(architecture: Architecture) -> tuple[Instruction, ...]:
    """Return the filter for `architecture`, with OWN_PID where the pid belongs."""
    numbers = architecture.numbers
    program: list[Instruction] = [
        (_LOAD, 0, 0, _AUDIT_OFFSET),
        (_IF_EQUAL, 1, 0, architecture.audit),
        (_RETURN, 0, 0, RET_KILL_PROCESS),
        (_LOAD, 0, 0, _NUMBER_OFFSET),
    ]
    if architecture.name == "x86_64":
        program += _if(_IF_AT_LEAST, X32_NUMBERS, _return(RET_KILL_PROCESS))
    program += _if(_IF_GREATER, NEWEST, _return(RET_ERRNO | errno.ENOSYS))
    for name in ABSENT:
        program += _if(_IF_EQUAL, numbers[name], _return(RET_ERRNO | errno.ENOSYS))
    for name, guard in guards(architecture).items():
        if name in numbers:
            program += _if(_IF_EQUAL, numbers[name], _guarded(guard))
    for name in ALLOWED:
        if name in numbers:
            program += _if(_IF_EQUAL, numbers[name], _return(RET_ALLOW))
    return (*program, *_return(RET_ERRNO | errno.EPERM))


def _if(question: int, operand: int, block: tuple[Instruction, ...]) -> tuple[Instruction, ...]:
    """Return instructions that run `block` when the loaded word meets the question, and skip it otherwise."""
    return ((question, 0, len(block), operand), *block)


def _return(answer: int) -> tuple[Instruction, ...]:
    return ((_RETURN, 0, 0, answer),)


def _guarded(guard: Guard) -> tuple[Instruction, ...]:
    block: list[Instruction] = []
    for question in guard.questions:
        block.append((_LOAD, 0, 0, _ARGUMENTS_OFFSET + 8 * question.argument + 4 * question.high))
        block.append((_AND, 0, 0, question.mask))
        left = len(question.values)
        block += [(_IF_EQUAL, left - index, 0, value) for index, value in enumerate(question.values)]
        block.append((_RETURN, 0, 0, RET_ERRNO | guard.refusal))
    return (*block, (_RETURN, 0, 0, RET_ALLOW))


@dataclass(frozen=True)
class Filter:
    """An assembled filter, ready but for the pid of the process that puts it on."""

    code: bytes
    pid_offsets: tuple[int, ...]

    def install(self, pid: int) -> None:
        """Hold every thread of the calling process, whose pid is `pid`, to the filter for good."""
        code = ctypes.create_string_buffer(self.code, len(self.code))
        for offset in self.pid_offsets:
            _OPERAND.pack_into(code, offset, pid)
        program = struct.pack("=HxxxxxxQ", len(code) // _INSTRUCTION.size, ctypes.addressof(code))
        pointer = ctypes.create_string_buffer(program, len(program))
        stubborn = kernel.call("seccomp", SET_MODE_FILTER, FLAG_TSYNC, ctypes.addressof(pointer))
        if stubborn:
            raise IsolationError(f"thread {stubborn} can't be filtered; lock down right after the fork")


def pack(program: Iterable[Instruction]) -> Filter:
    """Return the filter that the instructions make."""
    code = bytearray()
    offsets = []
    for operation, if_true, if_false, operand in program:
        if operand == OWN_PID:
            offsets.append(len(code) + _OPERAND_OFFSET)
        code += _INSTRUCTION.pack(operation, if_true, if_false, max(operand, 0))
    return Filter(bytes(code), tuple(offsets))


def prepare() -> Filter:
    """Return the filter of this machine's architecture."""
    return pack(assemble(kernel.architecture()))


def unavailable() -> str | None:
    """Return why system calls can't be filtered here and what to do, or None."""
    if reason := kernel.missing():
        return reason
    try:
        for action in (RET_KILL_PROCESS, RET_ERRNO):
            wanted = ctypes.c_uint32(action)
            kernel.call("seccomp", GET_ACTION_AVAIL, 0, ctypes.addressof(wanted))
    except OSError as problem:
        return f"the kernel has no system call filter ({problem}); use Linux 4.14 or newer built with seccomp"
    return None
