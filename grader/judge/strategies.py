"""Hypothesis strategies for probes: small exact numbers, tensors, and maps that are neither square nor symmetric.

What is drawn at first shrinks to what is easy to read: distinct small whole numbers, no zero where another number would
do, and no term that the failure does not need.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Any

import torch
from hypothesis import strategies as st

from grader.protocol.snippet import Snippet

QUARTERS = 4
COEFFICIENTS = (1, 2, 3, 4, 5, -1, -2, -3, -4)


@cache
def entries(minimum: float = -3.0, maximum: float = 3.0) -> st.SearchStrategy[float]:
    """Multiples of 1/4 in [minimum, maximum]: exact in every float dtype, and short to read."""
    zero = (0.0,) if minimum <= 0 <= maximum else ()
    return pick((*quarters(minimum, maximum), *zero))


@cache
def quarters(minimum: float = -3.0, maximum: float = 3.0) -> tuple[float, ...]:
    """Multiples of 1/4 in [minimum, maximum] without 0, the easiest to read first: whole, then halves."""
    counts = range(math.ceil(minimum * QUARTERS), math.floor(maximum * QUARTERS) + 1)
    return tuple(sorted((count / QUARTERS for count in counts if count), key=effort_to_read))


def effort_to_read(number: float) -> tuple[int, bool, float]:
    """Return what numbers are sorted by: the denominator, then negative ones last, then the size."""
    return number.as_integer_ratio()[1], number < 0, abs(number)


def tensors(
    shape: Sequence[int],
    *,
    elements: st.SearchStrategy[float] | Sequence[float] | None = None,
    dtype: torch.dtype = torch.float64,
    start: int = 0,
) -> st.SearchStrategy[torch.Tensor]:
    """Dense tensors of the given shape and dtype, by default of quarters other than zero.

    Of `elements` given as numbers, the simplest tensor holds one after the other, beginning at number `start`, so that
    a small counterexample has distinct entries.
    """
    size = math.prod(shape)
    if isinstance(elements, st.SearchStrategy):
        each = [elements] * size
    else:
        each = [pick(tuple(elements or quarters()), start + place) for place in range(size)]
    return st.tuples(*each).map(lambda numbers: torch.tensor(numbers, dtype=dtype).reshape(tuple(shape)))


@cache
def pick(numbers: tuple[Any, ...], first: int = 0) -> st.SearchStrategy[Any]:
    """Draw one of several values; the simplest is the one at place `first`, counted round."""
    cut = first % len(numbers)
    return st.sampled_from(numbers[cut:] + numbers[:cut])


def vector_maps(inputs: int, outputs: int) -> st.SearchStrategy[Snippet]:
    """Maps R^inputs -> R^outputs on 1-D tensors: linear, square and product terms with unlike coefficients."""
    rows = st.tuples(*(rows_of_a_map(inputs, place) for place in range(outputs)))
    return rows.map(lambda texts: Snippet(f"lambda x: torch.stack([{', '.join(texts)}])"))


TERMS = ((1,), (2,), (0, 1), (0, 2), (1, 2), *((0, 1, 2),) * 15)
"""The terms that an output may have; three of four have all, and a small counterexample only those that it needs."""


@cache
def rows_of_a_map(inputs: int, place: int = 0) -> st.SearchStrategy[str]:
    """The output at a place, as source text; the simplest ones of different places are different."""
    index = pick(tuple(range(inputs)), place)
    coefficient = pick(COEFFICIENTS, place)
    return st.tuples(
        st.sampled_from(TERMS), st.tuples(index, index, index), st.tuples(coefficient, coefficient, coefficient)
    ).map(lambda drawn: row_of_a_map(*drawn, inputs=inputs))


def row_of_a_map(
    terms: Sequence[int], indices: tuple[int, int, int], coefficients: tuple[int, int, int], *, inputs: int
) -> str:
    """Return the source text of one output: some of a linear, a square and a product term (a cube of one input)."""
    first, second, third = indices
    other = third if third != first else (first + 1) % inputs
    low, high = sorted((first, other))
    product = f"x[{low}] * x[{high}]" if low != high else f"x[{low}] ** 3"
    powers = (f"x[{first}]", f"x[{second}] ** 2", product)
    return sum_of([(coefficients[term], powers[term]) for term in terms])


def sum_of(terms: Sequence[tuple[float, str]]) -> str:
    """Return terms with their coefficients as a person writes them: `2 * x[0] - x[1] ** 2`."""
    signs = ["-" if coefficient < 0 else "+" for coefficient, _ in terms]
    sizes = [text if abs(coefficient) == 1 else f"{abs(coefficient):g} * {text}" for coefficient, text in terms]
    joined = " ".join(f"{sign} {size}" for sign, size in zip(signs, sizes, strict=True))
    return joined[2:] if signs[0] == "+" else f"-{joined[2:]}"


@cache
def nonzero(first: int = 0) -> st.SearchStrategy[int]:
    """Whole numbers from -4 to 5 without 0; the simplest is the one at place `first`, counted round: 1, 2, 3, …."""
    return pick(COEFFICIENTS, first)
