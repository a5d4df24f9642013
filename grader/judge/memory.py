"""What a judge remembers: for each state of a check what it asks next, or how it ended.

A hidden test is deterministic, so what it does next depends on nothing but the replies so far. A state is one digest of
all that a check's outcome and words can depend on. Whoever meets a remembered outcome gave the very same replies as
another, so no word of one student reaches another. Exact by construction; forgetting is always safe.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from grader.judge.outcome import Outcome
from grader.protocol.frames import Frame
from grader.protocol.messages import Raised

MOST_BYTES = 128 << 20
"""The replies and requests that are remembered at most; past that everything is forgotten."""
MOST_BYTES_OF_A_CHECK = 1 << 20
"""A check with larger replies is not remembered, so that nobody fills the table for the others."""
NODE_BYTES = 1024
"""About what a state takes beside its request."""


@dataclass
class Node:
    """A state of a check."""

    request: Frame | None = None
    outcome: Outcome | None = None
    usual: bytes = b""
    """The state that follows most often."""
    votes: int = 0
    """How often it did, less how often another did."""
    places: tuple[Raised, ...] = ()
    """The exceptions of the reply that led here: each names a line, which the source must have."""

    def follow(self, state: bytes) -> bool:
        """Note the state that followed this time; say whether it is the usual one."""
        is_usual = state == self.usual
        self.votes += 1 if is_usual else -1
        if self.votes < 0:
            self.usual, self.votes = state, 1
        return is_usual


@dataclass
class Memory:
    """The states that a judge has met."""

    nodes: dict[bytes, Node] = field(default_factory=dict)
    frames: dict[bytes, Frame] = field(default_factory=dict)
    """Each request once, by its bytes: what was sent ahead is told by identity."""
    held_bytes: int = 0

    def find(self, state: bytes) -> Node | None:
        """Return what is known of a state, or None."""
        return self.nodes.get(state)

    def frame(self, frame: Frame) -> Frame:
        """Return the one frame that stands for all with the same bytes."""
        return self.frames.setdefault(frame.body, frame)

    def keep(self, path: Sequence[Step], outcome: Outcome) -> None:
        """Remember the whole way of a check to its outcome."""
        size = sum(len(step.frame.body) + step.reply_bytes + NODE_BYTES for step in path) + NODE_BYTES
        if size > MOST_BYTES_OF_A_CHECK:
            return
        if self.held_bytes + size > MOST_BYTES:
            self.nodes.clear()
            self.frames.clear()
            self.held_bytes = 0
        self.held_bytes += size
        for step in path:
            node = self.nodes.setdefault(step.state, Node())
            node.request = self.frame(step.frame)
            node.follow(step.following)
            self.nodes.setdefault(step.following, Node()).places = step.places
        self.nodes.setdefault(outcome.state, Node()).outcome = outcome

    def usual_requests(self, node: Node, most: int) -> list[Frame]:
        """Return what will be asked after a node's request, as long as the replies are the usual ones."""
        frames: list[Frame] = []
        following: Node | None = self.nodes.get(node.usual)
        while following is not None and following.request is not None and len(frames) < most:
            frames.append(following.request)
            following = self.nodes.get(following.usual)
        return frames


@dataclass(frozen=True)
class Step:
    """One question of a check: the state in which it was asked, and the one that its reply led to."""

    state: bytes
    frame: Frame
    following: bytes
    reply_bytes: int
    places: tuple[Raised, ...]
    """The exceptions in the reply."""


def start_of(*parts: bytes) -> bytes:
    """Return the state in which a check begins: all that it depends on beside the replies."""
    return digest(f"{len(part)}:".encode() + part for part in parts)


def state_after(state: bytes, reply: bytes | memoryview) -> bytes:
    """Return the state that a reply leads to."""
    return digest((state, reply))


def digest(parts: Iterator[bytes] | Sequence[bytes | memoryview]) -> bytes:
    """Return a digest that nobody can make two texts for."""
    whole = sha256()
    for part in parts:
        whole.update(part)
    return whole.digest()
