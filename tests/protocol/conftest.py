"""What the tests of the wire share: sending a value through a whole frame, and seeing what memory it took."""

import io
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from grader.protocol.frames import MAX_TREE, pack_frame, read_frame
from grader.protocol.values import Decoder, Encoder

ROOM = 1 << 20


@dataclass(frozen=True)
class Memory:
    """Tells how many bytes were held at once, at the most, while something ran."""

    def peak(self, function: Callable[[], Any]) -> int:
        """Run `function` and return the peak of what was allocated meanwhile, in bytes."""
        tracemalloc.start()
        try:
            function()
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


@pytest.fixture(scope="session")
def memory() -> Memory:
    """Give a way to measure peaks; it has been seen to notice one."""
    measure = Memory()
    assert measure.peak(lambda: bytes(ROOM)) >= ROOM
    return measure


def reader(data: bytes) -> Callable[[int], bytes]:
    """Return a `read(n)` over `data` that raises EOFError past its end."""
    stream = io.BytesIO(data)

    def read(size: int) -> bytes:
        part = stream.read(size)
        if len(part) < size:
            raise EOFError
        return part

    return read


@pytest.fixture(scope="session")
def read_from() -> Callable[[bytes], Callable[[int], bytes]]:
    """Give a function that makes bytes readable as a pipe is read."""
    return reader


@pytest.fixture(scope="session")
def cross() -> Callable[..., Any]:
    """Give a function that sends a value over the border: encoded, framed, read and decoded."""

    def send(value: Any, *, room: int = ROOM, pickle: Any = None, unpickle: Any = None) -> Any:
        encoder = Encoder(room=room, pickle=pickle)
        frame = pack_frame(encoder.encode(value), encoder.blob)
        _, tree, blob = read_frame(reader(frame.numbered(1)), max_blob=room, max_tree=MAX_TREE)
        return Decoder(blob, unpickle=unpickle).decode(tree)

    return send
