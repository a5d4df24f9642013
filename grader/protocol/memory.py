"""Which tensors of a message overlap in memory: they do where they have an entry in common.

Compares addresses alone and reads nothing that lies there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Any, Final, Self

import numpy as np
import torch

MOST_WORK: Any = 100_000  # numpy declares fewer numbers than it takes
"""What numpy may try to find a common entry; past that two tensors are held to have one."""
MOST_TOGETHER: Final = 1_000
"""So many pieces that lie across one another are told apart; further ones are held to overlap the first."""


@dataclass(frozen=True)
class Entries:
    """The places of a tensor's entries."""

    first: int
    past: int
    """The address after the last entry."""
    places: Any
    """An array of numpy at these addresses, which nobody reads."""

    @classmethod
    def of(cls, tensor: torch.Tensor) -> Self:
        """Return the places of the entries of a tensor that has some."""
        size = tensor.element_size()
        strides = tuple(stride * size for stride in tensor.stride())
        first = tensor.data_ptr()
        last = first + sum((length - 1) * stride for length, stride in zip(tensor.shape, strides, strict=True))
        return cls(first, last + size, np.asarray(Interface(first, tuple(tensor.shape), strides, size)))

    def overlap(self, other: Entries) -> bool:
        """Whether two tensors have a byte in common."""
        if self.first >= other.past or other.first >= self.past:
            return False
        try:
            return bool(np.shares_memory(self.places, other.places, max_work=MOST_WORK))
        except np.exceptions.TooHardError:
            return True


class Interface:
    """What numpy takes for an array at an address."""

    def __init__(self, address: int, shape: tuple[int, ...], strides: tuple[int, ...], size: int) -> None:
        self.__array_interface__ = {
            "version": 3,
            "data": (address, True),
            "shape": shape,
            "strides": strides,
            "typestr": f"|V{size}",
        }


@dataclass(frozen=True)
class Region:
    """A stretch of memory and the pieces in it, which lie across one another."""

    first: int
    past: int
    pieces: tuple[tuple[Entries, int], ...]


@dataclass
class Memory:
    """The pieces of memory of one message, with their numbers."""

    regions: list[Region] = field(default_factory=list)
    """In order; none reaches into the next."""
    count: int = 0

    def number(self, entries: Entries) -> int:
        """Return the number of the first piece that has an entry in common, else a new one."""
        start = bisect_right(self.regions, entries.first, key=lambda region: region.past)
        end = bisect_left(self.regions, entries.past, key=lambda region: region.first)
        pieces = tuple(piece for region in self.regions[start:end] for piece in region.pieces)
        if len(pieces) >= MOST_TOGETHER:
            return pieces[0][1]
        for piece, number in pieces:
            if piece.overlap(entries):
                return number
        across = self.regions[start:end]
        first = min(entries.first, *(region.first for region in across)) if across else entries.first
        past = max(entries.past, *(region.past for region in across)) if across else entries.past
        self.regions[start:end] = [Region(first, past, (*pieces, (entries, self.count)))]
        self.count += 1
        return self.count - 1
