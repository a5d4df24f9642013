"""The messages of the border: the judge's requests, and the replies of a student process.

Each record has one encode/decode pair. What comes from a student is checked part by part: `ProtocolError` otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from grader.protocol.errors import ProtocolError
from grader.protocol.outputs import CellOutputs, decode_outputs, encode_outputs
from grader.protocol.recording import Recording, decode_recording, encode_recording
from grader.protocol.values import Decoder, Encoder

MAX_MESSAGE_TEXT = 2000
ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}")
MAX_NAMES = 50


@dataclass(frozen=True)
class Load:
    """Run a submission's source; a notebook's cells fail one by one, a file fails as a whole."""

    name: str
    cells: tuple[str, ...]
    notebook: bool
    entries: tuple[str, ...]
    shared: bool = False
    """Whether the process serves other sources too: then this one must leave things as they were."""
    modules: tuple[tuple[str, str, str], ...] = ()
    """The student's own files that it can import: dotted name, file name and text of each."""
    imports: tuple[str, ...] | None = None
    """The packages that it may import beside the standard library; None for any."""


@dataclass(frozen=True)
class Begin:
    """Turn to the source loaded as `name`, and refuse the functions in `forbidden` from now on."""

    name: str
    forbidden: tuple[str, ...] = ()
    shared: bool = False


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


@dataclass(frozen=True)
class Record:
    """Make a call once more, and note what it does with autograd."""

    call: Call | Observe


Request = Load | Begin | Call | Observe | Record


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

    Of a notebook also what each code cell put out, in order. `unchanged` is whether what all sources of a process share
    is as it was before the first was loaded.
    """

    raised: tuple[Raised, ...] = ()
    signatures: dict[str, str] = field(default_factory=dict)
    functions: tuple[str, ...] = ()
    outputs: tuple[CellOutputs, ...] = ()
    unchanged: bool = True


@dataclass(frozen=True)
class Observed:
    """The observations of a call, one for each time."""

    observations: tuple[Observation, ...]


@dataclass(frozen=True)
class Begun:
    """Whether what all sources of a process share, such as torch's namespaces, is still as it was at its start."""

    unchanged: bool


@dataclass(frozen=True)
class Recorded:
    """The observations of a call that was recorded, and the recording."""

    observations: tuple[Observation, ...]
    recording: Recording


Reply = Loaded | Begun | Observed | Recorded


def encode_request(request: Request, encoder: Encoder) -> list[Any]:
    """Return the tree of a request."""
    match request:
        case Load():
            modules = [list(each) for each in request.modules]
            imports = None if request.imports is None else list(request.imports)
            source = [request.name, list(request.cells), request.notebook, modules]
            return ["load", source, list(request.entries), request.shared, imports]
        case Begin():
            return ["begin", request.name, list(request.forbidden), request.shared]
        case Call():
            return ["call", request.entry, encoder.encode(request.arguments), request.times]
        case Observe():
            return ["observe", encoder.encode(request.observer), encoder.encode(request.arguments)]
        case Record():
            return ["record", encode_request(request.call, encoder)]


def decode_request(tree: Any, decoder: Decoder) -> Request:
    """Return a request; run by the student process, on the judge's own words."""
    match tree:
        case ["load", [str(name), [*cells], bool(notebook), [*modules]], [*entries], bool(shared), imports]:
            own = tuple((name, file, text) for name, file, text in modules)
            allowed = None if imports is None else tuple(imports)
            return Load(name, tuple(cells), notebook, tuple(entries), shared, own, allowed)
        case ["begin", str(name), [*forbidden], bool(shared)]:
            return Begin(name, tuple(forbidden), shared)
        case ["call", str(entry), arguments, int(times)]:
            return Call(entry, decoder.decode(arguments), times)
        case ["observe", observer, arguments]:
            return Observe(decoder.decode(observer), decoder.decode(arguments))
        case ["record", ["call" | "observe", *_] as call]:
            recorded = decode_request(call, decoder)
            assert isinstance(recorded, Call | Observe)
            return Record(recorded)
    raise ProtocolError("an unknown request")


def encode_reply(reply: Reply, encoder: Encoder) -> list[Any]:
    """Return the tree of a reply."""
    match reply:
        case Loaded():
            raised = [encode_raised(each) for each in reply.raised]
            outputs = encode_outputs(reply.outputs, encoder)
            return ["loaded", raised, list(reply.signatures.items()), list(reply.functions), outputs, reply.unchanged]
        case Begun():
            return ["begun", reply.unchanged]
        case Observed():
            return ["observed", [encode_observation(each, encoder) for each in reply.observations]]
        case Recorded():
            observations = [encode_observation(each, encoder) for each in reply.observations]
            return ["recorded", observations, encode_recording(reply.recording)]


def encode_observation(observation: Observation, encoder: Encoder) -> list[Any]:
    """Return the tree of one observation."""
    raised = None if observation.raised is None else encode_raised(observation.raised)
    arguments = [encoder.encode(each) for each in observation.arguments]
    return [encoder.encode(observation.value), raised, arguments]


def encode_raised(raised: Raised) -> list[Any]:
    """Return the tree of an exception."""
    return [raised.type, list(raised.bases), without_addresses(raised.message), raised.line, raised.cell]


def without_addresses(told: str) -> str:
    """Return a text with memory addresses masked: they differ from run to run, and a fact must not."""
    return ADDRESS.sub("0x…", told)


def decode_reply(tree: Any, decoder: Decoder, *, output_room: int = 0) -> Reply:
    """Return a reply, trusting nothing in it; a notebook's outputs may take `output_room` bytes."""
    match tree:
        case ["loaded", [*raised], [*signatures], [*functions], outputs, bool(unchanged)]:
            return Loaded(
                tuple(decode_raised(each) for each in raised[:MAX_NAMES]),
                dict(decode_signature(each) for each in signatures[:MAX_NAMES]),
                tuple(text(each, 100) for each in functions[:MAX_NAMES]),
                decode_outputs(outputs, decoder, room=output_room),
                unchanged,
            )
        case ["begun", bool(unchanged)]:
            return Begun(unchanged)
        case ["observed", [*observations]]:
            return Observed(tuple(decode_observation(each, decoder) for each in observations))
        case ["recorded", [*observations], recording]:
            return Recorded(
                tuple(decode_observation(each, decoder) for each in observations), decode_recording(recording)
            )
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
            return Raised(kind[:100], names, without_addresses(message[:MAX_MESSAGE_TEXT]), max(line, 0), max(cell, 0))
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
