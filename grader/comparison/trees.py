"""Returned and expected values as trees of tensors, and the parts in which two of them differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import torch

from grader.comparison.compare import distances, tolerance_for
from grader.config.course_config import Tolerances
from grader.protocol.values import TensorRecord

Tree = Any
"""A value with its numbers as tensors and its lists as tuples."""
Same = Callable[[Tree, Tree], bool]


@dataclass(frozen=True)
class Wrong:
    """A part of a result that is not what was expected."""

    path: str
    got: Tree
    expected: Tree


def tree(value: Any) -> Tree:
    """Return a value as a tree; what is neither number nor sequence stays as it is."""
    match value:
        case TensorRecord():
            return value.tensor()
        case torch.Tensor():
            return value.detach()
        case bool():
            return value
        case int() | float() | complex():
            return torch.tensor(value, dtype=torch.float64 if isinstance(value, float) else None)
        case list() | tuple():
            return tuple(map(tree, value))
    return value


def are_same(one: Tree, other: Tree, tolerances: Tolerances) -> bool:
    """Whether two trees have the same structure, shapes and values."""
    match one, other:
        case tuple(), tuple():
            return len(one) == len(other) and all(are_same(*each, tolerances) for each in zip(one, other, strict=True))
        case torch.Tensor(), torch.Tensor():
            tolerance = tolerance_for(one.dtype, other.dtype, tolerances)
            return one.shape == other.shape and not bool(distances(one, other, tolerance)[1].any())
    return type(one) is type(other) and bool(one == other)


def sameness(tolerances: Tolerances) -> Same:
    """Return the question whether two trees are the same."""

    def same(one: Tree, other: Tree) -> bool:
        return are_same(one, other, tolerances)

    return same


def wrong_parts(whole: Wrong, same: Same) -> Iterator[Wrong]:
    """Yield the smallest parts of a wrong result that are wrong themselves."""
    if same(whole.got, whole.expected):
        return
    match whole.got, whole.expected:
        case tuple(), tuple() if len(whole.got) == len(whole.expected):
            for index, (got, expected) in enumerate(zip(whole.got, whole.expected, strict=True)):
                yield from wrong_parts(Wrong(f"{whole.path}[{index}]", got, expected), same)
        case _:
            yield whole
