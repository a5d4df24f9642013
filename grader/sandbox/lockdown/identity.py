"""Who a student process is: from root, a uid of its own without any right; else the ordinary user it was.

Knows no file of the course. One capability may stay, reading past file modes, where the interpreter lies in a folder
that only root enters; what is readable is then bounded by Landlock alone.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from grader.errors import IsolationError
from grader.sandbox.lockdown import kernel
from grader.sandbox.lockdown.kernel import Option

CAP_DAC_READ_SEARCH: Final = 2
CAP_KILL: Final = 5
CAP_SETGID: Final = 6
CAP_SETUID: Final = 7
CAP_SETPCAP: Final = 8
_CAPABILITY_VERSION_3: Final = 0x20080522
_PR_CAP_AMBIENT_CLEAR_ALL: Final = 4

SECBIT_NOROOT: Final = 1 << 0
SECBIT_NO_SETUID_FIXUP: Final = 1 << 2
SECBIT_KEEP_CAPS_LOCKED: Final = 1 << 5
SECBIT_NO_CAP_AMBIENT_RAISE: Final = 1 << 6
_LOCKED: Final = 1  # a bit's lock is the next bit
SECUREBITS: Final = SECBIT_KEEP_CAPS_LOCKED | sum(
    bit | bit << _LOCKED for bit in (SECBIT_NOROOT, SECBIT_NO_SETUID_FIXUP, SECBIT_NO_CAP_AMBIENT_RAISE)
)
"""No uid gives or takes capabilities any more: what `capset` leaves is all there is."""

PREFERRED_IDS: Final = range(2_100_000_000, 2_100_000_000 + 2**22)
"""Above what systemd, subordinate ids and directory services hand out; one id for each possible pid."""
FALLBACK_IDS: Final = 4096
"""How many ids to look for inside a container that maps fewer."""
FIRST_FALLBACK_ID: Final = 1000


@dataclass(frozen=True)
class Identity:
    """Who each student process becomes: one of `ids`, chosen by its pid, or itself when there are none."""

    ids: range
    capabilities: int
    """Kept, as a bit set."""
    known_capabilities: int
    """How many the kernel knows."""

    @property
    def is_own(self) -> bool:
        """Tell whether a student process gets a uid that nothing else has."""
        return len(self.ids) > 0

    def become(self, pid: int) -> None:
        """Turn the calling process, whose pid is `pid`, into this identity for good."""
        if self.is_own:
            for capability in range(self.known_capabilities):
                kernel.prctl(Option.PR_CAPBSET_DROP, capability)
            kernel.prctl(Option.PR_SET_SECUREBITS, SECUREBITS)
            own = self.ids[pid % len(self.ids)]
            os.setgroups([])
            os.setresgid(own, own, own)
            os.setresuid(own, own, own)
        kernel.prctl(Option.PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL)
        _set_capabilities(self.capabilities)


def choose_identity(libraries: Iterable[Path]) -> Identity:
    """Return who a student process of this one becomes, such that it can still read `libraries`.

    Raises IsolationError when this process is root and can't become anybody else, or not stop who it became.
    """
    known = int(Path("/proc/sys/kernel/cap_last_cap").read_text(encoding="utf-8")) + 1
    if os.geteuid() != 0:
        return Identity(range(0), 0, known)
    kept = 1 << CAP_DAC_READ_SEARCH if are_private(libraries) else 0
    needed = kept | 1 << CAP_KILL | 1 << CAP_SETGID | 1 << CAP_SETUID | 1 << CAP_SETPCAP
    if needed & ~effective_capabilities():
        raise IsolationError(_too_weak(kept))
    return Identity(_unused_ids_here(), kept, known)


def unavailable(libraries: Iterable[Path]) -> str | None:
    """Return why a student process can't get an identity of its own here and what to do, or None."""
    if reason := kernel.missing():
        return reason
    try:
        choose_identity(libraries)
    except (IsolationError, OSError) as problem:
        return str(problem)
    return None


def _too_weak(kept: int) -> str:
    wish = " and CAP_DAC_READ_SEARCH, or an interpreter that every user can read" if kept else ""
    return (
        "this is root without the right to become another user; "
        f"run as an ordinary user, or give CAP_SETUID, CAP_SETGID, CAP_SETPCAP, CAP_KILL{wish}"
    )


def are_private(paths: Iterable[Path]) -> bool:
    """Tell whether there is one of `paths` that a user without any relation to it can't read."""
    seen: set[Path] = set()
    return any(_is_private(path, seen) for path in paths)


def _is_private(path: Path, seen: set[Path]) -> bool:
    """Look at the path and at those folders above it that aren't in `seen`, and add them."""
    for folder in path.parents:
        if folder in seen:
            break
        seen.add(folder)
        if not folder.stat().st_mode & stat.S_IXOTH:
            return True
    mode = path.stat().st_mode
    needed = stat.S_IROTH | stat.S_IXOTH if stat.S_ISDIR(mode) else stat.S_IROTH
    return mode & needed != needed


def _unused_ids_here() -> range:
    maps = [parse_id_map(_text_of(Path("/proc/self") / name)) for name in ("uid_map", "gid_map")]
    taken = {number for name in ("passwd", "group") for number in parse_ids(_text_of(Path("/etc") / name))}
    ids = unused_ids(maps, taken)
    if not ids:
        raise IsolationError(
            "this is root in a container that maps no unused user; run as an ordinary user, or map more users"
        )
    return ids


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:  # a minimal container
        return ""


def parse_id_map(text: str) -> list[range]:
    """Return the ids that exist in this user namespace."""
    rows = [[int(word) for word in line.split()] for line in text.splitlines()]
    return [range(first, first + count) for first, _, count in rows]


def parse_ids(text: str) -> set[int]:
    """Return the numbers in the third field of /etc/passwd or /etc/group."""
    fields = (line.split(":") for line in text.splitlines())
    return {int(parts[2]) for parts in fields if len(parts) > 2 and parts[2].isdigit()}  # noqa: PLR2004 - the third


def unused_ids(maps: Iterable[list[range]], taken: set[int]) -> range:
    """Return a range of ids that every map has and nobody owns, empty if there's none."""
    known = list(maps)
    top = min(max((each.stop for each in extents), default=0) for extents in known)
    starts = range(top - FALLBACK_IDS, FIRST_FALLBACK_ID, -FALLBACK_IDS)
    candidates = [PREFERRED_IDS, *(range(start, start + FALLBACK_IDS) for start in starts[:64])]
    free = (each for each in candidates if all(_holds(extents, each) for extents in known))
    return next((each for each in free if not any(number in each for number in taken)), range(0))


def _holds(extents: list[range], ids: range) -> bool:
    return any(ids[0] in extent and ids[-1] in extent for extent in extents)


def effective_capabilities() -> int:
    """Return the capabilities in effect for the calling thread, as a bit set."""
    header = ctypes.create_string_buffer(struct.pack("=Ii", _CAPABILITY_VERSION_3, 0), 8)
    data = ctypes.create_string_buffer(24)
    kernel.call("capget", ctypes.addressof(header), ctypes.addressof(data))
    low, _, _, high, _, _ = struct.unpack("=6I", data.raw)
    return int(low | high << 32)


def _set_capabilities(kept: int) -> None:
    low, high = kept & 0xFFFFFFFF, kept >> 32
    header = ctypes.create_string_buffer(struct.pack("=Ii", _CAPABILITY_VERSION_3, 0), 8)
    data = ctypes.create_string_buffer(struct.pack("=6I", low, low, 0, high, high, 0), 24)
    kernel.call("capset", ctypes.addressof(header), ctypes.addressof(data))
