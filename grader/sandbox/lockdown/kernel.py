"""The raw calls to the Linux kernel that the standard library lacks; knows no policy.

Every failed call raises an OSError that names the call. Nothing happens at import, so that the module can be
imported also where there is no Linux; `missing` says why nothing of it would work there.
"""

from __future__ import annotations

import ctypes
import enum
import functools
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from grader.sandbox.lockdown.calls import NUMBERS

BITS_64: Final = 2**32
ARGUMENTS: Final = 6
OWN_TASKS: Final = Path("/proc/self/task")


class Option(enum.IntEnum):
    """What prctl is asked for."""

    PR_SET_PDEATHSIG = 1
    PR_GET_PDEATHSIG = 2
    PR_GET_DUMPABLE = 3
    PR_SET_DUMPABLE = 4
    PR_SET_NAME = 15
    PR_GET_NAME = 16
    PR_GET_SECCOMP = 21
    PR_CAPBSET_READ = 23
    PR_CAPBSET_DROP = 24
    PR_SET_SECUREBITS = 28
    PR_SET_CHILD_SUBREAPER = 36
    PR_SET_NO_NEW_PRIVS = 38
    PR_GET_NO_NEW_PRIVS = 39
    PR_CAP_AMBIENT = 47


@dataclass(frozen=True)
class Architecture:
    """A machine's name as the kernel says it, its AUDIT_ARCH number, and the numbers of its system calls."""

    name: str
    audit: int
    numbers: Mapping[str, int]


def _numbers(column: int) -> Mapping[str, int]:
    return {name: number for name, columns in NUMBERS.items() if (number := columns[column]) is not None}


ARCHITECTURES: Final = (
    Architecture("x86_64", 0xC000003E, _numbers(0)),
    Architecture("aarch64", 0xC00000B7, _numbers(1)),
)


def missing() -> str | None:
    """Return why no layer can be had on this machine, or None."""
    if sys.platform != "linux":
        return f"it needs Linux and this is {sys.platform}; use a Linux machine or container"
    machine = os.uname().machine
    if machine not in {each.name for each in ARCHITECTURES} or sys.maxsize < BITS_64:
        return f"it knows 64-bit x86_64 and aarch64 only and this is {machine}; use such a machine"
    if not OWN_TASKS.is_dir():
        return "it needs /proc, which isn't mounted; mount it"
    return None


@functools.cache
def architecture() -> Architecture:
    """Return the architecture of this machine, one that `missing` knows."""
    return next(each for each in ARCHITECTURES if each.name == os.uname().machine)


@functools.cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(None, use_errno=True)
    library.syscall.argtypes = [ctypes.c_ulong] * (1 + ARGUMENTS)
    library.syscall.restype = ctypes.c_long
    library.prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    library.prctl.restype = ctypes.c_int
    return library


def call(name: str, *arguments: int) -> int:
    """Make the system call `name`; addresses are given as integers."""
    padding = (0,) * (ARGUMENTS - len(arguments))
    answer: int = _library().syscall(architecture().numbers[name], *arguments, *padding)
    if answer == -1:
        raise _failure(name)
    return answer


def prctl(option: Option, *arguments: int) -> int:
    """Ask something of the calling process itself."""
    padding = (0,) * (4 - len(arguments))
    answer: int = _library().prctl(option, *arguments, *padding)
    if answer == -1:
        raise _failure(f"prctl({option.name})")
    return answer


def _failure(name: str) -> OSError:
    number = ctypes.get_errno()
    return OSError(number, f"{name}: {os.strerror(number)}")
