"""Calls that torch refused, and why."""

from __future__ import annotations

from collections.abc import Iterator

from grader.diagnosis.cuts import of_derivative
from grader.diagnosis.history import CHANGING, COPYING, History, seen
from grader.protocol.operations import VIEWS
from grader.protocol.recording import Event
from grader.results.facts import ObservationFacts

ONES = ("ones", "ones_like", "new_ones")
KEEPING = {"retain_graph", "create_graph"}
SPREADING = ("reshape", "view", "expand", "expand_as", "flatten", "getitem", "unbind", "clone", "to", "detach")


def not_scalars(history: History) -> Iterator[ObservationFacts]:
    """A backward without weights began at several numbers: of the function, or of a derivative."""
    for place, event in history.differentiating():
        if event.raised == "not_scalar":
            again = any(of_derivative(history, use.tensor, place) for use in event.inputs)
            yield seen("derivative_not_scalar" if again else "not_scalar", event)


def refused_weights(history: History) -> Iterator[ObservationFacts]:
    """The weights have another shape than what they weight, or are no tensor."""
    for place, event in history.differentiating():
        if event.raised == "weights":
            maker = history.maker(event.weights[0].tensor, place) if event.weights else None
            name = "weights_of_other_shape" if event.weights else "weights_not_tensor"
            yield seen(name, event, None if maker is None else history.events[maker])
        elif event.raised == "other" and "weighted" in event.options and not event.weights:
            yield seen("weights_not_tensor", event)


def freed_graphs(history: History) -> Iterator[ObservationFacts]:
    """A graph is gone through again that an earlier pass has freed."""
    for place, event in history.differentiating():
        if event.raised == "freed":
            earlier = [index for index, each in history.differentiating() if index < place and not each.raised]
            freeing = [each for each in earlier if not KEEPING & set(history.events[each].options)]
            last = freeing[-1] if freeing else place
            name = "old_history_used" if computes_on(history, event, last, place) else "graph_used_twice"
            yield seen(name, event, history.events[last] if freeing else None)


def computes_on(history: History, event: Event, begin: int, end: int) -> bool:
    """Whether what an event differentiates was computed on between two places; taking parts computes nothing."""
    made = {number for use in event.inputs for number in history.ancestors(use.tensor, end)}
    between = history.events[begin + 1 : end]
    return any(made & set(each.made) and each.name not in (*COPYING, *VIEWS) for each in between)


def unused_inputs(history: History) -> Iterator[ObservationFacts]:
    """A derivative is asked for by a tensor that the result does not depend on."""
    yield from (seen("unused_input", each) for _, each in history.differentiating() if each.raised == "unused")


def changed_values(history: History) -> Iterator[ObservationFacts]:
    """A leaf, or a value that a graph had saved, was changed in place; whole numbers were to require grad."""
    for place, event in enumerate(history.events):
        if event.raised == "leaf_changed":
            yield seen("leaf_changed_in_place", event)
        elif event.raised == "changed":
            yield seen("saved_value_changed", event, history.last(place, *CHANGING))
        elif event.raised == "not_floating":
            yield seen("whole_numbers_asked", event)


def used_nones(history: History) -> Iterator[ObservationFacts]:
    """A gradient that is None is used as a tensor."""
    ended = history.recording.ended
    given = [each for each in history.events if {"none", "some_none"} & set(each.options) and each.name != "grad="]
    if ended is not None and ended.reason == "none" and given:
        event = given[-1]
        where = ObservationFacts(name="none_used", line=ended.line, cell=ended.cell)
        yield where.model_copy(update={"cause": event.line, "cause_cell": event.cell})


def weights_of_ones(history: History) -> Iterator[ObservationFacts]:
    """The weights are all ones."""
    for place, event in history.differentiating():
        for use in event.weights:
            tensor, maker = use.tensor, history.maker(use.tensor, place)
            while maker is not None and history.events[maker].name in SPREADING and history.events[maker].inputs:
                tensor = history.events[maker].inputs[0].tensor
                maker = history.maker(tensor, maker)
            if maker is not None and history.events[maker].name in ONES:
                yield seen("weights_of_ones", event, history.events[maker])


def weights_twice(history: History) -> Iterator[ObservationFacts]:
    """The weights of backward were multiplied into what it began at already."""
    for place, event in history.differentiating():
        weights = {history.storage(use.tensor) for use in event.weights}
        for use in event.inputs:
            for made in history.ancestors(use.tensor, place):
                maker = history.maker(made, place)
                if maker is None or history.events[maker].name not in ("mul", "dot", "matmul", "einsum"):
                    continue
                product = history.events[maker]
                if any(not each.requires_grad and history.storage(each.tensor) in weights for each in product.inputs):
                    yield seen("weights_twice", event, product)
