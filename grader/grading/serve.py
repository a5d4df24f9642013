"""What runs in a worker: a judge that reads submissions from a pipe, grades them, and answers.

Both ends of the pipe are trusted. Run as `python -m grader.grading.serve WORK DOOR PAGE`, three descriptors: the pipe,
the way to the zygotes that the coordinator owns, and the memory in which the coordinator reads the judge's own time.
"""

from __future__ import annotations

import gc
import mmap
import os
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection

from grader.errors import GraderError, InternalError, IsolationError
from grader.grading.judge import Judge, open_judge
from grader.grading.options import Options, load_assignment
from grader.grading.work import READY, Work
from grader.judge.own_time import RECORD, OwnTime
from grader.sandbox.control import hear, say


@dataclass
class RemoteDoor:
    """The way to the coordinator's zygotes."""

    control: socket.socket

    def connect(self, *, notebooks: bool) -> socket.socket:
        """Return a new conversation with a zygote; what the coordinator met is raised here."""
        say(self.control, {"notebooks": notebooks})
        match hear(self.control):
            case {"connected": True}, [descriptor]:
                return socket.socket(fileno=descriptor)
            case {"problem": str(problem), "isolation": True}, _:
                raise IsolationError(problem)
            case {"problem": str(problem)}, _:
                raise InternalError(problem)
        raise InternalError("the coordinator is gone")


def serve(work: int, door: int, page: int) -> None:
    """Answer each piece of work until the other side closes; a GraderError is answered too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the coordinator, which then closes the pipe
    pipe, control = Connection(work), socket.socket(fileno=door)
    own_time = OwnTime(mmap.mmap(page, RECORD.size))
    with pipe, control, suppress(EOFError, OSError):
        try:
            options: Options = pipe.recv()
            with open_judge(load_assignment(options), door=RemoteDoor(control), own_time=own_time) as judge:
                gc.collect()
                gc.freeze()  # what is loaded by now stays; pytest collects garbage often
                pipe.send(READY)
                answer(pipe, judge)
        except GraderError as problem:
            pipe.send(problem)


def answer(pipe: Connection, judge: Judge) -> None:
    """Answer each piece of work."""
    while True:
        given: Work = pipe.recv()
        pipe.send(judge.grade(given.submission, too_slow=given.too_slow, only=given.only))


if __name__ == "__main__":
    serve(*map(int, sys.argv[1:4]))
    os._exit(0)  # nothing is left to do, and tearing torch down takes a while
