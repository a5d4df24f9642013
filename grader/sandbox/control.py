"""The conversation of judge and zygote: a line of JSON at a time, with descriptors beside it, over a stream socket.

Both speak in turn, so that no line mixes with the next. Knows nothing of what is said.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Sequence
from typing import Any

CHUNK = 64 * 1024
MOST_DESCRIPTORS = 4


def connect() -> tuple[socket.socket, socket.socket]:
    """Return the two ends of a new conversation."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)


def say(control: socket.socket, message: dict[str, Any], descriptors: Sequence[int] = ()) -> None:
    """Send a message and copies of descriptors; OSError when the other side is gone or does not listen."""
    line = json.dumps(message).encode() + b"\n"
    sent = socket.send_fds(control, [line], list(descriptors)) if descriptors else 0
    control.sendall(line[sent:])


def hear(control: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """Wait for a message and its descriptors; None when the other side is gone."""
    line, descriptors = b"", list[int]()
    while not line.endswith(b"\n"):
        try:
            part, received, _, _ = socket.recv_fds(control, CHUNK, MOST_DESCRIPTORS)
        except ConnectionResetError:  # gone, and before it had heard everything
            return None
        if not part:
            return None
        line += part
        descriptors += received
    return json.loads(line), descriptors
