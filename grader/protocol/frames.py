"""Frames: one message on a pipe, as a number, two lengths, a msgpack tree and a blob of tensor bytes.

The tree is small and the blob is raw, so that a hostile frame can't grow in memory when it is decoded. Lengths are
checked against the limits before a byte of the body is read.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgpack

from grader.protocol.errors import ProtocolError

HEADER = struct.Struct("<III")
MAX_TREE = 256 * 1024
MAX_NESTING = 128
"""How deep the lists of a tree may lie in one another: beyond the deepest value, a dict's entries and the message."""
CONFINED = b"\x01"
"""The first byte that a student process sends: it is locked down, and no submission has been read."""


@dataclass(frozen=True)
class Header:
    """The number of a frame's request, and its two lengths in bytes."""

    number: int
    tree: int
    blob: int

    @property
    def body(self) -> int:
        """The number of bytes that follow the header."""
        return self.tree + self.blob


@dataclass(frozen=True)
class Frame:
    """A message without its number, so that it is packed once however often it is sent."""

    tree_size: int
    body: bytes
    """The tree and, after it, the blob."""

    def numbered(self, number: int) -> bytes:
        """Return the frame's bytes under a number."""
        return HEADER.pack(number, self.tree_size, len(self.body) - self.tree_size) + self.body


def pack_frame(tree: Any, blob: bytes | bytearray, *, max_tree: int = MAX_TREE) -> Frame:
    """Return one frame; ProtocolError when the tree is larger than a frame may hold."""
    try:
        packed: bytes = msgpack.packb(tree, use_bin_type=True)
    except (ValueError, OverflowError) as problem:
        raise ProtocolError(f"a message can't be packed: {problem}") from problem
    if len(packed) > max_tree:
        raise ProtocolError("a message is too large")
    return Frame(len(packed), packed + bytes(blob))


def read_header(data: bytes, *, max_blob: int, max_tree: int = MAX_TREE) -> Header:
    """Return the number and lengths in a header; ProtocolError when a length is over its limit."""
    header = Header(*HEADER.unpack(data))
    if header.tree > max_tree or header.blob > max_blob:
        raise ProtocolError("a message is larger than the limit")
    return header


def unpack_body(body: bytes | bytearray | memoryview, header: Header) -> tuple[Any, memoryview]:
    """Return the tree and the blob of a frame's body; ProtocolError for anything but plain msgpack."""
    view = memoryview(body)
    try:
        tree = unpack_tree(view[: header.tree])
    except ProtocolError:
        raise
    except Exception as problem:  # msgpack raises many kinds for malformed bytes
        raise ProtocolError(f"a message is not msgpack: {type(problem).__name__}") from problem
    return tree, view[header.tree :]


def unpack_tree(packed: memoryview) -> Any:
    """Return the one value that fills `packed`; the protocol has no maps and no extension types."""
    if not packed:
        raise ProtocolError("a message is empty")
    unpacker = msgpack.Unpacker(max_buffer_size=len(packed), max_map_len=0, raw=False, ext_hook=refuse_extension)
    unpacker.feed(packed)
    tree = next_value(unpacker, packed)
    if unpacker.tell() != len(packed):
        raise ProtocolError("a message goes on after its end")
    return tree


def next_value(unpacker: msgpack.Unpacker, packed: memoryview, depth: int = 0) -> Any:
    """Return the next value of `packed`.

    A list grows as its parts come: msgpack would make room for 10,240 of those it announces, in each list of a nest.
    """
    first = packed[unpacker.tell()]
    if first & 0xF0 != 0x90 and first not in (0xDC, 0xDD):  # noqa: PLR2004 - no list of any of msgpack's three sizes
        return unpacker.unpack()
    if depth == MAX_NESTING:
        raise ProtocolError("a message is nested too deeply")
    return [next_value(unpacker, packed, depth + 1) for _ in range(unpacker.read_array_header())]


def refuse_extension(code: int, _data: bytes) -> Any:
    """Raise `ProtocolError`: the protocol has no extension types."""
    raise ProtocolError(f"extension type {code}")


def read_frame(read: Callable[[int], bytes], *, max_blob: int, max_tree: int) -> tuple[int, Any, memoryview]:
    """Read one frame with `read(n)`, which returns exactly n bytes or raises EOFError; return its number first."""
    header = read_header(read(HEADER.size), max_blob=max_blob, max_tree=max_tree)
    return header.number, *unpack_body(read(header.body), header)


def read_exactly(descriptor: int, size: int) -> bytes:
    """Read `size` bytes from a blocking descriptor; EOFError when the other side is gone."""
    parts = bytearray()
    while len(parts) < size:
        part = os.read(descriptor, min(size - len(parts), 1 << 20))
        if not part:
            raise EOFError("the other side closed the pipe")
        parts += part
    return bytes(parts)


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of `data` to a blocking descriptor."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
