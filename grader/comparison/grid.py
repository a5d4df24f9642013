"""What was returned beside what was expected, entry by entry, for whoever compares with their eyes.

Owns which results are small enough to be shown so: vectors and matrices of at most a screen.
"""

from __future__ import annotations

import torch

from grader.comparison.compare import distances, tolerance_for
from grader.comparison.show import ALL_DIGITS, DIGITS, SINGLE_DIGITS, show_number
from grader.comparison.trees import Tree, Wrong, sameness, tree, wrong_parts
from grader.config.course_config import Tolerances
from grader.results.facts import GridFacts

MOST_ENTRIES = 48
MOST_COLUMNS = 8
MATRIX = 2
PRECISIONS = (DIGITS, SINGLE_DIGITS, ALL_DIGITS)


def grid(got: object, expected: object, tolerances: Tolerances) -> GridFacts | None:
    """Return the first wrong part of a result as a grid; None where nothing differs or no grid would show it."""
    whole = Wrong("", tree(got), tree(expected))
    wrong = next(wrong_parts(whole, sameness(tolerances)), None)
    if wrong is None or not (fits(wrong.got) and fits(wrong.expected)) or wrong.got.dim() == wrong.expected.dim() == 0:
        return None
    digits = digits_apart(wrong.got, wrong.expected)
    return GridFacts(
        path=wrong.path,
        got=rows(wrong.got, digits),
        expected=rows(wrong.expected, digits),
        wrong=marks(wrong, tolerances),
    )


def fits(value: Tree) -> bool:
    """Whether a value is a tensor of real numbers that a screen has room for."""
    if not isinstance(value, torch.Tensor) or value.is_complex() or value.dim() > MATRIX:
        return False
    return 0 < value.numel() <= MOST_ENTRIES and (value.dim() == 0 or value.shape[-1] <= MOST_COLUMNS)


def rows(value: torch.Tensor, digits: int) -> tuple[tuple[str, ...], ...]:
    """Return a tensor's entries as texts; a vector is one row."""
    table = value.reshape(-1, value.shape[-1] if value.dim() else 1)
    return tuple(tuple(show_number(each, digits) for each in row) for row in table.tolist())


def digits_apart(got: torch.Tensor, expected: torch.Tensor) -> int:
    """Return the digits that it takes to tell two tensors apart."""
    return next((digits for digits in PRECISIONS if rows(got, digits) != rows(expected, digits)), ALL_DIGITS)


def marks(wrong: Wrong, tolerances: Tolerances) -> tuple[tuple[bool, ...], ...]:
    """Return which entries are wrong; nothing where the shapes differ."""
    if wrong.got.shape != wrong.expected.shape:
        return ()
    bad = distances(wrong.got, wrong.expected, tolerance_for(wrong.got.dtype, wrong.expected.dtype, tolerances))[1]
    table = bad.reshape(-1, bad.shape[-1])
    return tuple(tuple(bool(each) for each in row) for row in table.tolist())
