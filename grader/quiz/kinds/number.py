"""Questions answered by numbers: one, a tensor of them, or a shape."""

from __future__ import annotations

import re
from typing import Any

from grader.catalogue.question import Question, WrongAnswer
from grader.config.course_config import Tolerance
from grader.quiz.kinds.kind import Kind, signs_in, unreadable
from grader.quiz.plain import (
    all_close,
    close,
    entries,
    is_number,
    is_ugly,
    nested_text,
    plain,
    shape_of,
)
from grader.quiz.run import Ran, RunError
from grader.quiz.variant import Variant

MOST_ENTRIES = 64
DEEPEST = 4
NUMBER = re.compile(
    r"[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?(?:\s*/\s*\d+(?:\.\d*)?)?|nan|inf)(?![\w.+-])", re.IGNORECASE
)
"""A number or a fraction; no other may follow it without something between them."""
TENSOR_CALL = re.compile(r"^(?:torch\.)?(?:tensor|Size)\((.*)\)$", re.DOTALL)
SIZE = re.compile(r"\d{1,6}", re.ASCII)
BETWEEN_SIZES = re.compile(r"[\s,xX\u00d7*]+")


class TensorKind(Kind):
    """A tensor, entry by entry; one number is a tensor of shape ()."""

    def key(self, question: Question, ran: Ran) -> Any:
        """Return the key's numbers."""
        return self.checked(plain(ran.value(question.answer.key or "")))

    def mistake(self, wrong: WrongAnswer, ran: Ran, _key: Any) -> Any:
        """Return the misconception's numbers."""
        return self.checked(plain(ran.value(wrong.answer or "")))

    def checked(self, value: Any) -> Any:
        """Return a computed value; RunError when it is no tensor of few numbers."""
        shape = shape_of(value)
        if shape is None or not 0 < sum(1 for _ in entries(value)) <= MOST_ENTRIES:
            raise RunError(f"this must be a tensor of 1 to {MOST_ENTRIES} numbers, not {value!r}")
        return value

    def same(self, one: Any, other: Any, tolerance: Tolerance) -> bool:
        """Whether all entries are so close that an answer could be near both."""
        return all_close(one, other, tolerance, times=2)

    def is_ugly(self, key: Any) -> bool:
        """Whether an entry is too unhandy."""
        return is_ugly(key)

    def read(self, raw: Any, variant: Variant) -> Any:
        """Return the numbers of a list, or of a text that writes one, in the key's shape or in that of a mistake."""
        value = raw if isinstance(raw, list) else parsed(signs_in(raw))
        value = numbers_of(value, DEEPEST)
        wanted, got = shape_of(variant.key), shape_of(value)
        if got != wanted and sum(1 for _ in entries(value)) == 1 and wanted in {(), (1,)}:
            return next(entries(value)) if wanted == () else [next(entries(value))]
        if got in {wanted, *(shape_of(each.value) for each in variant.mistakes)}:
            return value
        if wanted == ():
            raise unreadable("not_one_number")
        raise unreadable("wrong_shape", wanted=f"{wanted}", got=f"{got}" if got is not None else "?")

    def share(self, answer: Any, variant: Variant) -> float:
        """Return the share of entries that are right; none is in another shape."""
        if shape_of(answer) != shape_of(variant.key):
            return 0.0
        pairs = list(zip(entries(answer), entries(variant.key), strict=True))
        return sum(close(got, wanted, variant.tolerance) for got, wanted in pairs) / len(pairs)

    def shows(self, mistake: Any, answer: Any, variant: Variant) -> bool:
        """Whether every entry is the misconception's."""
        return all_close(answer, mistake, variant.tolerance)

    def typed(self, value: Any, _variant: Variant) -> Any:
        """Return the nested lists as text."""
        return nested_text(value)


class Numeric(TensorKind):
    """One number."""

    def checked(self, value: Any) -> Any:
        """Return one number, even out of a tensor of one entry."""
        while isinstance(value, list) and len(value) == 1:
            value = value[0]
        if not is_number(value):
            raise RunError(f"this must be one number, not {value!r}")
        return float(value)


