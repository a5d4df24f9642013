"""A recording: which torch calls a function made, in which line, on which tensors. Closed and bounded data.

Owns the record, its limits, and its one way to plain lists and back: the same on the wire and in the facts. It is what
a student process says of itself: an observation, never a verdict. Needs no torch. It holds numbers that stand for
tensors, and no value of any.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from grader.protocol.errors import ProtocolError
from grader.protocol.operations import ENDINGS, KINDS, MODES, OPERATIONS, OPTIONS, REASONS

RECORDING_VERSION: Final = 1
MOST_EVENTS: Final = 400
MOST_TENSORS: Final = 800
MOST_USES: Final = 16
"""The tensors of one role in one event."""
MOST_DIMENSIONS: Final = 8
MOST_LINES: Final = 1 << 20
MOST_SIZE: Final = 1 << 40


@dataclass(frozen=True)
class TensorSeen:
    """What stays the same of a tensor. Its place in `Recording.tensors` is its number."""

    shape: tuple[int, ...]
    floating: bool
    """Whether its numbers are floating point or complex, so that it may require grad."""
    storage: int
    """The number of the memory that it lies in: two tensors with the same number share it, such as a view."""


@dataclass(frozen=True)
class Use:
    """A tensor and its state: of an input before the call, of an output after it."""

    tensor: int
    requires_grad: bool
    has_graph: bool
    """Whether it has a `grad_fn`."""
    has_grad: bool
    """Whether it is a leaf and holds a `.grad`."""

    @property
    def is_leaf(self) -> bool:
        """Whether it is a leaf, as torch counts: a tensor without a `grad_fn`."""
        return not self.has_graph


@dataclass(frozen=True)
class Event:
    """One torch call, with its place in the student's own source."""

    name: str
    """One of `OPERATIONS`."""
    line: int
    cell: int
    """The cell of a notebook, from 1; 0 for a file."""
    call: int
    """Which call of the function it belongs to, from 1: a check may call twice."""
    mode: str
    """One of `MODES`: whether autograd recorded."""
    inputs: tuple[Use, ...] = ()
    """Of `backward` and `autograd.grad` what is differentiated; of `grad=` and `data=` the tensor first."""
    weights: tuple[Use, ...] = ()
    """Of `backward` and `autograd.grad` the tensors given as weights."""
    sought: tuple[Use, ...] = ()
    """Of `backward` and `autograd.grad` the tensors asked for by `inputs`."""
    outputs: tuple[Use, ...] = ()
    filled: tuple[int, ...] = ()
    """Of `backward` the leaves whose `.grad` was None and got a gradient."""
    added: tuple[int, ...] = ()
    """Of `backward` the leaves to whose `.grad` a gradient was added."""
    options: tuple[str, ...] = ()
    """Some of `OPTIONS`."""
    raised: str = ""
    """One of `REASONS` where it raised, else empty."""

    @property
    def used(self) -> tuple[int, ...]:
        """The numbers of all tensors that went in."""
        return tuple(each.tensor for each in (*self.inputs, *self.weights, *self.sought))

    @property
    def made(self) -> tuple[int, ...]:
        """The numbers of the tensors that came out."""
        return tuple(each.tensor for each in self.outputs)


@dataclass(frozen=True)
class Ended:
    """The exception that a call ended with."""

    type: str
    """One of `ENDINGS`: the name of an exception of Python's own, else `Exception`."""
    reason: str
    """One of `REASONS`."""
    line: int
    cell: int


@dataclass(frozen=True)
class Recording:
    """What a function did in one call, or in two on the same arguments."""

    events: tuple[Event, ...] = ()
    tensors: tuple[TensorSeen, ...] = ()
    arguments: tuple[tuple[int, ...], ...] = ()
    """For each argument the numbers of the tensors in it."""
    results: tuple[Use, ...] = ()
    """The tensors in what the last call returned."""
    returned: str = "none"
    """One of `KINDS`: what the last call returned; `nothing` where it raised."""
    ended: Ended | None = None
    is_cut: bool = False
    """Whether there was more than is kept."""

    def places(self) -> Iterator[tuple[int, int]]:
        """Yield the line and the cell of each event and of the exception."""
        yield from ((each.line, each.cell) for each in self.events)
        if self.ended is not None:
            yield self.ended.line, self.ended.cell


def encode_recording(recording: Recording) -> list[Any]:
    """Return a recording as plain lists, for the wire and for JSON."""
    ended = recording.ended
    return [
        RECORDING_VERSION,
        [encode_event(each) for each in recording.events],
        [[list(each.shape), each.floating, each.storage] for each in recording.tensors],
        [list(each) for each in recording.arguments],
        encode_uses(recording.results),
        recording.returned,
        None if ended is None else [ended.type, ended.reason, ended.line, ended.cell],
        recording.is_cut,
    ]


