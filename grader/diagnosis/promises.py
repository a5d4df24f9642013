"""What a function did to its caller's tensors, and what it handed out."""

from __future__ import annotations

from collections.abc import Iterator

from grader.diagnosis.history import CHANGING, History, seen
from grader.protocol.recording import Event
from grader.results.facts import ObservationFacts


def arguments(history: History) -> Iterator[ObservationFacts]:
    """The caller's own tensors were changed, asked for a gradient, or their `.grad` was filled or cleared."""
    memory = {history.storage(each) for each in history.arguments}
    for event in history.events:
        target = event.inputs[0].tensor if event.inputs else -1
        if name := done_to_argument(history, event, target, memory):
            yield seen(name, event)
        if history.arguments & {*event.filled, *event.added}:
            yield seen("argument_grad_filled", event)


def done_to_argument(history: History, event: Event, target: int, memory: set[int]) -> str | None:
    """Return what an event did to a tensor of the caller, or None."""
    is_argument = target in history.arguments
    if event.raised or target < 0:
        return None
    if event.name in ("requires_grad_", "requires_grad="):
        was_on = event.inputs[0].requires_grad
        return "argument_requires_grad" if is_argument and not was_on and "off" not in event.options else None
    if event.name == "grad=":
        return "argument_grad_cleared" if is_argument else None
    if event.name in CHANGING:
        if history.leaf_of.get(target) in history.arguments:
            return "argument_grad_cleared"
        return "argument_changed" if history.storage(target) in memory else None
    return None


def results(history: History) -> Iterator[ObservationFacts]:
    """What was returned carries a graph, or lies in memory that is not its own."""
    recording = history.recording
    memory = {history.storage(each) for each in history.arguments}
    for use in recording.results:
        if use.requires_grad:
            yield at_maker(history, "result_has_graph", use.tensor)
        if history.leaf_of.get(use.tensor) in history.arguments:
            yield at_maker(history, "result_is_argument_grad", use.tensor)
        elif history.storage(use.tensor) in memory:
            yield at_maker(history, "result_shares_argument", use.tensor)
    twice = [each for each in history.results if history.results.count(each) > 1]
    if twice:
        yield at_maker(history, "results_share_memory", twice[0])


def at_maker(history: History, name: str, tensor: int) -> ObservationFacts:
    """Return an observation about a result, at the line that made it."""
    place = history.maker(tensor, len(history.events))
    return ObservationFacts(name=name) if place is None else seen(name, history.events[place])


def returned(history: History) -> Iterator[ObservationFacts]:
    """Nothing was returned, or the tuple of autograd.grad as it is."""
    if history.recording.returned == "none":
        yield ObservationFacts(name="nothing_returned")
    if history.recording.returned == "tuple" and len(history.results) == 1:
        for _, event in history.numbered("autograd.grad"):
            if event.made == history.results:
                yield seen("tuple_returned", event)
