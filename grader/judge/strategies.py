"""Hypothesis strategies for probes: small exact numbers, tensors, and maps that are neither square nor symmetric."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

import torch
from hypothesis import strategies as st

from grader.protocol.snippet import Snippet

QUARTERS = 4


@cache
def entries(minimum: float = -3.0, maximum: float = 3.0) -> st.SearchStrategy[float]:
    """Multiples of 1/4 in [minimum, maximum]: exact in every float dtype, and short to read."""
    return st.integers(int(minimum * QUARTERS), int(maximum * QUARTERS)).map(lambda count: count / QUARTERS)


def tensors(
    shape: Sequence[int],
    *,
    elements: st.SearchStrategy[float] | None = None,
    dtype: torch.dtype = torch.float64,
) -> st.SearchStrategy[torch.Tensor]:
    """Dense tensors of the given shape and dtype."""
    entry = entries() if elements is None else elements
    return st.tuples(*[entry] * math.prod(shape)).map(
        lambda numbers: torch.tensor(numbers, dtype=dtype).reshape(tuple(shape))
    )


def vector_maps(inputs: int, outputs: int) -> st.SearchStrategy[Snippet]:
    """Maps R^inputs -> R^outputs on 1-D tensors: linear, square and product terms with unlike coefficients."""
    rows = st.tuples(*[rows_of_a_map(inputs)] * outputs)
    return rows.map(lambda texts: Snippet(f"lambda x: torch.stack([{', '.join(texts)}])"))


@cache
def rows_of_a_map(inputs: int) -> st.SearchStrategy[str]:
    """One output as source text."""
    index, coefficient = st.integers(0, inputs - 1), nonzero()
    return st.tuples(index, index, index, coefficient, coefficient, coefficient).map(row_of_a_map)


def row_of_a_map(drawn: tuple[int, int, int, int, int, int]) -> str:
    """Return the source text of one output."""
    first, second, third, a, b, c = drawn
    return f"{a} * x[{first}] + {b} * x[{second}] ** 2 + {c} * x[{first}] * x[{third}]"


@cache
def nonzero() -> st.SearchStrategy[int]:
    """Whole numbers from -4 to 5 without 0."""
    return st.integers(1, 9).map(lambda count: count if count <= 5 else 5 - count)  # noqa: PLR2004 - 1..5, then -1..-4
