"""How typed answers may be spelled: numbers with their margin, shapes, and lines of print.

For systems that compare texts: every spelling is listed, or put into one pattern. What is right is the marking's rule
(`grader.quiz.kinds`); a list holds what people type, a pattern all of it but letters and digits of full width.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise
from math import isfinite
from typing import Any

from grader.bridges.keyboards import BLANK, BRACKETS, KEYBOARDS, WIDE, any_keyboard, any_of
from grader.config.course_config import Tolerance
from grader.quiz.idle_blanks import IDLE, is_word, pieces, single_blanks, without_idle_blanks
from grader.quiz.plain import close, entries, number_text, shape_of

MOST_DECIMALS = 6
TIMES = "\u00d7"
BETWEEN_SIZES = f"({any_of(f',xX*{TIMES}')}|{BLANK})+"
COMMA = chr(WIDE[ord(",")])
AFTER_COMMA = re.compile("(?<=,) ")
IDLE_ELSEWHERE = re.compile(f"(?<!,)(?:{IDLE.pattern})")


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
    """Return how a number is written with up to some decimals, within its tolerance; `nan` and `inf` in any case."""
    if not isfinite(value):
        return no_number_spellings(decimal(value))
    written = [decimal(value), *(f"{value:.{places}f}" for places in range(MOST_DECIMALS + 1))]
    return unique(each for each in written if close(float(each), value, tolerance))


def no_number_spellings(word: str) -> tuple[str, ...]:
    """Return how `nan`, `inf` and `-inf` are written."""
    name = word.removeprefix("-")
    signs = ("-", "\u2212", chr(WIDE[ord("-")])) if word != name else ("", "+") if name == "inf" else ("",)
    cases = (name, "NaN" if name == "nan" else "Inf", name.upper(), name.title())
    return unique(each + case for each in signs for case in cases)


def number_pattern(value: float) -> str:
    """Return a pattern of XML Schema for a number as it is, or for `nan` and `inf` in any case."""
    word = decimal(value)
    if isfinite(value):
        return line_pattern(word)
    sign = any_of("-") if word.startswith("-") else any_of("+" if word == "inf" else "+-") + "?"
    letters = "".join(any_of(each + each.upper()) for each in word.removeprefix("-"))
    return f"{BLANK}*{sign}{letters}{BLANK}*"


def shape_spellings(shape: Sequence[int]) -> tuple[str, ...]:
    """Return how a shape is written, Python's own way first."""
    if not shape:
        return unique([*BRACKETS, "( )", "[ ]", "torch.Size([])"])
    sizes = list(map(str, shape))
    listed = [mark.join(sizes) for mark in (", ", ",", COMMA)]
    ended = [f"{each}{mark}" for each, mark in zip(listed, (",", ",", COMMA), strict=True)]
    within = [f"{pair[0]}{each}{pair[1]}" for each in (*listed, *ended) for pair in BRACKETS]
    padded = [f"{pair[0]} {each} {pair[1]}" for each in listed for pair in ("()", "[]")]
    return unique([*usual_shape_spellings(shape), *within, *padded, listed[-1], f" {TIMES} ".join(sizes)])


def usual_shape_spellings(shape: Sequence[int]) -> tuple[str, ...]:
    """Return the most usual ways to write a shape: enough to know a wrong answer by."""
    if not shape:
        return ("()", "[]", "torch.Size([])")
    wide, narrow, *crossed = (mark.join(map(str, shape)) for mark in (", ", ",", "x", " x ", TIMES))
    called = (f"torch.Size([{wide}])", f"torch.Size([{narrow}])")
    return unique([str(tuple(shape)), f"({narrow})", f"[{wide}]", f"[{narrow}]", *called, wide, narrow, *crossed])


def shape_pattern(shape: Sequence[int]) -> str:
    """Return a pattern of XML Schema for every way to write a shape."""
    call = rf"{BLANK}*((torch\.)?(Size|tensor){any_of('(')})?{BLANK}*"
    begin, end = any_of("(["), any_of(")]")
    if not shape:
        return f"{call}{begin}{BLANK}*{end}{any_of(')')}?{BLANK}*"
    sizes = BETWEEN_SIZES.join(map(str, shape))
    return f"{call}{begin}?{BLANK}*{sizes}({BETWEEN_SIZES})?{end}?{BLANK}*{any_of(')')}?{BLANK}*"


def printed_lines(text: str) -> tuple[str, ...]:
    """Return the lines of print that count, without blanks around them."""
    return tuple(each.strip() for each in text.splitlines() if each.strip())


def line_spellings(line: str) -> tuple[str, ...]:
    """Return how a line of print is typed: with its idle blanks or without, and with signs of Chinese keyboards."""
    printed, bare = single_blanks(line), without_idle_blanks(line)
    tight = AFTER_COMMA.sub("", printed)
    chinese = (each.translate(signs) for signs in KEYBOARDS for each in (tight, bare))
    return unique([printed, bare, IDLE_ELSEWHERE.sub("", printed), *chinese])


def usual_line_spellings(line: str) -> tuple[str, ...]:
    """Return a line of print as it is, and without its idle blanks: enough to know a wrong answer by."""
    return unique([single_blanks(line), without_idle_blanks(line)])


def line_pattern(line: str) -> str:
    """Return a pattern of XML Schema for a line with any blanks that are idle, and signs of any keyboard."""
    found = pieces(line)
    pattern = any_keyboard(found[0]) if found else ""
    for before, after in pairwise(found):
        apart = "+" if is_word(before) and is_word(after) else "*"
        pattern += f"{BLANK}{apart}{any_keyboard(after)}"
    return f"{BLANK}*{pattern}{BLANK}*"


def case_matters(printed: Iterable[str]) -> bool:
    """Whether some texts that are printed are told apart by capital letters alone."""
    told = {without_idle_blanks(each) for each in printed}
    return len({each.casefold() for each in told}) < len(told)


def unique(texts: Iterable[str]) -> tuple[str, ...]:
    """Return texts without repetitions, in order."""
    return tuple(dict.fromkeys(texts))
