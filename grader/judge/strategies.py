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
    drawn = st.tuples(index, index, index, coefficient, coefficient, coefficient)
    return drawn.map(lambda numbers: row_of_a_map(numbers, inputs))


def row_of_a_map(drawn: tuple[int, int, int, int, int, int], inputs: int) -> str:
    """Return the source text of one output: a linear, a square and a product term (a cube where there is one input)."""
    first, second, third, a, b, c = drawn
    other = third if third != first else (first + 1) % inputs
    product = f"x[{first}] * x[{other}]" if other != first else f"x[{first}] ** 3"
    return sum_of([(a, f"x[{first}]"), (b, f"x[{second}] ** 2"), (c, product)])


def sum_of(terms: Sequence[tuple[float, str]]) -> str:
    """Return terms with their coefficients as a person writes them: `2 * x[0] - x[1] ** 2`."""
    signs = ["-" if coefficient < 0 else "+" for coefficient, _ in terms]
    sizes = [text if abs(coefficient) == 1 else f"{abs(coefficient):g} * {text}" for coefficient, text in terms]
    joined = " ".join(f"{sign} {size}" for sign, size in zip(signs, sizes, strict=True))
    return joined[2:] if signs[0] == "+" else f"-{joined[2:]}"


@cache
def nonzero() -> st.SearchStrategy[int]:
    """Whole numbers from -4 to 5 without 0."""
    return st.integers(1, 9).map(lambda count: count if count <= 5 else 5 - count)  # noqa: PLR2004 - 1..5, then -1..-4
