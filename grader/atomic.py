"""Files that appear whole or not at all.

Owns the write beside the final name, the replacement, and what a failing disk is called.
Knows nothing of what is written.
"""

from __future__ import annotations

import contextlib
import errno
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TextIO

from grader.errors import DiskError

REMEDIES: Mapping[int, str] = MappingProxyType(
    {
        errno.ENOSPC: "the disk is full; free some space and run again",
        errno.EDQUOT: "your disk quota is used up; free some space and run again",
        errno.EACCES: "you may not write there; choose another folder or change its permissions",
        errno.EPERM: "you may not write there; choose another folder or change its permissions",
        errno.EROFS: "the file system is read-only; choose another folder",
        errno.ENOTDIR: "a part of the path is a file; choose another folder",
        errno.EEXIST: "a file of that name is in the way; choose another folder or remove it",
        errno.EISDIR: "a folder of that name is in the way; choose another folder or remove it",
        errno.ENAMETOOLONG: "the name is too long; choose a shorter one",
    }
)


@contextlib.contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn an OSError of the body, which writes `path`, into a DiskError of one sentence."""
    try:
        yield
    except OSError as error:
        remedy = REMEDIES.get(error.errno or 0, f"{error.strerror or error}; mend it and run again")
        text = f"{path} could not be written: {remedy}."
        raise DiskError(text, path=path, number=error.errno or 0) from error


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """Yield a new UTF-8 file that takes the name `path` when the body ends well, and vanishes otherwise.

    A link that has the name `path` is itself replaced, never followed.
    """
    with beside(path) as temporary, temporary.open("x", encoding="utf-8", newline="") as file:
        yield file


def write_whole(path: Path, content: bytes) -> None:
    """Write one file as by `replacing`, and the folders that it lies in."""
    with beside(path) as temporary:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("xb") as file:
            file.write(content)


@contextlib.contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Yield the name of a file to make, which becomes `path` when the body ends well, and vanishes otherwise."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with disk_errors(path):
            yield temporary
            temporary.replace(path)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
