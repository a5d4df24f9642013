"""What is differentiated though it has no graph, and what cut the graph off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grader.diagnosis.history import COPYING, History, seen
from grader.protocol.operations import VIEWS
from grader.protocol.recording import Event
from grader.results.facts import ObservationFacts

CUTTING = {
    "detach": "detach",
    "detach_": "detach",
    "data": "data",
    "tensor": "tensor",
    "as_tensor": "tensor",
    "new_tensor": "tensor",
}
NUMBERS = {"item": "item", "tolist": "item", "numpy": "numpy"}
"""What gives numbers that are no tensors any more."""
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Cut:
    """What a tensor without a graph goes back to: the observation's name, and the event that cut."""

    name: str
    event: Event | None = None


def cut_graphs(history: History) -> Iterator[ObservationFacts]:
    """A tensor without a graph is differentiated: where was the graph cut, or was there nothing to record?"""
    for place, event in history.differentiating():
        heads = [use.tensor for use in event.inputs if not use.requires_grad]
        if event.raised != "no_graph" or not heads:
            continue
        cuts = [cut for head in heads for cut in cuts_of(history, head, place)]
        known = next((cut for cut in cuts if cut.name != UNKNOWN), None)
        if known is not None:
            yield seen(known.name, event, known.event)
        elif not cuts:
            yield seen("leaf_not_used" if somebody_requires_grad(history) else "no_leaf", event)


def somebody_requires_grad(history: History) -> bool:
    """Whether any tensor was seen that requires grad, be it of no use."""
    return any(use.requires_grad for event in history.events for use in (*event.inputs, *event.sought, *event.outputs))


def late_switches(history: History) -> Iterator[ObservationFacts]:
    """requires_grad is switched on for a result that was computed already."""
    for place, event in history.numbered("requires_grad_", "requires_grad="):
        if "off" in event.options or event.raised or not event.inputs:
            continue
        tensor = event.inputs[0].tensor
        maker = history.maker(tensor, place)
        if maker is not None and history.events[maker].name not in (*COPYING, *VIEWS):
            if any(tensor in each.used for _, each in history.differentiating()):
                yield seen("requires_grad_too_late", event, history.events[maker])
        elif used := unrecorded_use(history, tensor, place):
            yield seen("requires_grad_too_late", event, used)


def unrecorded_use(history: History, tensor: int, before: int) -> Event | None:
    """Return an event that computed with a tensor before it required grad, and whose result is differentiated."""
    uses = [each for each in history.events[:before] if tensor in each.used and each.name not in (*COPYING, *VIEWS)]
    for place, event in history.differentiating():
        heads = {number for use in event.inputs for number in history.ancestors(use.tensor, place)}
        if place > before and (found := next((each for each in uses if heads & set(each.made)), None)):
            return found
    return None


def detached_parts(history: History) -> Iterator[ObservationFacts]:
    """A result is computed from one tensor with a graph and one that was cut off."""
    for place, event in enumerate(history.events):
        if event.mode != "grad" or not any(use.requires_grad for use in event.inputs):
            continue
        for use in event.inputs:
            maker = None if use.requires_grad else origin(history, use.tensor, place)
            if maker is not None and is_cut_by_detach(history.events[maker]):
                yield seen("part_detached", event, history.events[maker])


def origin(history: History, tensor: int, before: int) -> int | None:
    """Return the place of the event that a tensor comes from, views of it followed back, or None."""
    maker = history.maker(tensor, before)
    while maker is not None and history.events[maker].name in VIEWS:
        maker = history.maker(history.events[maker].used[0], maker)
    return maker


def is_cut_by_detach(event: Event) -> bool:
    """Whether an event detached a tensor that autograd was following."""
    return event.name in ("detach", "data") and any(use.requires_grad for use in event.inputs)


def cuts_of(history: History, tensor: int, before: int) -> list[Cut]:
    """Return what a tensor without a graph goes back to; nothing where it was made of what never required grad."""
    found: list[Cut] = []
    waiting, known = [tensor], set[int]()
    while waiting:
        number = waiting.pop()
        if number in known or number in history.arguments:
            continue
        known.add(number)
        place = history.maker(number, before)
        if place is None:
            found.append(unmade(history, before))
        elif cut := cut_at(history, place):
            found.append(cut)
        else:
            waiting += history.events[place].used
    return found


def unmade(history: History, before: int) -> Cut:
    """Return what is known of a tensor that no event made: it may come out of NumPy."""
    event = history.last(before, "numpy")
    return Cut("cut_by_numpy", event) if event else Cut(UNKNOWN)


def cut_at(history: History, place: int) -> Cut | None:
    """Return the cut that an event made, or None where autograd had nothing to follow there."""
    event = history.events[place]
    if event.name == "autograd.grad":
        return Cut(derivative(event), event)
    if event.name == "grad":
        filled = history.filled_by(event.inputs[0].tensor, place)
        return Cut(derivative(filled), filled) if filled else None
    if any(use.requires_grad for use in event.inputs):
        return cut_by(history, place)
    if event.name in ("tensor", "as_tensor") and not event.inputs:
        numbers = history.last(place, *NUMBERS)
        if numbers and any(use.requires_grad for use in numbers.inputs):
            return Cut(f"cut_by_{NUMBERS[numbers.name]}", numbers)
    return None


def cut_by(history: History, place: int) -> Cut:
    """Return the cut between a tensor that autograd followed and one without a graph."""
    event = history.events[place]
    if event.name in CUTTING:
        is_derivative = any(of_derivative(history, use.tensor, place) for use in event.inputs)
        name = "derivative_detached" if is_derivative else f"cut_by_{CUTTING[event.name]}"
        return Cut(name, event)
    if event.mode == "inference":
        return Cut("cut_by_inference", event)
    if event.mode == "no_grad":
        switch = history.last(place, "grad_enabled")
        return Cut("cut_by_no_grad", switch if switch and "off" in switch.options else event)
    return Cut(UNKNOWN)


def of_derivative(history: History, tensor: int, before: int) -> bool:
    """Whether a tensor is, or was made of, what a derivative gave."""
    places = (history.maker(each, before) for each in history.ancestors(tensor, before))
    return any(place is not None and history.events[place].name in ("autograd.grad", "grad") for place in places)


def derivative(event: Event) -> str:
    """Return what is to be said of a derivative that has no graph."""
    if "create_graph" in event.options:
        return "constant_derivative"
    return "retained_not_created" if "retain_graph" in event.options else "derivative_not_recorded"
