"""Numbers for tensors and their memory, given out in the order in which they are first seen.

Holds weak references, which keep an address from coming back under another tensor, and no tensor or graph alive.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import torch

from grader.protocol.recording import MOST_DIMENSIONS, MOST_SIZE, MOST_TENSORS, MOST_USES, TensorSeen

DEEPEST = 3


@dataclass
class Numbering:
    """The numbers of tensors and of memory; weak references, so that no address comes back under the same number."""

    tensors: dict[int, int] = field(default_factory=dict)
    storages: dict[int, int] = field(default_factory=dict)
    seen: list[TensorSeen] = field(default_factory=list)
    objects: dict[int, weakref.ref[torch.Tensor]] = field(default_factory=dict)
    held: list[Any] = field(default_factory=list)

    def number(self, tensor: torch.Tensor) -> int:
        """Return the number of a tensor; OverflowError past the limit."""
        known = self.tensors.get(tensor._cdata)
        if known is not None:
            return known
        if len(self.seen) >= MOST_TENSORS:
            raise OverflowError
        self.held.append(torch._C._WeakTensorRef(tensor))  # type: ignore[attr-defined]
        shape = tuple(min(int(size), MOST_SIZE - 1) for size in tensor.shape[:MOST_DIMENSIONS])
        floating = tensor.dtype.is_floating_point or tensor.dtype.is_complex
        number = len(self.seen)
        self.seen.append(TensorSeen(shape, floating, self._storage(tensor, number)))
        self.tensors[tensor._cdata] = number
        self.objects[number] = weakref.ref(tensor)
        return number

    def _storage(self, tensor: torch.Tensor, number: int) -> int:
        """Return the number of the memory of a tensor: that of the first tensor that lay in it."""
        try:
            place: Any = tensor.untyped_storage()._weak_ref()
        except (RuntimeError, NotImplementedError):  # such as a tensor under vmap, which has none
            return number
        if place in self.storages:
            torch.UntypedStorage._free_weak_ref(place)  # type: ignore[no-untyped-call]
        return self.storages.setdefault(place, number)

    def leaves(self) -> Iterator[tuple[int, torch.Tensor]]:
        """Yield the known leaves that require grad and are alive, with their numbers."""
        for number, reference in self.objects.items():
            tensor = reference()
            if tensor is not None and tensor.requires_grad and tensor.grad_fn is None:
                yield number, tensor

    def release(self) -> None:
        """Let go of every weak reference."""
        for place in self.storages:
            torch.UntypedStorage._free_weak_ref(place)  # type: ignore[no-untyped-call]
        self.storages.clear()
        self.tensors.clear()
        self.held.clear()


def tensors_in(value: Any) -> list[torch.Tensor]:
    """Return the first tensors in a value, also of lists, tuples and dicts in it."""
    found: list[torch.Tensor] = []
    gather(value, found, 0)
    return found[:MOST_USES]


def gather(value: Any, found: list[torch.Tensor], depth: int) -> None:
    """Put the tensors in a value into a list."""
    if isinstance(value, torch.Tensor):
        found.append(value)
    elif depth <= DEEPEST and len(found) < MOST_USES:
        kind = type(value)
        if kind in (tuple, list) or (isinstance(value, tuple) and kind.__module__.startswith("torch")):
            for part in value[:MOST_USES]:
                gather(part, found, depth + 1)
        elif kind is dict:
            for part in list(value.values())[:MOST_USES]:
                gather(part, found, depth + 1)
