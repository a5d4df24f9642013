"""What a student process may read: the libraries of the interpreter and the system; it writes nothing.

Owns the Landlock ruleset. It is built once, by whoever forks student processes, and put on in each of them.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import struct
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from grader.errors import IsolationError
from grader.sandbox.lockdown import kernel

READ_FILE: Final = 1 << 2
READ_DIR: Final = 1 << 3

_FILES_FROM_ABI: Final = ((1, 13), (2, 14), (3, 15), (5, 16), (9, 17))
_NETWORK_FROM_ABI: Final = ((4, 2), (10, 4))
_SCOPES_FROM_ABI: Final = ((6, 2),)
"""From which ABI on how many rights (the lowest bits) are known."""

CREATE_RULESET_VERSION: Final = 1
RULE_PATH_BENEATH: Final = 1

SYSTEM_FOLDERS: Final = tuple(
    Path(folder) / library for folder in ("/", "/usr", "/usr/local") for library in ("lib", "lib32", "lib64", "libx32")
)
SYSTEM_FILES: Final = tuple(
    map(
        Path,
        (
            "/etc/ld.so.cache",
            "/sys/devices/system/cpu",
            "/proc/cpuinfo",
            "/dev/null",
            "/dev/zero",
            "/dev/urandom",
        ),
    )
)
PACKAGE_FOLDERS: Final = frozenset({"site-packages", "dist-packages"})
GRADER: Final = Path(__file__).resolve().parents[2]
"""The grader itself, which may be installed among the libraries: with it comes a course, with all that judges."""


@dataclass(frozen=True)
class Rights:
    """The rights that a ruleset takes away unless a rule gives them back, as the kernel's bit sets."""

    files: int
    network: int
    scopes: int


def abi() -> int:
    """Return the version of Landlock that the kernel speaks; OSError when it speaks none."""
    return kernel.call("landlock_create_ruleset", 0, 0, CREATE_RULESET_VERSION)


def unavailable() -> str | None:
    """Return why Landlock can't be had here and what to do, or None."""
    if reason := kernel.missing():
        return reason
    try:
        abi()
    except OSError as problem:
        return _reason(problem)
    return None


def _reason(problem: OSError) -> str:
    if problem.errno == errno.EOPNOTSUPP:
        return "the kernel was started without Landlock; add landlock to its lsm= start option"
    if problem.errno == errno.ENOSYS:
        return "the kernel has no Landlock; use Linux 5.13 or newer, built with it, and no gVisor"
    return f"Landlock is forbidden here ({problem}); let the container's seccomp profile pass landlock_*"


def known_rights(version: int) -> Rights:
    """Return every right that Landlock knows in `version`."""
    return Rights(
        files=_bits(version, _FILES_FROM_ABI),
        network=_bits(version, _NETWORK_FROM_ABI),
        scopes=_bits(version, _SCOPES_FROM_ABI),
    )


def _bits(version: int, since: tuple[tuple[int, int], ...]) -> int:
    return (1 << max((count for first, count in since if version >= first), default=0)) - 1


def libraries() -> tuple[Path, ...]:
    """Return the folders of the interpreter's libraries and packages that exist.

    Precise folders, since a virtual environment may lie inside the course: neither the prefix itself nor an
    entry of `sys.path` that is a source tree.
    """
    prefixes = (sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix)
    folders = [Path(prefix) / library for prefix in prefixes for library in ("lib", "lib64")]
    folders += [Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    folders += [Path(entry) for entry in sys.path if Path(entry).name in PACKAGE_FOLDERS]
    return _existing(folders)


def system_paths() -> tuple[Path, ...]:
    """Return the system's libraries and the few files that torch asks for, as far as they exist."""
    return _existing((*SYSTEM_FOLDERS, *SYSTEM_FILES))


def _existing(paths: Iterable[Path]) -> tuple[Path, ...]:
    found: dict[Path, None] = {}
    for path in paths:
        with contextlib.suppress(OSError):
            found[path.resolve(strict=True)] = None
    return tuple(found)


def parted(readable: Iterable[Path], withheld: Path) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Return what may be read whole, and the folders that may be listed alone since `withheld` lies in them.

    Landlock takes nothing out of a folder that it has opened, so the entries of such a folder are opened one by one. A
    link among them is left out: it would open what it leads to.
    """
    whole, listed = list[Path](), list[Path]()
    for path in readable:
        if not withheld.is_relative_to(path):
            whole.append(path)
        elif path != withheld:
            listed.append(path)
            entries = (Path(each) for each in os.scandir(path) if not each.is_symlink())
            below, lists = parted(sorted(entries), withheld)
            whole += below
            listed += lists
    return tuple(whole), tuple(listed)


def check_hides(readable: Iterable[Path], secret: Iterable[Path]) -> None:
    """Raise IsolationError when one of `readable` is, or lies above, one of `secret`, by whatever name."""
    opened = {(status.st_dev, status.st_ino): path for path in readable for status in _status(path)}
    for path in secret:
        place = path.resolve()
        for folder in (place, *place.parents):
            for status in _status(folder):
                if found := opened.get((status.st_dev, status.st_ino)):
                    raise IsolationError(
                        f"student processes must read {found}, which holds {path}, which they must not; "
                        "move the course or the interpreter"
                    )


def _status(path: Path) -> tuple[os.stat_result, ...]:
    try:
        return (path.stat(),)
    except OSError:
        return ()


def create_ruleset(readable: Iterable[Path], listed: Iterable[Path] = ()) -> int:
    """Return the descriptor of a ruleset that takes every right away but reading `readable` and below.

    Of the folders in `listed`, and those below them, the names may be read.
    """
    rights = known_rights(abi())
    packed = struct.pack("=QQQ", rights.files, rights.network, rights.scopes)
    attributes = ctypes.create_string_buffer(packed, len(packed))
    ruleset = kernel.call("landlock_create_ruleset", ctypes.addressof(attributes), len(attributes))
    try:
        for path in readable:
            _allow(ruleset, path, READ_FILE | READ_DIR if path.is_dir() else READ_FILE)
        for path in listed:
            _allow(ruleset, path, READ_DIR)
    except OSError as problem:
        os.close(ruleset)
        raise IsolationError(f"{problem}; name only paths that exist and can be read") from problem
    return ruleset


def _allow(ruleset: int, path: Path, rights: int) -> None:
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = ctypes.create_string_buffer(struct.pack("=Qi", rights, descriptor), 12)
        kernel.call("landlock_add_rule", ruleset, RULE_PATH_BENEATH, ctypes.addressof(rule))
    finally:
        os.close(descriptor)


def restrict(ruleset: int) -> None:
    """Hold the calling thread to `ruleset` for good, and close it."""
    kernel.call("landlock_restrict_self", ruleset)
    os.close(ruleset)
