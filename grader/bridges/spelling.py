"""How typed answers may be spelled: numbers with their margin, shapes, and lines of print.

For systems that compare texts: every spelling is listed, or put into one pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from math import isfinite
from typing import Any

from grader.config.course_config import Tolerance
from grader.quiz.plain import close, entries, number_text, shape_of

MOST_DECIMALS = 6
BLANKS = r"\s*"
TIMES = "\u00d7"
SIZES_BETWEEN = rf"\s*[,x{TIMES}]\s*"
TOKEN = re.compile(r"\w+|\S")
SPECIAL = re.compile(r"[.\\?*+|^$(){}\[\]-]")


def decimal(value: float) -> str:
    """Return a number without an exponent; `nan` and `inf` as they are."""
    return format(Decimal(number_text(value)), "f") if isfinite(value) else number_text(value)


def margin(value: float, tolerance: Tolerance) -> str:
    """Return how far from a number an answer may be, without an exponent."""
    return decimal(tolerance.absolute + tolerance.relative * abs(value))


def rows(value: Any) -> tuple[tuple[float, ...], ...]:
    """Return nested lists of numbers as rows of a table, the last dimension lying across."""
    flat = tuple(entries(value))
    width = (shape_of(value) or (1,))[-1]
    return tuple(flat[start : start + width] for start in range(0, len(flat), width))


def places(value: Any) -> tuple[str, ...]:
    """Return the index of each entry, such as `[0][1]`, in the order of `rows`."""
    shape = shape_of(value) or ()
    found = [""]
    for size in shape:
        found = [f"{before}[{index}]" for before in found for index in range(size)]
    return tuple(found)


def number_spellings(value: float, tolerance: Tolerance) -> tuple[str, ...]:
    """Return how a number is written with up to some decimals, within its tolerance."""
    if not isfinite(value):
        return (decimal(value),)
    written = [decimal(value), *(f"{value:.{places}f}" for places in range(MOST_DECIMALS + 1))]
    return unique(each for each in written if close(float(each), value, tolerance))


def shape_spellings(shape: Sequence[int]) -> tuple[str, ...]:
    """Return how a shape is written, Python's own way first."""
    wide, narrow = (mark.join(map(str, shape)) for mark in (", ", ","))
    inside = unique([wide, narrow, f"{narrow}," if len(shape) == 1 else wide])
    within = [f"{begin}{each}{end}" for each in inside for begin, end in ("()", "[]")]
    crossed = [wide, narrow, *(mark.join(map(str, shape)) for mark in ("x", " x ", TIMES))] if shape else []
    return unique([str(tuple(shape)), *within, f"torch.Size([{wide}])", f"torch.Size([{narrow}])", *crossed])


def shape_pattern(shape: Sequence[int]) -> str:
    """Return a pattern of XML Schema for every way to write a shape."""
    sizes = SIZES_BETWEEN.join(map(str, shape))
    if not shape:
        return r"\s*(torch\.Size\()?(\(\s*\)|\[\s*\])\)?\s*"
    return rf"\s*(torch\.Size\()?[\(\[]?\s*{sizes}\s*,?\s*[\)\]]?\)?\s*"


def printed_lines(text: str) -> tuple[str, ...]:
    """Return the lines of print that count, without blanks around them."""
    return tuple(each.strip() for each in text.splitlines() if each.strip())


def line_spellings(line: str) -> tuple[str, ...]:
    """Return a line of print as it is, and without blanks."""
    return unique([line, "".join(line.split())])


def line_pattern(line: str) -> str:
    """Return a pattern of XML Schema for a line with blanks anywhere between its words."""
    tokens = (SPECIAL.sub(lambda found: "\\" + found[0], each) for each in TOKEN.findall(line))
    return f"{BLANKS}{BLANKS.join(tokens)}{BLANKS}"


def unique(texts: Iterable[str]) -> tuple[str, ...]:
    """Return texts without repetitions, in order."""
    return tuple(dict.fromkeys(texts))
