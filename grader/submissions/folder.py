"""Files and folders that a student may have prepared, read without following a link.

Owns opening: by name inside an already opened folder, never through a link, never waiting on a pipe, and
asking the opened file itself what it is, so that nothing changes between the check and the reading.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from grader.submissions.names import ENVIRONMENT_MARKS, is_environment, is_hidden, may_matter, shown
from grader.submissions.refusal import ExhaustedError, RefusedError, refused
from grader.submissions.tally import File, Tally

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
    """Return the content of a file, of the size that a file of its name may have."""
    content = read_bounded(descriptor, tally.limit_of(path), path=path, too_large=tally.too_large(path))
    tally.times.append(datetime.fromtimestamp(os.fstat(descriptor).st_mtime, UTC))
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


def files_in(descriptor: int, *, tally: Tally) -> Iterator[File]:
    """Yield the files of an opened folder that may matter, at any depth, in the order of their names.

    Each is opened when it is read, which must be while the folder is open. What can't be read is a file whose reading
    tells why.
    """
    yield from _within(descriptor, (), descriptor, tally)


def _within(root: int, place: tuple[str, ...], descriptor: int, tally: Tally) -> Iterator[File]:
    """Yield the files of one folder, which is open as `descriptor`."""
    for name in _listed(descriptor, "/".join(place), tally):
        parts = (*place, name)
        path = "/".join(parts)
        try:
            with opened(name, within=descriptor, path=path) as found:
                if not is_folder(found):
                    yield File(path, partial(_read, root, parts, tally))
                elif _is_environment(name, found):
                    tally.note("skipped_packages", name=shown(path))
                elif len(place) < tally.limits.max_depth:
                    yield from _within(root, parts, found, tally)
                else:
                    raise refused("too_deep", name=shown(path), limit=tally.limits.max_depth)
        except ExhaustedError:
            raise
        except RefusedError as refusal:
            yield File(path, partial(fail, refusal))


def _read(root: int, parts: tuple[str, ...], tally: Tally) -> bytes:
    """Return the content of a file in the folder that is open as `root`, following no link on the way."""
    path = "/".join(parts)
    with ExitStack() as way:
        descriptor = root
        for name in parts:
            descriptor = way.enter_context(opened(name, within=descriptor, path=path))
        return read_file(descriptor, path=path, tally=tally)


def fail(refusal: RefusedError) -> bytes:
    """Raise why a file is not read."""
    raise refusal


def _is_environment(name: str, descriptor: int) -> bool:
    """Say whether an opened folder holds installed packages."""
    if is_environment(name):
        return True
    for mark in ENVIRONMENT_MARKS:
        with suppress(OSError):
            os.stat(mark, dir_fd=descriptor, follow_symlinks=False)
            return True
    return False


def _listed(descriptor: int, path: str, tally: Tally) -> list[str]:
    """Return the names in an opened folder that may matter, sorted."""
    names = []
    try:
        with os.scandir(descriptor) as found:
            for entry in found:
                tally.count_entries()
                if is_hidden(entry.name):
                    continue
                if _may_matter(entry):
                    names.append(entry.name)
                else:
                    tally.see(entry.name)
    except OSError as error:
        raise _unopened(path, error) from error
    return sorted(names)


def _may_matter(entry: os.DirEntry[str]) -> bool:
    """Say whether an entry is an answer, an archive, a folder, or a link that may have been one of these."""
    if may_matter(entry.name) or entry.is_dir(follow_symlinks=False):
        return True
    return entry.is_symlink() and "." not in entry.name
