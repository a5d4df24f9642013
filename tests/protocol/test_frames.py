"""Frames: lengths are checked before a byte of the body is read, plain msgpack and nothing else is inside."""

import contextlib
import os
import struct
import threading

import msgpack
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.protocol.errors import ProtocolError
from grader.protocol.frames import (
    HEADER,
    MAX_NESTING,
    MAX_TREE,
    Header,
    pack_frame,
    read_exactly,
    read_frame,
    read_header,
    unpack_body,
    write_all,
)

SEEDED = settings(derandomize=True, database=None, deadline=None, max_examples=150)
MAX_BLOB = 1 << 16
DEFAULT_BLOB = 16 << 20
"""What the blob of a frame may hold unless a course says otherwise."""

plain = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(st.characters(codec="utf-8"))
trees = st.recursive(plain | st.floats(allow_nan=False) | st.binary(), st.lists, max_leaves=20)


@SEEDED
@given(number=st.integers(0, 2**32 - 1), tree=trees, blob=st.binary(max_size=100))
def test_a_frame_is_read_as_it_was_packed(read_from, number, tree, blob):
    """Number, tree and blob come back, and reading stops where the frame ends."""
    read = read_from(pack_frame(tree, blob).numbered(number) + b"next")
    got, told, rest = read_frame(read, max_blob=MAX_BLOB, max_tree=MAX_TREE)
    assert (got, told, bytes(rest)) == (number, tree, blob)
    assert read(4) == b"next"


def test_a_frame_is_packed_once_for_all_its_numbers():
    """The bytes of a frame under two numbers differ in their first four bytes alone, and the number stands there."""
    frame = pack_frame(["call", "f"], b"blob")
    one, other = frame.numbered(1), frame.numbered(2**32 - 1)
    assert (one[:4], other[:4]) == (b"\x01\0\0\0", b"\xff" * 4)
    assert one[4:] == other[4:]
    assert one[HEADER.size :] == frame.body


@pytest.mark.parametrize(
    ("tree", "blob"),
    [(MAX_TREE + 1, 0), (0, MAX_BLOB + 1), (2**32 - 1, 2**32 - 1)],
    ids=["tree", "blob", "both"],
)
def test_a_length_over_its_limit_is_refused_before_the_body_is_read(tree, blob):
    """Only the header has been read when a frame is refused for its lengths."""
    asked = []

    def read(size):
        asked.append(size)
        return HEADER.pack(1, tree, blob)

    with pytest.raises(ProtocolError, match="a message is larger than the limit"):
        read_frame(read, max_blob=MAX_BLOB, max_tree=MAX_TREE)
    assert asked == [HEADER.size]


def test_lengths_at_their_limits_are_taken():
    """A frame may be as large as the limits, which count tree and blob apart."""
    header = read_header(HEADER.pack(7, MAX_TREE, MAX_BLOB), max_blob=MAX_BLOB)
    assert header == Header(7, MAX_TREE, MAX_BLOB)
    assert header.body == MAX_TREE + MAX_BLOB


def test_a_tree_too_large_is_not_packed():
    """Whoever sends is told that the tree is too large; the blob does not count for it."""
    frame = pack_frame([0] * 10, bytes(100), max_tree=11)
    assert (frame.tree_size, len(frame.body)) == (11, 11 + 100)
    with pytest.raises(ProtocolError, match="a message is too large"):
        pack_frame([0] * 11, b"", max_tree=11)


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (2**64, "a message can't be packed: Integer value out of range"),
        ("\ud800", "a message can't be packed: 'utf-8' codec can't encode"),
        (["deep"], "a message can't be packed: recursion limit exceeded"),
    ],
    ids=["integer", "surrogate", "nesting"],
)
def test_what_msgpack_cannot_hold_is_not_packed(tree, text):
    """Integers past 64 bits, text that is no UTF-8 and endless nesting are the sender's `ProtocolError`."""
    if tree == ["deep"]:
        tree.append(tree)
    with pytest.raises(ProtocolError, match=text):
        pack_frame(tree, b"")


