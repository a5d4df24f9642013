"""How `.grad` was filled, read, kept and cleared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grader.diagnosis.history import CHANGING, History, seen
from grader.protocol.operations import CUTS, VIEWS
from grader.protocol.recording import Event
from grader.results.facts import ObservationFacts

PARTS = ("getitem", "select", "unbind", "narrow", "split", "chunk")


def read_nones(history: History) -> Iterator[ObservationFacts]:
    """A `.grad` that is read is None: of no leaf, or of a leaf that got no gradient."""
    for place, event in history.numbered("grad"):
        if "none" not in event.options or not event.inputs:
            continue
        use = event.inputs[0]
        if any(each.leaf == use.tensor and each.place > place for each in reads(history)):
            continue  # it was only asked whether there is one
        yield of_no_leaf(history, use.tensor, place) if use.has_graph else of_leaf(history, use.tensor, place)


def of_no_leaf(history: History, tensor: int, place: int) -> ObservationFacts:
    """Return what is to be said where the `.grad` of a computed tensor is None."""
    maker = history.maker(tensor, place)
    made = None if maker is None else history.events[maker]
    event = history.events[place]
    late = next((each for _, each in history.numbered("retain_grad") if each.inputs[0].tensor == tensor), None)
    if late is not None:
        return seen("retain_grad_too_late", event, late)
    if made is not None and any(use.requires_grad for use in made.inputs):
        if made.name == "clone":
            return seen("clone_is_no_leaf", event, made)
        if made.name in PARTS:
            return seen("grad_of_a_part", event, made)
    return seen("non_leaf_grad", event, made)


def of_leaf(history: History, tensor: int, place: int) -> ObservationFacts:
    """Return what is to be said where the `.grad` of a leaf is None."""
    event = history.events[place]
    before = [each for index, each in history.differentiating() if index < place and not each.raised]
    asked = [each for each in before if each.name == "autograd.grad" and tensor in {use.tensor for use in each.sought}]
    if asked:
        return seen("autograd_grad_fills_nothing", event, asked[-1])
    cut = next((each for each in reversed(history.events[:place]) if cuts_off(each, tensor)), None)
    if before and cut:
        return seen("cut_by_detach", event, cut)
    last = last_change(history, tensor, place)
    if before and last is None:
        return seen("grad_stayed_none", event, before[-1])
    return seen("grad_was_none", event, last)


def cuts_off(event: Event, tensor: int) -> bool:
    """Whether an event took a leaf's numbers without the leaf."""
    return event.name in CUTS and any(use.tensor == tensor and use.requires_grad for use in event.inputs)


def missing_gradients(history: History) -> Iterator[ObservationFacts]:
    """autograd.grad gave None for an input that the result does not depend on."""
    for _, event in history.numbered("autograd.grad"):
        if {"none", "some_none"} & set(event.options):
            yield seen("missing_gradient", event)


def sums_of_outputs(history: History) -> Iterator[ObservationFacts]:
    """Several outputs were differentiated in one call of autograd.grad."""
    for _, event in history.numbered("autograd.grad"):
        if len(event.inputs) > 1 and not event.raised:
            yield seen("outputs_summed", event)


def sums_of_gradients(history: History) -> Iterator[ObservationFacts]:
    """A backward adds to a gradient that nothing had cleared since the last one."""
    for place, event in history.differentiating():
        for leaf in event.added:
            last = last_change(history, leaf, place)
            if last is not None and leaf in (*last.filled, *last.added):
                yield seen("grad_never_cleared", event, last)


def clearings(history: History) -> Iterator[ObservationFacts]:
    """A gradient was cleared between two backwards: before it was read, or afterwards."""
    for place, event in enumerate(history.events):
        leaf = cleared_leaf(history, event)
        filled = None if leaf is None else history.filled_by(leaf, place)
        if leaf is None or filled is None or last_change(history, leaf, place) is not filled:
            continue
        between = history.events[history.events.index(filled) + 1 : place]
        reads = [each for each in between if each.name == "grad" and each.inputs and each.inputs[0].tensor == leaf]
        used = [
            each for each in between if each.name != "grad" and any(history.leaf_of.get(n) == leaf for n in each.used)
        ]
        own = 1 if event.name != "grad=" else 0
        later = any(each.name == "grad" and each.inputs[0].tensor == leaf for each in history.events[place + 1 :])
        if not used and len(reads) <= own and later:
            yield seen("cleared_before_read", event, filled)
        else:
            yield seen("cleared_between", event, filled)


def cleared_leaf(history: History, event: Event) -> int | None:
    """Return the leaf whose gradient an event cleared or overwrote, or None."""
    if event.name == "grad=" and event.inputs:
        return event.inputs[0].tensor
    if event.name in CHANGING and event.inputs:
        return history.leaf_of.get(event.inputs[0].tensor)
    return None


def last_change(history: History, leaf: int, before: int) -> Event | None:
    """Return the last event before a place that filled, added to or cleared the gradient of a leaf."""
    return next(
        (
            each
            for each in reversed(history.events[:before])
            if leaf in (*each.filled, *each.added) or cleared_leaf(history, each) == leaf
        ),
        None,
    )


@dataclass(frozen=True)
class Kept:
    """A gradient that got a name: the place where it was read."""

    place: int
    gradient: int
    leaf: int


def kept_gradients(history: History) -> Iterator[ObservationFacts]:
    """`.grad` itself was kept and came out, and was changed or replaced in the meantime."""
    kept = [each for read in reads(history) if (each := kept_of(history, read))]
    for each in kept:
        change = change_after(history, each)
        if change is None:
            continue
        later = sum(other.gradient == each.gradient and other.place > change for other in kept)
        event, cause = history.events[each.place], history.events[change]
        if uses_after(history, each.gradient, change) > later:
            replaced = cause.name == "grad="
            yield seen("grad_replaced" if replaced else "name_for_grad", event, cause)


def reads(history: History) -> Iterator[Kept]:
    """Yield the places where a gradient was read."""
    for place, event in history.numbered("grad"):
        if event.outputs and event.inputs:
            yield Kept(place, event.made[0], event.inputs[0].tensor)


def is_used_at_once(history: History, read: Kept) -> bool:
    """Whether the next event takes the gradient that was read: then nothing kept it."""
    following = history.events[read.place + 1 : read.place + 2]
    return bool(following) and read.gradient in following[0].used


def kept_of(history: History, read: Kept) -> Kept | None:
    """Return what was kept of a gradient that was read: itself, or a view of it such as a flattened one."""
    if not is_used_at_once(history, read):
        return read
    event = history.events[read.place + 1]
    if event.name in VIEWS and event.made and history.storage(event.made[0]) == history.storage(read.gradient):
        return Kept(read.place + 1, event.made[0], read.leaf)
    return None


def change_after(history: History, read: Kept) -> int | None:
    """Return the place of the first event after a read that changed or replaced the gradient, or None."""
    for place in range(read.place + 1, len(history.events)):
        event = history.events[place]
        adds = read.leaf in event.added and "create_graph" not in event.options
        if adds or cleared_leaf(history, event) == read.leaf:
            return place
    return None


def uses_after(history: History, gradient: int, place: int) -> int:
    """Return how often a kept gradient came out, or was put together with others, after a place."""
    joined = [each for each in history.events[place + 1 :] if each.name in ("stack", "cat", "vstack", "hstack")]
    memory = history.storage(gradient)
    together = sum(history.storage(used) == memory for each in joined for used in each.used)
    return history.results.count(gradient) + together
