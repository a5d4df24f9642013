"""The events of a recording in their order, and which made what of what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final

from grader.protocol.operations import DIFFERENTIATING, IN_PLACE, MADE
from grader.protocol.recording import Event, Recording
from grader.results.facts import ObservationFacts

COPYING: Final = frozenset(
    ("clone", "copy", "detach", "detach_", "data", "tensor", "as_tensor", "new_tensor", "to", "float", "double", *MADE)
)
"""What gives the very numbers that it was given, or fresh ones: computes nothing."""
CHANGING: Final = frozenset((*IN_PLACE, "zero_", "other_", "data="))


@dataclass(frozen=True)
class History:
    """A recording, read backwards and forwards."""

    recording: Recording

    @property
    def events(self) -> tuple[Event, ...]:
        """The events in order."""
        return self.recording.events

    @cached_property
    def arguments(self) -> frozenset[int]:
        """The numbers of the tensors that the caller gave."""
        return frozenset(chain.from_iterable(self.recording.arguments))

    @cached_property
    def results(self) -> tuple[int, ...]:
        """The numbers of the tensors that were returned."""
        return tuple(use.tensor for use in self.recording.results)

    @cached_property
    def leaf_of(self) -> dict[int, int]:
        """The leaf of each tensor that was read as a `.grad`."""
        reads = (each for each in self.events if each.name == "grad" and each.outputs and each.inputs)
        return {each.made[0]: each.inputs[0].tensor for each in reads}

    def storage(self, tensor: int) -> int:
        """Return the number of the memory of a tensor."""
        return self.recording.tensors[tensor].storage

    def size(self, tensor: int) -> int:
        """Return how many numbers a tensor holds."""
        size = 1
        for length in self.recording.tensors[tensor].shape:
            size *= length
        return size

    def numbered(self, *names: str) -> Iterator[tuple[int, Event]]:
        """Yield the events of some names with their places in the order."""
        return ((index, each) for index, each in enumerate(self.events) if each.name in names)

    def differentiating(self) -> Iterator[tuple[int, Event]]:
        """Yield the calls of backward and autograd.grad with their places in the order."""
        return self.numbered(*DIFFERENTIATING)

    def maker(self, tensor: int, before: int) -> int | None:
        """Return the place of the event that gave a tensor for the first time, or None for one that none gave."""
        return next(
            (i for i, each in enumerate(self.events[:before]) if tensor in each.made and tensor not in each.used), None
        )

    def ancestors(self, tensor: int, before: int) -> frozenset[int]:
        """Return the numbers of all tensors that a tensor was made of, itself among them."""
        found: set[int] = set()
        waiting = [tensor]
        while waiting:
            number = waiting.pop()
            if number in found:
                continue
            found.add(number)
            place = self.maker(number, before)
            waiting += [] if place is None else self.events[place].used
        return frozenset(found)

    def last(self, before: int, *names: str) -> Event | None:
        """Return the last event of some names before a place, or None."""
        return next((each for each in reversed(self.events[:before]) if each.name in names), None)

    def filled_by(self, leaf: int, before: int) -> Event | None:
        """Return the last backward before a place that gave a leaf a gradient, or None."""
        return next((each for each in reversed(self.events[:before]) if leaf in (*each.filled, *each.added)), None)


def seen(name: str, event: Event, cause: Event | None = None) -> ObservationFacts:
    """Return an observation at an event, and at the event that led to it."""
    return ObservationFacts(
        name=name,
        line=event.line,
        cell=event.cell,
        cause=cause.line if cause else 0,
        cause_cell=cause.cell if cause else 0,
    )
