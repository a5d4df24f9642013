"""The members of a zip file.

Owns what is particular to zip. Believes none of the sizes it declares: what comes out is counted as it comes.
"""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator
from functools import partial
from typing import IO

from grader.submissions.archive import Kind, Member, broken
from grader.submissions.names import shown
from grader.submissions.refusal import refused
from grader.submissions.tally import Inflation, Tally

CHUNK = 64 * 1024
DIRECTORY_ENTRY = b"PK\x01\x02"
"""Opens each entry of the directory, so it occurs at least as often as there are members."""
ENCRYPTED = 0x1
BOUNDED_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""The others unpack a chunk of their own choice at once, however large that becomes."""


def zip_members(data: bytes, *, tally: Tally) -> Iterator[Member]:
    """Yield the members of a zip file."""
    tally.count_entries(data.count(DIRECTORY_ENTRY))
    inflation = Inflation(len(data), tally.limits)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except Exception as error:  # what the library makes of hostile bytes is not of one type
        raise broken(error) from error
    inflation.check(sum(info.file_size for info in archive.infolist()))
    for info in archive.infolist():
        yield Member(info.filename, kind_of(info), partial(chunks_of, archive, info, inflation))


def kind_of(info: zipfile.ZipInfo) -> Kind:
    """Return what a member is, by the file mode that Unix tools store."""
    match stat.S_IFMT(info.external_attr >> 16):
        case stat.S_IFLNK:
            return Kind.LINK
        case 0 | stat.S_IFREG | stat.S_IFDIR:
            return Kind.FOLDER if info.is_dir() else Kind.FILE
        case _:
            return Kind.SPECIAL


def chunks_of(archive: zipfile.ZipFile, info: zipfile.ZipInfo, inflation: Inflation) -> Iterator[bytes]:
    """Unpack one member piece by piece."""
    if info.flag_bits & ENCRYPTED:
        raise refused("encrypted", name=shown(info.filename))
    if info.compress_type not in BOUNDED_METHODS:
        raise refused("unusual_compression", name=shown(info.filename))
    try:
        stream = archive.open(info)
    except Exception as error:  # as above
        raise broken(error) from error
    with stream:
        while chunk := _next_chunk(stream):
            inflation.count(len(chunk))
            yield chunk


def _next_chunk(stream: IO[bytes]) -> bytes:
    """Return the next piece of a member, or nothing at its end."""
    try:
        return stream.read(CHUNK)
    except Exception as error:  # as above
        raise broken(error) from error
