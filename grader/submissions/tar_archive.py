"""The members of a tar file, gzipped or not.

Owns the little of the tar format that a submission needs: plain files and folders, with the long names of
POSIX (pax) and GNU. The standard library's reader is not used: on Python versions this package supports, one
crafted header keeps it busy for ever (CVE-2024-6232, CVE-2025-8194), and submissions are read where the
judge lives.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from grader.submissions.archive import Kind, Member, broken
from grader.submissions.limits import spoken_size
from grader.submissions.refusal import ExhaustedError, reason, refused
from grader.submissions.tally import Inflation, Tally

GZIP = 31  # zlib's number for a gzip header and its largest window
GZIP_MAGIC = b"\x1f\x8b"
BLOCK = 512
KINDS = {
    b"0": Kind.FILE,
    b"\0": Kind.FILE,
    b"7": Kind.FILE,
    b"5": Kind.FOLDER,
    b"1": Kind.LINK,
    b"2": Kind.LINK,
}
WITHOUT_DATA = frozenset({b"1", b"2", b"3", b"4", b"5", b"6"})
GNU_LONG_NAME, PAX = b"L", b"x"
SAID_OF_OTHERS = frozenset({b"K", b"g"})  # the target of a link; remarks on the archive as a whole
MOST_ATTRIBUTES = 64 * 1024
NEGATIVE, LARGE = 0xFF, 0x80
OCTAL = re.compile(rb"[0-7]*")
PAX_LENGTH = re.compile(rb"([1-9][0-9]{0,7}) ")
SPARSE = b"GNU.sparse."


@dataclass(frozen=True)
class Header:
    """What one block says of the data that follows it."""

    name: bytes
    size: int
    type: bytes


def tar_members(data: bytes, *, tally: Tally) -> Iterator[Member]:
    """Yield the members of a tar file, gzipped or not."""
    long_name: bytes | None = None
    for header, content in _records(_gunzipped(data, tally) if data.startswith(GZIP_MAGIC) else data):
        tally.count_entries()
        if header.type == GNU_LONG_NAME:
            long_name = content.split(b"\0")[0]
        elif header.type == PAX:
            long_name = _pax_path(content) or long_name
        elif header.type not in SAID_OF_OTHERS:
            yield _member(header, content, long_name or header.name)
            long_name = None


def _member(header: Header, content: bytes, raw_name: bytes) -> Member:
    """Return a member whose content is already unpacked."""
    name = raw_name.decode(errors="surrogateescape")
    kind = KINDS.get(header.type, Kind.SPECIAL)
    if kind is Kind.FILE and name.endswith("/"):  # so did tar before it had a type for folders
        kind = Kind.FOLDER
    return Member(name, kind, lambda: [content])


def _pax_path(content: bytes) -> bytes | None:
    """Return the name that extended attributes give to the next member, if they do."""
    if len(content) > MOST_ATTRIBUTES:
        raise broken()
    position, path = 0, None
    while position < len(content):
        length = PAX_LENGTH.match(content, position)
        end = position + int(length[1]) if length else 0
        if not length or not length.end() < end <= len(content) or content[end - 1 : end] != b"\n":
            raise broken()
        key, _, value = content[length.end() : end - 1].partition(b"=")
        if key == b"path":
            path = value.split(b"\0")[0]
        if key.startswith(SPARSE):
            raise refused("special_in_archive", name="GNU.sparse")
        position = end
    return path


def _gunzipped(data: bytes, tally: Tally) -> bytes:
    """Unpack the whole archive, up to its limit and not a byte further."""
    limits = tally.limits
    largest = limits.max_archive_bytes
    stream = zlib.decompressobj(wbits=GZIP)
    try:
        unpacked = stream.decompress(data, largest + 1)
    except zlib.error as error:
        raise broken(error) from error
    Inflation(len(data), limits).count(len(unpacked))
    if len(unpacked) > largest:
        raise ExhaustedError(reason("total_too_large", limit=spoken_size(limits.max_archive_bytes)))
    if not stream.eof or stream.unused_data.startswith(GZIP_MAGIC):
        raise broken(EOFError())  # cut off, or in several pieces, of which only the first was unpacked
    return unpacked


def _records(tar: bytes) -> Iterator[tuple[Header, bytes]]:
    """Yield each header with the data that follows it, up to the empty block that ends a tar file."""
    position = 0
    while any(block := tar[position : position + BLOCK]):
        header = _header(block)
        size = 0 if header.type in WITHOUT_DATA else header.size
        content = tar[position + BLOCK : position + BLOCK + size]
        if len(content) < size:
            raise broken(EOFError())
        yield header, content
        position += BLOCK + -(-size // BLOCK) * BLOCK


def _header(block: bytes) -> Header:
    """Read one header."""
    if len(block) < BLOCK or sum(block) - sum(block[148:156]) + 8 * ord(" ") != _number(block[148:156]):
        raise broken()
    name = block[:100].split(b"\0")[0]
    prefix = block[345:500].split(b"\0")[0] if block[257:263] == b"ustar\0" else b""
    return Header(b"/".join((prefix, name)) if prefix else name, _number(block[124:136]), block[156:157])


def _number(field: bytes) -> int:
    """Read a number: octal digits, or big-endian bytes after a marker."""
    if field[0] == LARGE:
        return int.from_bytes(field[1:], "big")
    digits = field.split(b"\0")[0].strip()
    if field[0] == NEGATIVE or not OCTAL.fullmatch(digits):
        raise broken()
    return int(digits or b"0", 8)