def encode_event(event: Event) -> list[Any]:
    """Return an event as plain lists."""
    uses = [encode_uses(each) for each in (event.inputs, event.weights, event.sought, event.outputs)]
    changed = [list(event.filled), list(event.added)]
    return [
        event.name,
        [event.line, event.cell, event.call],
        event.mode,
        uses,
        changed,
        list(event.options),
        event.raised,
    ]


def encode_uses(uses: tuple[Use, ...]) -> list[list[int]]:
    """Return uses as pairs of a tensor's number and its flags as bits."""
    return [[use.tensor, use.requires_grad + 2 * use.has_graph + 4 * use.has_grad] for use in uses]


def decode_recording(tree: Any) -> Recording:
    """Return the recording that `encode_recording` was given, trusting nothing; ProtocolError for anything else."""
    match tree:
        case [1, [*events], [*tensors], [*arguments], [*results], str(returned), ended, bool(is_cut)]:
            return Recording(
                tuple(decode_event(each, len(tensors)) for each in bounded(events, MOST_EVENTS)),
                tuple(decode_tensor(each, len(tensors)) for each in bounded(tensors, MOST_TENSORS)),
                tuple(decode_numbers(each, len(tensors)) for each in bounded(arguments, MOST_USES)),
                decode_uses(results, len(tensors)),
                one_of(returned, KINDS),
                None if ended is None else decode_ended(ended),
                is_cut,
            )
    raise ProtocolError("a recording has another form")


def decode_event(tree: Any, tensors: int) -> Event:
    """Return an event that speaks of so many tensors."""
    match tree:
        case [str(name), [line, cell, call], str(mode), [*uses], [filled, added], [*options], str(raised)] if (
            len(uses) == 4  # noqa: PLR2004 - the four roles of Event
        ):
            inputs, weights, sought, outputs = (decode_uses(each, tensors) for each in uses)
            return Event(
                one_of(name, OPERATIONS),
                whole(line, MOST_LINES),
                whole(cell, MOST_LINES),
                whole(call, 3),
                one_of(mode, MODES),
                inputs,
                weights,
                sought,
                outputs,
                decode_numbers(filled, tensors),
                decode_numbers(added, tensors),
                tuple(one_of(each, OPTIONS) for each in bounded(options, len(OPTIONS))),
                one_of(raised, REASONS) if raised else "",
            )
    raise ProtocolError("an event of a recording has another form")


def decode_tensor(tree: Any, tensors: int) -> TensorSeen:
    """Return what stays the same of a tensor."""
    match tree:
        case [[*shape], bool(floating), storage]:
            sizes = tuple(whole(size, MOST_SIZE) for size in bounded(shape, MOST_DIMENSIONS))
            return TensorSeen(sizes, floating, whole(storage, tensors))
    raise ProtocolError("a tensor of a recording has another form")


def decode_uses(tree: Any, tensors: int) -> tuple[Use, ...]:
    """Return uses of so many tensors."""
    return tuple(decode_use(each, tensors) for each in bounded(tree, MOST_USES))


def decode_use(tree: Any, tensors: int) -> Use:
    """Return one use."""
    match tree:
        case [tensor, flags]:
            bits = whole(flags, 8)
            return Use(whole(tensor, tensors), bool(bits & 1), bool(bits & 2), bool(bits & 4))
    raise ProtocolError("a tensor in a recording is told in another form")


def decode_ended(tree: Any) -> Ended:
    """Return how a call ended."""
    match tree:
        case [str(kind), str(reason), line, cell]:
            places = whole(line, MOST_LINES), whole(cell, MOST_LINES)
            return Ended(one_of(kind, ENDINGS), one_of(reason, REASONS), *places)
    raise ProtocolError("the end of a recording has another form")


def decode_numbers(tree: Any, tensors: int) -> tuple[int, ...]:
    """Return numbers of tensors."""
    return tuple(whole(each, tensors) for each in bounded(tree, MOST_USES))


def bounded(tree: Any, most: int) -> list[Any]:
    """Return a list of at most so many parts."""
    if not isinstance(tree, list) or len(tree) > most:
        raise ProtocolError("a list in a recording is too long, or is none")
    return tree


def one_of(name: str, names: tuple[str, ...] | frozenset[str]) -> str:
    """Return a name of a closed list."""
    if name not in names:
        raise ProtocolError("a recording uses a name of no list")
    return name


def whole(value: Any, below: int) -> int:
    """Return a whole number from 0 to below a limit."""
    if type(value) is not int or not 0 <= value < below:
        raise ProtocolError("a number in a recording is out of range")
    return value
