"""The messages of the border: three requests of the judge, two replies of a student process.

Each record has one encode/decode pair. What comes from a student is checked part by part: `ProtocolError` otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from grader.protocol.errors import ProtocolError
from grader.protocol.outputs import CellOutputs, decode_outputs, encode_outputs
from grader.protocol.values import Decoder, Encoder

MAX_MESSAGE_TEXT = 2000
MAX_NAMES = 50


@dataclass(frozen=True)
class Load:
    """Run a submission's source; a notebook's cells fail one by one, a file fails as a whole.

    The functions named in `forbidden` are taken away first.
    """

    name: str
    cells: tuple[str, ...]
    notebook: bool
    entries: tuple[str, ...]
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True)
class Call:
    """Call a function of the submission, `times` times on the very same argument objects."""

    entry: str
    arguments: tuple[Any, ...]
    times: int = 1


@dataclass(frozen=True)
class Observe:
    """Run an observer, trusted code beside the submission: `observer(namespace, *arguments)`."""

    observer: Callable[..., Any]
    arguments: tuple[Any, ...]


Request = Load | Call | Observe


@dataclass(frozen=True)
class Raised:
    """An exception as data. `line` is the last line of the student's own file on its way, 0 for none."""

    type: str
    bases: tuple[str, ...]
    message: str
    line: int = 0
    cell: int = 0


@dataclass(frozen=True)
class Observation:
    """What one call did: the value it returned or what it raised, and its arguments afterwards.

    Of a call that is made twice, both are observed after the second: value and arguments are as it left them.
    """

    value: Any = None
    raised: Raised | None = None
    arguments: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Loaded:
    """What running the source gave: what it raised, the signatures of the entry points, the functions defined.

    Of a notebook also what each code cell put out, in order.
    """

    raised: tuple[Raised, ...] = ()
    signatures: dict[str, str] = field(default_factory=dict)
    functions: tuple[str, ...] = ()
    outputs: tuple[CellOutputs, ...] = ()


@dataclass(frozen=True)
class Observed:
    """The observations of a call, one for each time."""

    observations: tuple[Observation, ...]


Reply = Loaded | Observed


def encode_request(number: int, request: Request, encoder: Encoder) -> list[Any]:
    """Return the tree of request `number`."""
    match request:
        case Load():
            cells, entries, forbidden = list(request.cells), list(request.entries), list(request.forbidden)
            body = ["load", request.name, cells, request.notebook, entries, forbidden]
        case Call():
            body = ["call", request.entry, encoder.encode(request.arguments), request.times]
        case Observe():
            body = ["observe", encoder.encode(request.observer), encoder.encode(request.arguments)]
    return [number, *body]


def decode_request(tree: Any, decoder: Decoder) -> tuple[int, Request]:
    """Return a request and its number; run by the student process, on the judge's own words."""
    match tree:
        case [int(number), "load", str(name), [*cells], bool(notebook), [*entries], [*forbidden]]:
            return number, Load(name, tuple(cells), notebook, tuple(entries), tuple(forbidden))
        case [int(number), "call", str(entry), arguments, int(times)]:
            return number, Call(entry, decoder.decode(arguments), times)
        case [int(number), "observe", observer, arguments]:
            return number, Observe(decoder.decode(observer), decoder.decode(arguments))
    raise ProtocolError("an unknown request")


def encode_reply(number: int, reply: Reply, encoder: Encoder) -> list[Any]:
    """Return the tree of the reply to request `number`."""
    match reply:
        case Loaded():
            raised = [encode_raised(each) for each in reply.raised]
            outputs = encode_outputs(reply.outputs, encoder)
            return [number, "loaded", raised, list(reply.signatures.items()), list(reply.functions), outputs]
        case Observed():
            return [number, "observed", [encode_observation(each, encoder) for each in reply.observations]]


def encode_observation(observation: Observation, encoder: Encoder) -> list[Any]:
    """Return the tree of one observation."""
    raised = None if observation.raised is None else encode_raised(observation.raised)
    arguments = [encoder.encode(each) for each in observation.arguments]
    return [encoder.encode(observation.value), raised, arguments]


def encode_raised(raised: Raised) -> list[Any]:
    """Return the tree of an exception."""
    return [raised.type, list(raised.bases), raised.message, raised.line, raised.cell]


def decode_reply(tree: Any, decoder: Decoder, *, output_room: int = 0) -> tuple[int, Reply]:
    """Return a reply and its number, trusting nothing in it; a notebook's outputs may take `output_room` bytes."""
    match tree:
        case [int(number), "loaded", [*raised], [*signatures], [*functions], outputs]:
            return number, Loaded(
                tuple(decode_raised(each) for each in raised[:MAX_NAMES]),
                dict(decode_signature(each) for each in signatures[:MAX_NAMES]),
                tuple(text(each, 100) for each in functions[:MAX_NAMES]),
                decode_outputs(outputs, decoder, room=output_room),
            )
        case [int(number), "observed", [*observations]]:
            return number, Observed(tuple(decode_observation(each, decoder) for each in observations))
    raise ProtocolError("an unknown reply")


def decode_observation(tree: Any, decoder: Decoder) -> Observation:
    """Return one observation."""
    match tree:
        case [value, raised, [*arguments]]:
            return Observation(
                decoder.decode(value),
                None if raised is None else decode_raised(raised),
                tuple(decoder.decode(each) for each in arguments),
            )
    raise ProtocolError("an observation has another form")


def decode_raised(tree: Any) -> Raised:
    """Return a described exception."""
    match tree:
        case [str(kind), [*bases], str(message), int(line), int(cell)]:
            names = tuple(text(each, 100) for each in bases[:20])
            return Raised(kind[:100], names, message[:MAX_MESSAGE_TEXT], max(line, 0), max(cell, 0))
    raise ProtocolError("an exception has another form")


def decode_signature(tree: Any) -> tuple[str, str]:
    """Return an entry point's name and its signature as text."""
    match tree:
        case [str(name), str(signature)]:
            return name[:100], signature[:500]
    raise ProtocolError("a signature has another form")


def text(value: Any, longest: int) -> str:
    """Return `value` cut to `longest` characters; ProtocolError when it is no text."""
    if not isinstance(value, str):
        raise ProtocolError("a name is not text")
    return value[:longest]
