"""One student process as the judge holds it: requests in, replies out, and an end when a limit is hit.

Owns the limits on wall time, CPU time, output and message size. Whatever goes wrong on the other side ends the
process and is told as `Stopped`; nothing that the other side sends can raise anything else.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from grader.errors import IsolationError
from grader.protocol.errors import ProtocolError
from grader.protocol.frames import CONFINED, HEADER, Header, pack_frame, read_header, unpack_body
from grader.protocol.messages import Load, Reply, Request, decode_reply, encode_request
from grader.protocol.values import Decoder, Encoder
from grader.sandbox.limits import Limits
from grader.sandbox.pickling import pickle_callable

TICK = 0.05
CHUNK = 1 << 16
KEPT_OUTPUT = 16 * 1024
MAX_REQUEST = 64 * 1024 * 1024
CLOCK_TICKS = os.sysconf("SC_CLK_TCK")
OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGVTALRM)
TIMES_FIELD = 11
THREADS_FIELD = 17


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

    `end` is the zygote's way to kill it and to tell how it ended; `handle` is readable once it has, or None where the
    system gives no such thing: then its end is noticed when nothing holds its pipes any more.
    """

    pid: int
    handle: int | None
    pipes: Pipes
    limits: Limits
    end: Callable[[int], int]
    printed: bytearray = field(default_factory=bytearray)
    printed_bytes: int = 0
    started: float = field(default_factory=time.monotonic)
    ended: bool = False
    confined: bool = False
    _number: int = 0

    def __post_init__(self) -> None:
        """Watch every pipe."""
        self._poll = select.poll()
        for descriptor in (self.pipes.replies, self.pipes.output, self.pipes.errors):
            os.set_blocking(descriptor, False)
            self._poll.register(descriptor, select.POLLIN)
        os.set_blocking(self.pipes.requests, False)
        if self.handle is not None:
            self._poll.register(self.handle, select.POLLIN)

    def ask(self, request: Request) -> Reply:
        """Send `request` and return its reply; raise `Stopped` when none comes within the limits."""
        if self.ended:
            raise Stopped(None, "the process has ended")
        self._number += 1
        try:
            return self._exchange(request)
        except ProtocolError as problem:
            raise self._stop("message", str(problem)) from None

    def _exchange(self, request: Request) -> Reply:
        encoder = Encoder(room=MAX_REQUEST, pickle=pickle_callable)
        tree = encode_request(self._number, request, encoder)
        whole = isinstance(request, Load) and request.notebook  # its cells keep the limits of a call one by one
        incoming = Exchange(self, pack_frame(tree, encoder.blob, max_tree=MAX_REQUEST), may_take_all=whole)
        header, body = incoming.run()
        self.check_threads()
        reply_tree, blob = unpack_body(body, header)
        number, reply = decode_reply(reply_tree, Decoder(blob), output_room=self.limits.output_kib << 10)
        if number != self._number:
            raise ProtocolError("the process answered another question than the one asked")
        return reply

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
        """Keep the first of what was printed; raise `Stopped` past the output limit."""
        self.printed_bytes += len(data)
        self.printed += data[: max(0, KEPT_OUTPUT - len(self.printed))]
        if self.printed_bytes > self.limits.output_kib << 10:
            raise self._stop("output", f"more than {self.limits.output_kib} KiB printed")

    def _stop(self, limit: str | None, detail: str) -> Stopped:
        self.close()
        return Stopped(limit, detail)

    def gone(self) -> Stopped:
        """End the process and return how it ended by itself."""
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
        select_errors = contextlib.suppress(OSError)
        with select_errors:
            code = self.end(self.pid)
        self.pipes.close()
        if self.handle is not None:
            os.close(self.handle)
        return code


class Exchange:
    """One request on its way out and its reply on its way in, within the limits of one call or of all."""

    def __init__(self, process: StudentProcess, frame: bytes, *, may_take_all: bool = False) -> None:
        self._process = process
        limits = process.limits
        self._cpu_limit = limits.total_cpu_seconds if may_take_all else limits.call_cpu_seconds
        self._wall_limit = limits.total_wall_seconds if may_take_all else limits.call_wall_seconds
        self._outgoing = memoryview(frame)
        self._header: Header | None = None
        self._body = bytearray()
        self._cpu_before: float | None = None
        self._wall_before = time.monotonic()
        self._registered = False

    def run(self) -> tuple[Header, bytearray]:
        """Carry the exchange through; return the reply's header and body."""
        process = self._process
        while not self._complete():
            self._write()
            events = dict(process._poll.poll(int(TICK * 1000)))  # noqa: SLF001 - two halves of one thing
            for descriptor in (process.pipes.output, process.pipes.errors):
                if descriptor in events:
                    self._drain(descriptor)
            if process.pipes.replies in events:
                self._read()
            elif process.handle in events:
                raise process.gone()
            self._check_time()
        assert self._header is not None
        return self._header, self._body

    def _complete(self) -> bool:
        return self._header is not None and len(self._body) == self._header.body

    def _write(self) -> None:
        if not self._outgoing:
            return
        pipe = self._process.pipes.requests
        try:
            self._outgoing = self._outgoing[os.write(pipe, self._outgoing) :]
        except BlockingIOError:
            pass
        except BrokenPipeError:
            raise self._process.gone() from None
        poll = self._process._poll  # noqa: SLF001 - as in run
        if self._outgoing:
            poll.register(pipe, select.POLLOUT)
        elif self._registered:
            poll.unregister(pipe)
        self._registered = bool(self._outgoing)

    def _drain(self, descriptor: int) -> None:
        data = os.read(descriptor, CHUNK)
        if data:
            self._process.keep_output(data)
        else:
            self._process._poll.unregister(descriptor)  # noqa: SLF001 - as in run

    def _read(self) -> None:
        wanted = HEADER.size - len(self._body) if self._header is None else self._header.body - len(self._body)
        if not self._process.confined:
            self._read_first_byte()
            return
        data = os.read(self._process.pipes.replies, min(wanted, CHUNK * 16))
        if not data:
            raise self._process.gone()
        self._body += data
        if self._header is None and len(self._body) == HEADER.size:
            self._header = read_header(bytes(self._body), max_blob=self._process.limits.message_mib << 20)
            self._body.clear()

    def _read_first_byte(self) -> None:
        if os.read(self._process.pipes.replies, 1) != CONFINED:
            raise self._process.gone()
        self._process.confined = True

    def _check_time(self) -> None:
        process, limits = self._process, self._process.limits
        wall = time.monotonic()
        if wall - self._wall_before < TICK:
            return
        process.check_threads()
        cpu = process.cpu_seconds()
        if self._cpu_before is None:  # first looked at after a tick, so that quick calls pay nothing
            self._cpu_before = max(0.0, cpu - TICK)
        if cpu - self._cpu_before > self._cpu_limit or cpu > limits.total_cpu_seconds:
            raise process.exhausted("cpu")
        if wall - self._wall_before > self._wall_limit or wall - process.started > limits.total_wall_seconds:
            raise process.exhausted("wall")
