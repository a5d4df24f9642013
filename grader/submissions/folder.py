"""Files and folders that a student may have prepared, read without following a link.

Owns opening: by name inside an already opened folder, never through a link, never waiting on a pipe, and
asking the opened file itself what it is, so that nothing changes between the check and the reading.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.submissions.names import ARCHIVES, is_answer, is_hidden, shown, suffix_of
from grader.submissions.refusal import ExhaustedError, RefusedError, refused
from grader.submissions.tally import Item, Tally

CAUTIOUS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
PARENT = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


@contextmanager
def opened_within(path: Path) -> Iterator[int]:
    """Yield a descriptor of `path`; its parent is trusted, it is not."""
    try:
        parent = os.open(path.parent, PARENT)
    except OSError as error:
        raise _unopened(path.name, error) from error
    try:
        with opened(path.name, within=parent, path=path.name) as descriptor:
            yield descriptor
    finally:
        os.close(parent)


@contextmanager
def opened(name: str, *, within: int, path: str) -> Iterator[int]:
    """Yield a descriptor of `name` in the folder open as `within`; `path` is what to call it in a refusal."""
    try:
        descriptor = os.open(name, CAUTIOUS, dir_fd=within)
    except (OSError, ValueError) as error:
        raise _unopened(path, error) from error
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _unopened(path: str, error: OSError | ValueError) -> RefusedError:
    """Return the refusal of what could not be opened."""
    number = getattr(error, "errno", None) or 0
    if number == errno.ELOOP:
        return refused("symlink", name=shown(path))
    if number in {errno.ENXIO, errno.ENODEV, errno.EOPNOTSUPP}:
        return refused("special_file", name=shown(path))
    return refused("unreadable", name=shown(path), reason=errno.errorcode.get(number, type(error).__name__))


def is_folder(descriptor: int) -> bool:
    """Say whether a descriptor is that of a folder."""
    return stat.S_ISDIR(os.fstat(descriptor).st_mode)


def read_file(descriptor: int, *, path: str, tally: Tally) -> bytes:
    """Return the content of a Python file or a notebook."""
    content = read_bounded(descriptor, tally.limits.max_file_bytes, path=path, too_large=tally.too_large(path))
    tally.count_bytes(len(content))
    return content


def read_bounded(descriptor: int, limit: int, *, path: str, too_large: RefusedError) -> bytes:
    """Return the content of a regular file of at most `limit` bytes, even while somebody makes it longer."""
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise refused("special_file", name=shown(path))
    if status.st_size > limit:
        raise too_large
    try:
        with os.fdopen(os.dup(descriptor), "rb") as stream:
            content = stream.read(limit + 1)
    except OSError as error:
        raise _unopened(path, error) from error
    if len(content) > limit:
        raise too_large
    return content


def walk(descriptor: int, *, tally: Tally, path: str = "", depth: int = 0) -> Iterator[Item]:
    """Yield the files of an opened folder and of those within it, in the order of their names.

    A file that is refused is an item of its own; only a limit of the whole submission ends the walk.
    """
    for name in _listed(descriptor, path, tally):
        inner = f"{path}/{name}" if path else name
        try:
            with opened(name, within=descriptor, path=inner) as found:
                if not is_folder(found):
                    yield Item(inner, _content(found, path=inner, tally=tally))
                elif depth < tally.limits.max_depth:
                    yield from walk(found, tally=tally, path=inner, depth=depth + 1)
                else:
                    raise refused("too_deep", name=shown(inner), limit=tally.limits.max_depth)
        except ExhaustedError:
            raise
        except RefusedError as refusal:
            yield Item(inner, refusal.message)


def _listed(descriptor: int, path: str, tally: Tally) -> list[str]:
    """Return the names in an opened folder that may matter, sorted."""
    names = []
    try:
        with os.scandir(descriptor) as found:
            for entry in found:
                tally.count_entries()
                if not is_hidden(entry.name) and _may_matter(entry):
                    names.append(entry.name)
    except OSError as error:
        raise _unopened(path, error) from error
    return sorted(names)


def _may_matter(entry: os.DirEntry[str]) -> bool:
    """Say whether an entry is an answer, an archive, a folder, or a link that may have been one of these."""
    if is_answer(entry.name) or suffix_of(entry.name, ARCHIVES) or entry.is_dir(follow_symlinks=False):
        return True
    return entry.is_symlink() and "." not in entry.name


def _content(descriptor: int, *, path: str, tally: Tally) -> bytes:
    """Return the content of an answer; an archive within a submission is refused."""
    if not is_answer(path.rpartition("/")[2]):
        raise refused("nested_archive", name=shown(path))
    tally.count_file()
    return read_file(descriptor, path=path, tally=tally)