class ShapeKind(TensorKind):
    """The shape of a tensor; all or nothing."""

    def checked(self, value: Any) -> Any:
        """Return a shape as a list of ints."""
        if not isinstance(value, list) or not all(type(each) is int for each in value):
            raise RunError(f"this must be a shape, a tuple of ints, not {value!r}")
        return value

    def same(self, one: Any, other: Any, _tolerance: Tolerance) -> bool:
        """Whether two shapes are equal."""
        return bool(one == other)

    def is_ugly(self, _key: Any) -> bool:
        """Never."""
        return False

    def read(self, raw: Any, _variant: Variant) -> Any:
        """Return the sizes of a list, or of a text such as `(3, 2)`, `3x2` or `()`."""
        return sizes_in(raw) if isinstance(raw, list) else sizes_in(sizes_of(signs_in(raw)))

    def share(self, answer: Any, variant: Variant) -> float:
        """Return 1 for the same shape, else 0."""
        return float(answer == variant.key)

    def shows(self, mistake: Any, answer: Any, _variant: Variant) -> bool:
        """Whether it is the misconception's shape."""
        return bool(answer == mistake)

    def typed(self, value: Any, _variant: Variant) -> Any:
        """Return the shape as Python shows it."""
        return str(tuple(value))


def sizes_of(text: str) -> list[str]:
    """Return the sizes that a text writes, still as text; UnreadableError for one that holds none and is no `()`."""
    found = TENSOR_CALL.match(text)
    text = found.group(1).strip() if found else text
    inner = text[1:-1].strip() if text[:1] + text[-1:] in {"()", "[]"} else text
    sizes = [size for size in BETWEEN_SIZES.split(inner) if size]
    if inner and not sizes:
        raise unreadable("not_a_shape")
    return sizes


def sizes_in(sizes: list[Any]) -> list[int]:
    """Return sizes as ints; UnreadableError for what is no size, or too many of them."""
    texts = [signs_in(each) for each in sizes[: MOST_ENTRIES + 1]]
    if len(texts) > MOST_ENTRIES or not all(SIZE.fullmatch(each) for each in texts):
        raise unreadable("not_a_shape")
    return [int(each) for each in texts]


def parsed(text: str) -> Any:
    """Return the nested lists that a text writes, every number still as text; UnreadableError for anything else.

    Brackets may be left out around a single row, and `tensor(...)` may stand around it all.
    """
    found = TENSOR_CALL.match(text)
    text = found.group(1).strip() if found else text
    rows: list[Any] = []
    stack = [rows]
    position = 0
    while position < len(text):
        mark = text[position]
        if mark in "[(" and len(stack) <= DEEPEST:
            stack[-1].append([])
            stack.append(stack[-1][-1])
        elif mark in "])" and len(stack) > 1:
            stack.pop()
        elif number := NUMBER.match(text, position):
            stack[-1].append(number.group())
            position = number.end()
            continue
        elif not (mark.isspace() or mark in ",;"):
            raise unreadable("not_numbers")
        position += 1
    if len(stack) > 1 or not rows:
        raise unreadable("not_numbers")
    return rows[0] if len(rows) == 1 else rows


def numbers_of(value: Any, depth: int) -> Any:
    """Return nested lists with every entry a float; UnreadableError for what is no number or too deep or long."""
    if isinstance(value, list):
        if depth == 0 or len(value) > MOST_ENTRIES:
            raise unreadable("not_numbers")
        return [numbers_of(each, depth - 1) for each in value]
    if is_number(value):
        try:
            return float(value)
        except OverflowError:
            raise unreadable("not_numbers") from None
    if not isinstance(value, str) or not NUMBER.fullmatch(text := signs_in(value)):
        raise unreadable("not_numbers")
    above, _, below = text.partition("/")
    try:
        return float(above) / float(below) if below else float(above)
    except (ZeroDivisionError, OverflowError, ValueError):
        raise unreadable("not_numbers") from None
