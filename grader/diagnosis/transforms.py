"""The tensors that a wrong result may turn out to be, made from the right one: transposed, reversed, its running sums.

Each function yields candidates; none knows what a student returned. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import torch

MATRIX = 2
Transform = Callable[[torch.Tensor], Iterator[torch.Tensor]]


def zeros(right: torch.Tensor) -> Iterator[torch.Tensor]:
    """Yield nothing but zeros."""
    yield torch.zeros_like(right)


def negated(right: torch.Tensor) -> Iterator[torch.Tensor]:
    """Yield the negative."""
    yield -right


def transposed(right: torch.Tensor) -> Iterator[torch.Tensor]:
    """Yield the transpose of a matrix, or the last two dimensions of a batch swapped."""
    if right.dim() >= MATRIX:
        yield right.transpose(-1, -2)


def reversed_order(right: torch.Tensor) -> Iterator[torch.Tensor]:
    """Yield the entries in reverse, along each dimension and along all."""
    for dimension in range(right.dim()):
        yield right.flip(dimension)
    if right.dim() >= MATRIX:
        yield right.flip(tuple(range(right.dim())))


def diagonal(right: torch.Tensor) -> Iterator[torch.Tensor]:
    """Yield the diagonal of a square matrix, as a vector and with zeros around it."""
    if right.dim() == MATRIX and right.shape[0] == right.shape[1]:
        yield right.diagonal()
        yield right.diagonal().diag()


def running_sums(right: torch.Tensor) -> Iterator[torch.Tensor]:
    """Yield the sums of all entries so far, along each dimension."""
    for dimension in range(right.dim()):
        yield right.cumsum(dimension)


def total(right: torch.Tensor) -> Iterator[torch.Tensor]:
    """Yield the sum of all entries, and the sums along each dimension."""
    yield right.sum()
    for dimension in range(right.dim() if right.dim() >= MATRIX else 0):
        yield right.sum(dimension)


TRANSFORMS: Mapping[str, Transform] = MappingProxyType(
    {
        "zeros": zeros,
        "negated": negated,
        "transposed": transposed,
        "reversed": reversed_order,
        "diagonal_alone": diagonal,
        "running_sums": running_sums,
        "summed_up": total,
    }
)
"""By the key of the sentence that tells the relation, the most telling first."""
