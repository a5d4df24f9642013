"""Plain values: what keys and answers are made of once no tensor is left in them, and when two of them agree."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import torch

from grader.config.course_config import Tolerance

DECIMALS = 4
LARGEST = 1e5
SLACK = 1e-6


def plain(value: Any) -> Any:
    """Return a value with tensors as nested lists of numbers, and tuples as lists."""
    if isinstance(value, torch.Tensor):
        return value.detach().tolist()
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return value


def is_number(value: Any) -> bool:
    """Whether a value is an int or a float; a bool is neither."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def shape_of(value: Any) -> tuple[int, ...] | None:
    """Return the shape of nested lists of numbers, or None for anything else or ragged lists."""
    if is_number(value):
        return ()
    if not isinstance(value, list):
        return None
    shapes = {shape_of(each) for each in value}
    if len(shapes) > 1 or None in shapes:
        return None
    return (len(value), *(shapes.pop() or ())) if shapes else (0,)


def entries(value: Any) -> Iterator[float]:
    """Yield the numbers in nested lists, row by row."""
    if isinstance(value, list):
        for each in value:
            yield from entries(each)
    else:
        yield float(value)


def close(got: float, expected: float, tolerance: Tolerance, times: float = 1) -> bool:
    """Whether a number is within `times` the tolerance; NaN agrees with NaN, since a key may be NaN."""
    if math.isnan(got) or math.isnan(expected):
        return math.isnan(got) and math.isnan(expected)
    if math.isinf(got) or math.isinf(expected):
        return got == expected
    return abs(got - expected) <= times * (tolerance.absolute + tolerance.relative * abs(expected))


def all_close(got: Any, expected: Any, tolerance: Tolerance, times: float = 1) -> bool:
    """Whether two nested lists have the same shape and agree entry by entry."""
    if shape_of(got) is None or shape_of(got) != shape_of(expected):
        return False
    return all(close(one, other, tolerance, times) for one, other in zip(entries(got), entries(expected), strict=True))


def is_ugly(value: Any) -> bool:
    """Whether some number is too long to be asked for: more than four decimals, or huge, or none at all."""
    return any(
        not math.isfinite(each) or abs(each) >= LARGEST or abs(each - round(each, DECIMALS)) > SLACK * max(1, abs(each))
        for each in entries(value)
    )


def number_text(value: float) -> str:
    """Return a number as a student would type it."""
    return f"{value:.6g}"


def nested_text(value: Any) -> str:
    """Return nested lists of numbers as a student would type them."""
    if isinstance(value, list):
        return f"[{', '.join(nested_text(each) for each in value)}]"
    return number_text(value)
