"""An archive as a whole: of which kind it is, by its content and not by its name, and the files that lie in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from grader.submissions.archive import files_of
from grader.submissions.folder import fail
from grader.submissions.names import ARCHIVES, is_foreign_archive, shown, suffix_of
from grader.submissions.refusal import ExhaustedError, RefusedError, refused
from grader.submissions.tally import File, Tally
from grader.submissions.tar_archive import GZIP_MAGIC, tar_members
from grader.submissions.zip_archive import zip_members

ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
FOREIGN_MAGIC = {b"7z\xbc\xaf\x27\x1c": "7z", b"Rar!\x1a\x07": "rar", b"\xfd7zXZ\0": "xz", b"BZh": "bzip2"}
TAR_MAGIC, TAR_PLACE = b"ustar", 257


def files_in_archive(data: bytes, *, name: str, tally: Tally) -> Iterator[File]:
    """Yield the files in an archive; RefusedError for one that can't be opened."""
    tally.count_packed(len(data))
    if not data:
        raise refused("empty", name=shown(name))
    for magic, kind in FOREIGN_MAGIC.items():
        if data.startswith(magic):
            raise refused("foreign_archive", name=shown(name), kind=kind)
    if data.startswith(ZIP_MAGIC):
        return files_of(zip_members(data, tally=tally), tally=tally)
    if data.startswith(GZIP_MAGIC) or data[TAR_PLACE:].startswith(TAR_MAGIC):
        return files_of(tar_members(data, tally=tally), tally=tally)
    members = zip_members if suffix_of(name, (".zip",)) else tar_members
    return files_of(members(data, tally=tally), tally=tally)


def unpacked(files: Iterable[File], *, tally: Tally, level: int = 0) -> Iterator[File]:
    """Yield files, and in the place of each archive among them those that lie in it; `level` archives are around them.

    An archive that is not opened is a file whose reading tells why.
    """
    for file in files:
        if is_foreign_archive(file.name):
            kind = file.name.rpartition(".")[2].lower()
            yield File(file.path, partial(fail, refused("foreign_archive", name=shown(file.path), kind=kind)))
        elif not (suffix := suffix_of(file.name, ARCHIVES)):
            yield file
        elif level >= tally.limits.max_nesting:
            yield File(file.path, partial(fail, refused("nested_archive", name=shown(file.path))))
        else:
            inside = opened_archive(file, tally)
            if isinstance(inside, RefusedError):
                yield File(file.path, partial(fail, inside))
            else:
                home = file.path[: -len(suffix)] + "/" if level or "/" in file.path else ""
                below = (File(home + each.path, each.read) for each in inside)
                yield from unpacked(below, tally=tally, level=level + 1)


def opened_archive(file: File, tally: Tally) -> list[File] | RefusedError:
    """Return the files in an archive, or why it is not opened; then its bytes go into the digest."""
    try:
        data = file.read()
    except RefusedError as refusal:
        return refusal
    try:
        return list(files_in_archive(data, name=file.path, tally=tally))
    except RefusedError as refusal:
        tally.digest_in(file.path, data)
        if isinstance(refusal, ExhaustedError):
            raise
        return refusal
