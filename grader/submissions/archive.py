"""The files inside an archive that was handed in, read in memory and never unpacked to disk.

Owns what a member of an archive may be and may be called, whichever format it comes in. The archive as a
whole is refused for one hostile member; only a file that is merely too large or too deep is left out alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from grader.submissions.names import ARCHIVES, is_answer, is_hidden, shown, suffix_of
from grader.submissions.refusal import RefusedError, reason, refused
from grader.submissions.tally import Item, Tally

LONGEST_PATH = 4096
DRIVE = re.compile(r"[A-Za-z]:")


class Kind(Enum):
    """What a member of an archive is."""

    FILE = auto()
    FOLDER = auto()
    LINK = auto()
    SPECIAL = auto()


@dataclass(frozen=True)
class Member:
    """One member of an archive, not unpacked yet."""

    name: str
    kind: Kind
    chunks: Callable[[], Iterable[bytes]]
    """Unpacks it piece by piece."""


def items_of(members: Iterable[Member], *, tally: Tally) -> Iterator[Item]:
    """Yield the answers among the members of an archive, in its own order."""
    seen: set[str] = set()
    for member in members:
        path = _path_of(member)
        if any(is_hidden(part) for part in path.split("/")) or _is_folder(member):
            continue
        if path in seen:
            raise refused("duplicate_member", name=shown(path))
        seen.add(path)
        yield from _read(path, member, tally)


def _path_of(member: Member) -> str:
    """Return where a member lies, its parts joined by single slashes; never outside the archive."""
    if len(member.name) > LONGEST_PATH:
        raise broken()
    name = member.name.replace("\\", "/")
    parts = [part for part in name.split("/") if part not in {"", "."}]
    if name.startswith("/") or ".." in parts or DRIVE.match(name):
        raise refused("traversal", name=shown(member.name))
    return "/".join(parts)


def _is_folder(member: Member) -> bool:
    """Say whether a member is a folder and not a file; it may be nothing else."""
    if member.kind is Kind.LINK:
        raise refused("link_in_archive", name=shown(member.name))
    if member.kind is Kind.SPECIAL:
        raise refused("special_in_archive", name=shown(member.name))
    return member.kind is Kind.FOLDER


def _read(path: str, member: Member, tally: Tally) -> Iterator[Item]:
    """Yield the item of one file, or nothing if it is no answer."""
    if suffix_of(path, ARCHIVES):
        yield Item(path, reason("nested_archive", name=shown(path)))
    if not is_answer(path.rpartition("/")[2]):
        return
    if path.count("/") > tally.limits.max_depth:
        yield Item(path, reason("too_deep", name=shown(path), limit=tally.limits.max_depth))
        return
    tally.count_file()
    content = bytearray()
    for chunk in member.chunks():
        tally.count_bytes(len(chunk))
        content += chunk
        if len(content) > tally.limits.max_file_bytes:
            yield Item(path, tally.too_large(path).message)
            return
    yield Item(path, bytes(content))


def broken(error: BaseException | None = None) -> RefusedError:
    """Return the refusal of an archive that contradicts its format."""
    detail = type(error).__name__ if error else "format"
    return refused("bad_archive", reason=detail)
