"""One student process as the judge holds it: requests in, replies out, and an end when a limit is hit.

Requests may be sent before the replies to earlier ones are in; replies come in order, and each has the limits of one
call, counted from the reply before. Owns the limits on wall time, CPU time, output and message size. Whatever goes
wrong on the other side ends the process and is told as `Stopped`; nothing that it sends can raise anything else.
"""

from __future__ import annotations

import contextlib
import math
import os
import select
import signal
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from grader.errors import IsolationError
from grader.protocol.errors import ProtocolError
from grader.protocol.frames import CONFINED, HEADER, Frame, Header, pack_frame, read_header, unpack_body
from grader.protocol.messages import Load, Reply, Request, decode_reply, encode_request
from grader.protocol.values import Decoder, Encoder
from grader.sandbox.limits import Limits
from grader.sandbox.pickling import pickle_callable

TICK = 0.05
CHUNK = 1 << 16
KEPT_OUTPUT = 16 * 1024
MAX_REQUEST = 64 * 1024 * 1024
NUMBERS = 1 << 32
NUMBER_BYTES = 4
"""A reply's number stands first in its header; what follows is the same for the same reply."""
CLOCK_TICKS = os.sysconf("SC_CLK_TCK")
OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGVTALRM)
TIMES_FIELD = 11
THREADS_FIELD = 17


class Lost(Exception):  # noqa: N818 - it is no error of anybody's who could read it
    """The process ended through no fault of the student's: its zygote died, or it was busy with what nobody asks now.

    What it was asked is to be asked again in another process, at no cost to the student.
    """


class Stopped(Exception):  # noqa: N818 - it is a fact about the student's code, not an error of ours
    """A student process ended before it answered.

    `limit` names the limit that was hit (`cpu`, `wall`, `memory`, `output`, `message`), or is None for a crash, whose
    `detail` then tells the signal or exit code.
    """

    def __init__(self, limit: str | None, detail: str) -> None:
        super().__init__(detail)
        self.limit = limit
        self.detail = detail


@dataclass
class Pipes:
    """The judge's ends of a student process's pipes."""

    requests: int
    replies: int
    output: int
    errors: int

    def close(self) -> None:
        """Close every end."""
        for descriptor in (self.requests, self.replies, self.output, self.errors):
            os.close(descriptor)


