"""What a recorder has noted: the calls before and after they are made, in the closed words of a recording.

Keeps the numbers of tensors, never tensors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch

from grader.protocol.messages import Observation, Raised
from grader.protocol.operations import ENDINGS
from grader.protocol.recording import MOST_USES, Ended, Event, Recording, Use
from grader.sandbox.naming import reason_of
from grader.sandbox.numbering import Numbering, tensors_in

ROLES: Mapping[str, tuple[str, ...]] = {
    "backward": ("heads", "weights", "retain_graph", "create_graph", "sought"),
    "autograd.backward": ("heads", "weights", "retain_graph", "create_graph", "grad_variables", "sought"),
    "autograd.grad": ("heads", "sought", "weights", "retain_graph", "create_graph"),
}
KEYWORDS: Mapping[str, Mapping[str, str]] = {
    "backward": {"gradient": "weights", "inputs": "sought", "self": "heads"},
    "autograd.backward": {"tensors": "heads", "grad_tensors": "weights", "inputs": "sought"},
    "autograd.grad": {"outputs": "heads", "inputs": "sought", "grad_outputs": "weights"},
}
SWITCHES = ("retain_graph", "create_graph", "allow_unused", "materialize_grads")


@dataclass
class Notes:
    """What a recorder has noted so far."""

    numbering: Numbering = field(default_factory=Numbering)
    arguments: tuple[tuple[int, ...], ...] = ()
    events: list[Event] = field(default_factory=list)
    call: int = 1
    is_cut: bool = False

    def begin(self, arguments: Sequence[Any]) -> None:
        """Give the tensors in the arguments their numbers."""
        try:
            self.arguments = tuple(tuple(use.tensor for use in self.uses(each)) for each in arguments[:MOST_USES])
        except Exception:  # noqa: BLE001 - a tensor that can't be read must not change what the student's code does
            self.is_cut = True

    def uses(self, value: Any) -> tuple[Use, ...]:
        """Return the tensors in a value and their state."""
        return tuple(map(self.use, tensors_in(value)))

    def use(self, tensor: torch.Tensor) -> Use:
        """Return the state of a tensor."""
        has_graph = tensor.grad_fn is not None
        has_grad = not has_graph and tensor.grad is not None
        return Use(self.numbering.number(tensor), tensor.requires_grad, has_graph, has_grad)

    def gradients(self) -> dict[int, tuple[int, int] | None]:
        """Return for each known leaf which tensor its `.grad` is and how often that was changed."""
        return {
            number: None if leaf.grad is None else (leaf.grad._cdata, leaf.grad._version)
            for number, leaf in self.numbering.leaves()
        }

    def recording(self, last: Observation) -> Recording:
        """Return all that was noted, and how the last call ended."""
        try:
            results = self.uses(last.value)
        except Exception:  # noqa: BLE001 - as above
            results, self.is_cut = (), True
        seen = tuple(self.numbering.seen)
        self.numbering.release()
        raised = last.raised
        ended = None if raised is None else ended_by(raised)
        returned = "nothing" if raised else kind_of(last.value)
        return Recording(tuple(self.events), seen, self.arguments, results, returned, ended, self.is_cut)


@dataclass(frozen=True)
class Place:
    """A line in the student's source, and whether a function called there made the torch call."""

    line: int
    cell: int
    inside: bool


@dataclass(frozen=True)
class BegunCall:
    """What is known of a call before it is made."""

    name: str
    place: Place
    inputs: tuple[Use, ...]
    weights: tuple[Use, ...]
    sought: tuple[Use, ...]
    options: tuple[str, ...]
    mode: str
    gradients: Mapping[int, tuple[int, int] | None]


def begun_call(notes: Notes, name: str, place: Place, args: Sequence[Any], given: Mapping[str, Any]) -> BegunCall:
    """Return what is known of a call before it is made."""
    mode = "inference" if torch.is_inference_mode_enabled() else "grad" if torch.is_grad_enabled() else "no_grad"
    options = ["inside"] if place.inside else []
    if name not in ROLES:
        if is_off(name, args, given):
            options.append("off")
        if name == "grad=" and (len(args) < 2 or args[1] is None):  # noqa: PLR2004 - deleted, or set to None
            options.append("none")
        inputs = notes.uses((args, tuple(given.values())))
        return BegunCall(name, place, inputs, (), (), tuple(options), mode, {})
    parts = dict(zip(ROLES[name], args, strict=False))
    parts |= {KEYWORDS[name].get(key, key): value for key, value in given.items()}
    options += [each for each in SWITCHES if parts.get(each)]
    options += ["weighted"] if parts.get("weights") is not None else []
    heads, weights, sought = (notes.uses(parts.get(each)) for each in ("heads", "weights", "sought"))
    gradients = {} if name == "autograd.grad" else notes.gradients()
    return BegunCall(name, place, heads, weights, sought, tuple(options), mode, gradients)


def ended_call(notes: Notes, begun: BegunCall, result: Any, reason: str) -> Event:
    """Return a call as an event, once it was made."""
    filled, added = changed(begun.gradients, notes.gradients() if begun.gradients else {})
    options = begun.options
    if not reason and begun.name in ("grad", "autograd.grad"):
        parts = result if isinstance(result, tuple) else (result,)
        missing = sum(each is None for each in parts)
        options += ("none",) if missing == len(parts) else ("some_none",) if missing else ()
    place = begun.place
    return Event(
        begun.name,
        place.line,
        place.cell,
        notes.call,
        begun.mode,
        begun.inputs,
        begun.weights,
        begun.sought,
        notes.uses(result),
        filled,
        added,
        options,
        reason,
    )


def changed(
    before: Mapping[int, tuple[int, int] | None], after: Mapping[int, tuple[int, int] | None]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the leaves that got a first gradient, and those to whose gradient another was added."""
    touched = [number for number, gradient in after.items() if number in before and before[number] != gradient]
    filled = tuple(number for number in touched if before[number] is None)
    added = tuple(number for number in touched if before[number] is not None)
    return filled[:MOST_USES], added[:MOST_USES]


def is_off(name: str, args: Sequence[Any], given: Mapping[str, Any]) -> bool:
    """Whether a switch of the recording is set to False."""
    if name == "grad_enabled":
        return args[:1] == (False,)
    if name in ("requires_grad_", "requires_grad="):
        return args[1:2] == (False,) or given.get("requires_grad") is False
    return False


def is_idle_switch(name: str, args: Sequence[Any]) -> bool:
    """Whether a call sets the recording to what it is already."""
    return name == "grad_enabled" and bool(args[0]) == torch.is_grad_enabled()


def kind_of(value: Any) -> str:
    """Return the kind of a returned value."""
    if value is None:
        return "none"
    if isinstance(value, torch.Tensor):
        return "tensor"
    if isinstance(value, int | float | complex):
        return "number"
    return next((each.__name__ for each in (tuple, list, dict) if isinstance(value, each)), "other")


def ended_by(raised: Raised) -> Ended:
    """Return an exception in the closed words of a recording."""
    kind = raised.type if raised.type in ENDINGS else "Exception"
    return Ended(kind, reason_of(raised.type, raised.message), raised.line, raised.cell)