def unpack(body):
    return unpack_body(body, Header(1, len(body), 0))[0]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"", "a message is empty"),
        (b"\xc1", "a message is not msgpack: FormatError"),
        (b"\x92\x01", "a message is not msgpack: IndexError"),
        (b"\xdc\x00", "a message is not msgpack: OutOfData"),
        (b"\xa2x", "a message is not msgpack: OutOfData"),
        (b"\x01\x01", "a message goes on after its end"),
        (b"\x90\x90", "a message goes on after its end"),
        (b"\xa1\xff", "a message is not msgpack: UnicodeDecodeError"),
        (b"\x81\x01\x01", "a message is not msgpack: ValueError"),
        (b"\x81\x90\x01", "a message is not msgpack: ValueError"),
        (b"\x91" * 5000, "a message is nested too deeply"),
        (b"\xdd\xff\xff\xff\xff", "a message is not msgpack: IndexError"),
        (b"\xdb\xff\xff\xff\xff", "a message is not msgpack: OutOfData"),
        (msgpack.packb(msgpack.ExtType(5, b"x")), "extension type 5"),
        (msgpack.packb([msgpack.ExtType(127, b"")]), "extension type 127"),
    ],
    ids=lambda part: repr(part)[:40],
)
def test_a_body_that_is_not_plain_msgpack_is_refused(body, text):
    """Broken, cut, surplus, too deeply nested and extended msgpack is a `ProtocolError` that says which."""
    with pytest.raises(ProtocolError, match=text):
        unpack(body)


@settings(SEEDED, max_examples=500)
@given(body=st.binary(max_size=60))
def test_an_arbitrary_body_is_a_tree_or_refused(body):
    """Whatever the bytes, unpacking gives a tree or raises `ProtocolError`, and nothing else."""
    try:
        unpack(body)
    except ProtocolError:
        return
    assert body


@pytest.mark.parametrize("opening", [b"\xdd\x00\x03\xff\xf0", b"\xdf\x00\x01\xff\xf0", b"\xdb\x00\x03\xff\xf0"])
def test_an_announced_length_alone_takes_no_memory(memory, opening):
    """An array, map or text that announces a quarter of a million parts and holds none costs what it holds."""

    def refuse():
        with pytest.raises(ProtocolError):
            unpack(opening)

    assert memory.peak(refuse) < 1 << 20


def test_lists_may_be_nested_so_deep_and_no_deeper():
    """Nesting up to the limit, beyond the deepest value, is unpacked; one list more is refused."""
    deepest = b"\x91" * MAX_NESTING + b"\x07"
    assert msgpack.packb(unpack(deepest)) == deepest
    with pytest.raises(ProtocolError, match="a message is nested too deeply"):
        unpack(b"\x91" + deepest)


@pytest.mark.parametrize("filler", [b"\xc0", b"\x90"], ids=["nothing", "empty lists"])
@pytest.mark.parametrize(
    "opening",
    [b"\xdd\x00\x03\xff\xfb", b"\xdc\xff\xff" * 100, b"\xdc\x28\x00" * 1000, b"\xdd\x00\x03\xd0\x00" * 1000],
    ids=["one list", "a hundred lists", "a thousand lists", "a thousand endless lists"],
)
def test_announcements_inside_announcements_take_no_memory(memory, opening, filler):
    """A tree of the greatest length takes less than twice what a frame may, however it announces lists in lists."""
    body = (opening + filler * MAX_TREE)[:MAX_TREE]

    def try_it():
        with contextlib.suppress(ProtocolError):
            unpack(body)

    assert memory.peak(try_it) < 2 * (MAX_TREE + DEFAULT_BLOB)


def test_a_whole_number_of_bytes_is_read_from_a_pipe():
    """`read_exactly` waits for all its bytes, in however many pieces they come, and leaves the next ones."""
    reading, writing = os.pipe()
    try:
        pieces = threading.Thread(target=lambda: [os.write(writing, each) for each in (b"a", b"bc", b"de")])
        pieces.start()
        assert read_exactly(reading, 4) == b"abcd"
        pieces.join()
        assert read_exactly(reading, 1) == b"e"
        assert read_exactly(reading, 0) == b""
    finally:
        os.close(reading)
        os.close(writing)


@pytest.mark.parametrize("before", [b"", b"half"])
def test_a_closed_pipe_is_an_end(before):
    """Too few bytes and then the end of the pipe is EOFError."""
    reading, writing = os.pipe()
    os.write(writing, before)
    os.close(writing)
    with pytest.raises(EOFError, match="the other side closed the pipe"):
        read_exactly(reading, 5)
    os.close(reading)


def test_more_than_a_pipe_holds_is_written():
    """`write_all` writes on as the other side reads, until all is out."""
    data = struct.pack("<I", 7) * (1 << 17)
    reading, writing = os.pipe()
    writer = threading.Thread(target=write_all, args=(writing, data))
    writer.start()
    got = read_exactly(reading, len(data))
    writer.join()
    os.close(reading)
    os.close(writing)
    assert got == data


def test_a_write_that_takes_a_part_is_continued(monkeypatch):
    """When the system takes only a part of what is written, the rest follows."""
    whole = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: whole(descriptor, data[:7]))
    reading, writing = os.pipe()
    write_all(writing, bytes(range(100)))
    os.close(writing)
    assert read_exactly(reading, 100) == bytes(range(100))
    os.close(reading)
