"""What is asked and answered in one check: first from the replies that are there already, then live.

Owns the states that a check passes through, for the judge's memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from grader.judge.findings import StudentStopped
from grader.judge.memory import Memory, Node, Step, state_after
from grader.judge.outcome import Outcome
from grader.judge.run import Run
from grader.protocol.frames import Frame
from grader.protocol.messages import Observation, Observed, Raised, Reply
from grader.sandbox.process import Stopped

FIRST_AHEAD, MOST_AHEAD = 4, 16
"""How many requests are sent ahead after a usual reply, and after several; none before the first of a check."""
MOST_AHEAD_BYTES = 32 * 1024
"""What is sent ahead at the most: it fits into the pipe, so that nobody waits for it."""


@dataclass
class Talk:
    """The questions of one check to one student's process, and the replies."""

    run: Run
    memory: Memory
    state: bytes
    replies: list[memoryview] = field(default_factory=list)
    stop: StudentStopped | None = None
    """What ended the process when it was asked more than there are replies for."""
    path: list[Step] = field(default_factory=list)
    is_usual: bool = True
    """Whether the source has every line that the replies name, and no process had to be stopped."""
    _position: int = 0

    def follow(self) -> Outcome | None:
        """Ask what the memory knows to be asked next, as far as it knows; return the outcome where it knows that."""
        state, window = self.state, 0
        while (node := self.memory.find(state)) and node.outcome is None and node.request is not None:
            try:
                reply = self.run.ask(node.request, self._ahead(node, window))
            except StudentStopped as stop:
                self.stop, self.is_usual = stop, False
                return None
            self.replies.append(reply)
            state = state_after(state, reply)
            window = min(MOST_AHEAD, max(FIRST_AHEAD, 2 * window)) if node.follow(state) else 0
            if not self._has_places(state):
                return None
        return node.outcome if node else None

    def ask(self, frame: Frame) -> Reply:
        """Return the reply to a check's next question; raise `StudentStopped` when there is none."""
        if self._position < len(self.replies):
            reply = self.replies[self._position]
        elif self.stop is not None:
            raise self.stop
        else:
            reply = self._ask_live(frame)
        self._position += 1
        return self._read(frame, reply)

    def give_up(self, limit: str, detail: str) -> StudentStopped:
        """End the process for a reply that shows it can't go on; the outcome is not remembered."""
        self.is_usual = False
        return self.run.stopped(Stopped(limit, detail))

    def remember(self, outcome: Outcome) -> Outcome:
        """Keep the way to an outcome, unless it depends on more than the replies; return the outcome with its state."""
        if not self.is_usual:
            return outcome
        ended = replace(outcome, state=self.state)
        self.memory.keep(self.path, ended)
        return ended

    def _ask_live(self, frame: Frame) -> memoryview:
        try:
            reply = self.run.ask(frame)
        except StudentStopped as stop:
            self.stop, self.is_usual = stop, False
            raise
        self.replies.append(reply)
        return reply

    def _read(self, frame: Frame, reply: memoryview) -> Reply:
        """Return what a reply says, in lines that the source has, and go on to the state that it leads to."""
        try:
            said = self.run.read(reply)
        except StudentStopped as stop:
            self.stop, self.is_usual = stop, False
            raise
        places = tuple(raised_in(said))
        self.is_usual = self.is_usual and all(map(self.run.program.has_place, places))
        following = state_after(self.state, reply)
        self.path.append(Step(self.state, frame, following, len(reply), places))
        self.state = following
        return self._placed(said) if places else said

    def _placed(self, said: Reply) -> Reply:
        assert isinstance(said, Observed)
        placed = self.run.program.placed
        return Observed(
            tuple(replace(each, raised=placed(each.raised)) if each.raised else each for each in said.observations)
        )

    def _has_places(self, state: bytes) -> bool:
        """Whether the source has the lines that a known reply names; one that has not is no student process's own."""
        node = self.memory.find(state)
        return node is None or all(map(self.run.program.has_place, node.places))

    def _ahead(self, node: Node, window: int) -> Sequence[Frame]:
        """Return the requests to send ahead."""
        frames: list[Frame] = []
        room = MOST_AHEAD_BYTES
        for frame in self.memory.usual_requests(node, window):
            room -= len(frame.body)
            if room < 0:
                break
            frames.append(frame)
        return frames


def raised_in(reply: Reply) -> Sequence[Raised]:
    """Return the exceptions in a reply."""
    observations: Sequence[Observation] = reply.observations if isinstance(reply, Observed) else ()
    return [each.raised for each in observations if each.raised is not None]
