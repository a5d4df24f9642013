"""The files inside an archive that was handed in, read in memory and never unpacked to disk.

Owns what a member of an archive may be and may be called, whichever format it comes in. The archive as a
whole is refused for a member that would lie outside of it; what is no file, too large or too deep is left out alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial

from grader.submissions.names import ENVIRONMENT_MARKS, is_environment, is_hidden, may_matter, shown
from grader.submissions.refusal import RefusedError, refused
from grader.submissions.tally import File, Tally

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


def files_of(members: Iterable[Member], *, tally: Tally) -> Iterator[File]:
    """Yield the members of an archive that may matter, in its own order; of packages that lie in it, none."""
    named = [(_path_of(member), member) for member in members]
    environments = _environments(path for path, _ in named)
    seen: set[str] = set()
    for path, member in named:
        parts = path.split("/")
        if any(map(is_hidden, parts)) or member.kind is Kind.FOLDER:
            continue
        if found := next((each for each in _above(parts) if each in environments), None):
            tally.note("skipped_packages", name=shown(found))
            continue
        if member.kind is Kind.FILE and path in seen:
            raise refused("duplicate_member", name=shown(path))
        seen.add(path)
        if may_matter(parts[-1]) or (member.kind is Kind.LINK and "." not in parts[-1]):
            yield File(path, partial(content_of, path, member, tally))
        else:
            tally.see(parts[-1])


def _above(parts: Sequence[str]) -> Iterator[str]:
    """Yield the folders that a member lies in, from the top."""
    return ("/".join(parts[:count]) for count in range(1, len(parts)))


def _environments(paths: Iterable[str]) -> frozenset[str]:
    """Return the folders in an archive that hold installed packages."""
    found: set[str] = set()
    for path in paths:
        for folder in _above(path.split("/")):
            head, _, name = folder.rpartition("/")
            if is_environment(name):
                found.add(folder)
            elif name in ENVIRONMENT_MARKS and head:
                found.add(head)
        head, _, name = path.rpartition("/")
        if name in ENVIRONMENT_MARKS and head:
            found.add(head)
    return frozenset(found)


def _path_of(member: Member) -> str:
    """Return where a member lies, its parts joined by single slashes; never outside the archive."""
    if len(member.name) > LONGEST_PATH:
        raise broken()
    name = member.name.replace("\\", "/")
    parts = [part for part in name.split("/") if part not in {"", "."}]
    if name.startswith("/") or ".." in parts or DRIVE.match(name):
        raise refused("traversal", name=shown(member.name))
    return "/".join(parts)


def content_of(path: str, member: Member, tally: Tally) -> bytes:
    """Return the content of a member; RefusedError for one that is no file, too deep or too large."""
    match member.kind:
        case Kind.LINK:
            raise refused("link_in_archive", name=shown(member.name))
        case Kind.SPECIAL:
            raise refused("special_in_archive", name=shown(member.name))
    if path.count("/") > tally.limits.max_depth:
        raise refused("too_deep", name=shown(path), limit=tally.limits.max_depth)
    content = bytearray()
    for chunk in member.chunks():
        content += chunk
        if len(content) > tally.limit_of(path):
            raise tally.too_large(path)
    return bytes(content)


def broken(error: BaseException | None = None) -> RefusedError:
    """Return the refusal of an archive that contradicts its format."""
    detail = type(error).__name__ if error else "format"
    return refused("bad_archive", reason=detail)
