"""Hypothesis strategies for probes: small exact numbers, tensors, and maps that are neither square nor symmetric."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from hypothesis import strategies as st

from grader.protocol.snippet import Snippet

QUARTERS = 4


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
    size = math.prod(shape)
    values = st.lists(entries() if elements is None else elements, min_size=size, max_size=size)
    return values.map(lambda numbers: torch.tensor(numbers, dtype=dtype).reshape(tuple(shape)))


@st.composite
def vector_maps(draw: st.DrawFn, inputs: int, outputs: int) -> Snippet:
    """Maps R^inputs -> R^outputs on 1-D tensors: linear, square and product terms with unlike coefficients."""
    rows = [draw(rows_of_a_map(inputs)) for _ in range(outputs)]
    return Snippet(f"lambda x: torch.stack([{', '.join(rows)}])")


@st.composite
def rows_of_a_map(draw: st.DrawFn, inputs: int) -> str:
    """One output as source text."""
    first, second, third = (draw(st.integers(0, inputs - 1)) for _ in range(3))
    a, b, c = (draw(nonzero()) for _ in range(3))
    return f"{a} * x[{first}] + {b} * x[{second}] ** 2 + {c} * x[{first}] * x[{third}]"


def nonzero() -> st.SearchStrategy[int]:
    """Whole numbers from -4 to 5 without 0."""
    return st.integers(1, 9).map(lambda count: count if count <= 5 else 5 - count)  # noqa: PLR2004 - 1..5, then -1..-4