@dataclass
class StudentProcess:
    """A running student process.

    `end` is the zygote's way to kill it and to tell how it ended, and raises `Lost` where the zygote is gone; `handle`
    is readable once it has ended, or None where the system gives no such thing: then its end is noticed when nothing
    holds its pipes any more.
    """

    pid: int
    handle: int | None
    pipes: Pipes
    limits: Limits
    end: Callable[[int], int]
    printed: bytearray = field(default_factory=bytearray)
    printed_bytes: int = 0
    ended: bool = False
    confined: bool = False
    _outgoing: bytearray = field(default_factory=bytearray)
    _incoming: bytearray = field(default_factory=bytearray)
    _waiting: deque[int] = field(default_factory=deque)
    """The numbers of the requests that are not answered yet, in order."""
    _last_number: int = 0
    _watches_requests: bool = False

    def __post_init__(self) -> None:
        """Watch every pipe."""
        self._poll = select.poll()
        for descriptor in (self.pipes.replies, self.pipes.output, self.pipes.errors):
            os.set_blocking(descriptor, False)
            self._poll.register(descriptor, select.POLLIN)
        os.set_blocking(self.pipes.requests, False)
        if self.handle is not None:
            self._poll.register(self.handle, select.POLLIN)

    @property
    def is_ahead(self) -> bool:
        """Whether more than one request waits for its reply."""
        return len(self._waiting) > 1

    def ask(self, request: Request, *, allowed: Allowed | None = None) -> Reply:
        """Send `request` and return its reply; raise `Stopped` when none comes within the limits."""
        return self.read(self.receive(self.send(packed(request)), allowed=allowed or Allowed.of(request, self.limits)))

    def send(self, frame: Frame) -> int:
        """Send a request and return its number, without waiting; raise `Stopped` where the process has ended."""
        if self.ended:
            raise Stopped(None, "the process has ended")
        self._last_number = (self._last_number + 1) % NUMBERS
        self._waiting.append(self._last_number)
        self._outgoing += frame.numbered(self._last_number)
        self._write()
        return self._last_number

    def receive(self, number: int, *, allowed: Allowed | None = None) -> memoryview:
        """Return the body of the reply to request `number`, the oldest that waits; `Stopped` when it does not come."""
        try:
            header, body = self._next_reply(allowed or Allowed.for_call(self.limits))
        except ProtocolError as problem:
            raise self._stop("message", str(problem)) from None
        if header.number != number or self._waiting.popleft() != number:
            raise self._stop("message", "the process answered another question than the one asked")
        return body

    def drop_replies(self) -> None:
        """Wait for the replies to all that was sent, and drop them; `Lost` where one does not come in a call's time."""
        printed = self.printed_bytes
        try:
            while self._waiting:
                self.receive(self._waiting[0], allowed=Allowed.by_itself(self.limits))
        except Stopped as stop:
            raise Lost(stop.detail) from None
        self.printed_bytes = printed

    def read(self, body: memoryview) -> Reply:
        """Return what a reply says; raise `Stopped` for one that no student process of ours would write."""
        try:
            return decode_body(body, self.limits)
        except ProtocolError as problem:
            raise self._stop("message", str(problem)) from None

    def _next_reply(self, allowed: Allowed) -> tuple[Header, memoryview]:
        clock = CallClock(self, allowed)
        while (reply := self._complete_reply()) is None:
            self._write()
            events = dict(self._poll.poll(int(TICK * 1000)))
            for descriptor in (self.pipes.output, self.pipes.errors):
                if descriptor in events:
                    self._drain(descriptor)
            if self.pipes.replies in events:
                self._read_replies()
            elif self.handle in events:
                raise self.gone()
            clock.check()
        return reply

    def _complete_reply(self) -> tuple[Header, memoryview] | None:
        """Take the first whole reply out of what was read, if there is one; the lengths of its parts stay before it."""
        if len(self._incoming) < HEADER.size:
            return None
        header = read_header(bytes(self._incoming[: HEADER.size]), max_blob=self.limits.message_mib << 20)
        end = HEADER.size + header.body
        if len(self._incoming) < end:
            return None
        body = bytes(self._incoming[NUMBER_BYTES:end])
        del self._incoming[:end]
        return header, memoryview(body)

    def _write(self) -> None:
        """Write as much of what is to be sent as the pipe takes."""
        if not self._outgoing:
            return
        pipe = self.pipes.requests
        with contextlib.suppress(BlockingIOError):
            try:
                del self._outgoing[: os.write(pipe, self._outgoing)]
            except BrokenPipeError:  # replies to earlier requests may still be there; behind them is its end
                self._outgoing.clear()
        if self._outgoing:
            self._poll.register(pipe, select.POLLOUT)
        elif self._watches_requests:
            self._poll.unregister(pipe)
        self._watches_requests = bool(self._outgoing)

    def _drain(self, descriptor: int) -> None:
        data = os.read(descriptor, CHUNK)
        if data:
            self.keep_output(data)
        else:
            self._poll.unregister(descriptor)

    def _read_replies(self) -> None:
        data = os.read(self.pipes.replies, CHUNK * 16)
        if not self.confined:
            self.confined = data[:1] == CONFINED
            if not self.confined:
                raise self.gone()
            data = data[1:]
        elif not data:
            raise self.gone()
        self._incoming += data

    def cpu_seconds(self) -> float:
        """Return the CPU time that the process has used, in seconds; 0 once it is gone, or where none is told."""
        fields = self._status()
        return (int(fields[TIMES_FIELD]) + int(fields[TIMES_FIELD + 1])) / CLOCK_TICKS if fields else 0.0

    def check_threads(self) -> None:
        """Raise `Stopped` for more threads than allowed: the kernel counts a user's in all, not a process's."""
        fields = self._status()
        if fields and int(fields[THREADS_FIELD]) > 1 + self.limits.threads:
            raise self._stop("processes", f"more than {self.limits.threads} threads")

    def _status(self) -> list[bytes]:
        """Return the fields of /proc/PID/stat after the name; none once the process is gone, or without /proc."""
        try:
            with open(f"/proc/{self.pid}/stat", "rb", buffering=0) as stat:  # noqa: PTH123 - opened at every tick
                return stat.read().rpartition(b") ")[2].split()
        except OSError:
            return []

    def keep_output(self, data: bytes) -> None:
        """Keep the first of what was printed; raise `Stopped` past the output limit.

        While requests are ahead, nobody can tell which of them printed it: then the process is lost instead.
        """
        self.printed_bytes += len(data)
        self.printed += data[: max(0, KEPT_OUTPUT - len(self.printed))]
        if self.printed_bytes > self.limits.output_kib << 10:
            detail = f"more than {self.limits.output_kib} KiB printed"
            if self.is_ahead:
                self.close()
                raise Lost(detail)
            raise self._stop("output", detail)

    def _stop(self, limit: str | None, detail: str) -> Stopped:
        self.close()
        return Stopped(limit, detail)

    def gone(self) -> Stopped:
        """End the process and return how it ended by itself; raise `Lost` where its zygote ended."""
        code = self.close()
        if not self.confined:
            said = self.printed.decode("utf-8", "replace").strip().splitlines()
            raise IsolationError(f"a student process could not be locked down: {said[-1] if said else code}")
        if code in OUT_OF_TIME:
            return Stopped("cpu", "cpu")
        return Stopped(None, f"{signal.strsignal(-code)}, signal {-code}" if code < 0 else f"exit code {code}")

    def exhausted(self, limit: str) -> Stopped:
        """End the process for having hit `limit`."""
        return self._stop(limit, limit)

    def close(self) -> int:
        """End the process and everything it started; return its exit code, negative for a signal."""
        if self.ended:
            return 0
        self.ended = True
        try:
            return self.end(self.pid)
        finally:
            self.pipes.close()
            if self.handle is not None:
                os.close(self.handle)


@dataclass(frozen=True)
class Allowed:
    """The time that a reply may take: by itself, and up to when the process's exercise has used its own."""

    cpu_seconds: float
    wall_seconds: float
    cpu_until: float
    """The CPU time of the process at which its exercise has used up what it may."""
    wall_until: float
    """As `cpu_until`, by the monotonic clock."""

    @classmethod
    def for_call(cls, limits: Limits) -> Allowed:
        """Return what a call may take in a process that serves one exercise and begins now."""
        wall_until = time.monotonic() + limits.total_wall_seconds
        return cls(limits.call_cpu_seconds, limits.call_wall_seconds, limits.total_cpu_seconds, wall_until)

    @classmethod
    def of(cls, request: Request, limits: Limits) -> Allowed:
        """Return what a request may take: as a call, but for a notebook, whose cells have that each."""
        allowed = cls.for_call(limits)
        if not (isinstance(request, Load) and request.notebook):
            return allowed
        return replace(allowed, cpu_seconds=limits.total_cpu_seconds, wall_seconds=limits.total_wall_seconds)

    @classmethod
    def by_itself(cls, limits: Limits) -> Allowed:
        """Return what a reply may take, however much the exercises of its process have used before."""
        return cls(limits.call_cpu_seconds, limits.call_wall_seconds, math.inf, math.inf)


class CallClock:
    """Watches the time that one reply takes."""

    def __init__(self, process: StudentProcess, allowed: Allowed) -> None:
        self._process = process
        self._allowed = allowed
        self._cpu_before: float | None = None
        self._wall_before = time.monotonic()

    def check(self) -> None:
        """Raise `Stopped` when the reply takes longer than it may."""
        process, allowed = self._process, self._allowed
        wall = time.monotonic()
        if wall - self._wall_before < TICK:
            return
        process.check_threads()
        cpu = process.cpu_seconds()
        if self._cpu_before is None:  # first looked at after a tick, so that quick calls pay nothing
            self._cpu_before = max(0.0, cpu - TICK)
        if cpu - self._cpu_before > allowed.cpu_seconds or cpu > allowed.cpu_until:
            raise process.exhausted("cpu")
        if wall - self._wall_before > allowed.wall_seconds or wall > allowed.wall_until:
            raise process.exhausted("wall")


def decode_body(body: memoryview, limits: Limits) -> Reply:
    """Return what a reply without its number says; ProtocolError for one that no student process would write."""
    header = read_header(bytes(NUMBER_BYTES) + bytes(body[: HEADER.size - NUMBER_BYTES]), max_blob=len(body))
    tree, blob = unpack_body(body[HEADER.size - NUMBER_BYTES :], header)
    return decode_reply(tree, Decoder(blob), output_room=limits.output_kib << 10)


def packed(request: Request) -> Frame:
    """Return a request as a frame."""
    encoder = Encoder(room=MAX_REQUEST, pickle=pickle_callable)
    return pack_frame(encode_request(request, encoder), encoder.blob, max_tree=MAX_REQUEST)
