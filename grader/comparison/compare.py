"""Comparing what a student's function returned with what is expected: structure, shape, value; then dtype as a remark.

NaN equals nothing. Values are compared by the tolerance of the coarser of the two dtypes, after both are brought to
float64 (complex128). Pure: nothing here calls the student.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch

from grader.comparison.show import show, show_apart, show_number
from grader.config.course_config import DEFAULT_TOLERANCES, Tolerance, Tolerances
from grader.protocol.values import MAX_TEXT, Foreign, TensorRecord
from grader.wording.message import Message, message

EXACT = Tolerance(relative=0.0, absolute=0.0)
REASONS = {
    "too deep or too many parts": "nesting",
    "too many entries": "entries",
    "more than 64 bits": "integer",
    f"longer than {MAX_TEXT}": "text",
    "not a value that can be compared": "kind",
    "a subclass of torch.Tensor": "subclass",
    "not a dense tensor": "layout",
    "too large to be sent": "size",
}
"""The reasons for which a student process describes a value instead of sending it, by the sentence that tells each."""
COARSENESS = ("bfloat16", "float16", "float32", "float64")
HALF = ("bfloat16", "float16")
COMPONENT = {"complex64": "float32", "complex128": "float64"}


@dataclass(frozen=True)
class Comparison:
    """The first difference found, or None, and remarks that cost nothing."""

    difference: Message | None
    remarks: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Measure:
    """By what two values are held to be the same."""

    tolerances: Tolerances
    equal_nan: bool = False
    finds_worst: bool = True
    """Whether the worst of the entries that differ is looked for and told."""


def compare(
    got: Any, expected: Any, tolerances: Tolerances = DEFAULT_TOLERANCES, *, equal_nan: bool = False
) -> Comparison:
    """Compare a decoded value of a student with an expected value made of tensors and plain values."""
    findings = list(differences(got, expected, Measure(tolerances, equal_nan), path=""))
    remarks = tuple(finding for finding in findings if finding.key == "judge.other_dtype")
    hard = [finding for finding in findings if finding.key != "judge.other_dtype"]
    return Comparison(hard[0] if hard else None, remarks)


def is_same(got: Any, expected: Any, tolerances: Tolerances) -> bool:
    """Whether two values are equal within tolerance, of whatever dtype; unlike in a check, NaN is NaN."""
    measure = Measure(tolerances, equal_nan=True, finds_worst=False)
    return all(finding.key == "judge.other_dtype" for finding in differences(got, expected, measure, path=""))


def differences(got: Any, expected: Any, measure: Measure, *, path: str) -> Iterator[Message]:
    """Yield what differs, part by part; `path` tells where inside a tuple, list or dict."""
    if isinstance(expected, torch.Tensor):
        yield from tensor_differences(got, expected, measure, path=path)
    elif isinstance(expected, list | tuple):
        yield from sequence_differences(got, expected, measure, path=path)
    elif isinstance(expected, dict):
        yield from dict_differences(got, expected, measure, path=path)
    elif isinstance(expected, bool) or not isinstance(expected, int | float | complex):
        if type(got) is not type(expected) or got != expected:
            yield plain_difference(got, expected, path)
    else:
        yield from number_differences(got, expected, measure, path=path)


def where(path: str) -> Message:
    """Return the words for a part of the result: nothing for the whole."""
    return message("judge.part", path=path) if path else message("judge.whole")


def plain_difference(got: Any, expected: Any, path: str) -> Message:
    """Return the finding for a value that is of another kind or simply another value."""
    if got is None and path:
        return message("judge.part_is_none", part=where(path), expected=show(expected))
    if got is None:
        return message("judge.returned_none", part=where(path), expected=show(expected))
    if type(got) is type(expected):
        return message("judge.other_value", part=where(path), got=show(got), expected=show(expected))
    return message("judge.other_kind", part=where(path), got=kind(got), expected=kind(expected))


def kind(value: Any) -> str | Message:
    """Return what sort of thing a value is, in the words of Python."""
    if isinstance(value, Foreign):
        known = REASONS.get(value.reason)
        reason = message(f"judge.foreign_{known}") if known else value.reason
        return message("judge.foreign", type=value.type, reason=reason)
    if isinstance(value, TensorRecord):
        return f"torch.Tensor {tuple(value.shape)}"
    if isinstance(value, torch.Tensor):
        return f"torch.Tensor {tuple(value.shape)}"
    if isinstance(value, list | tuple | dict):
        return f"{type(value).__name__}[{len(value)}]"
    return f"{type(value).__name__} {show(value)}" if value is not None else "None"


def sequence_differences(
    got: Any, expected: list[Any] | tuple[Any, ...], measure: Measure, *, path: str
) -> Iterator[Message]:
    """Compare a list or tuple; either will do for the other, its length counts."""
    if not isinstance(got, list | tuple) or len(got) != len(expected):
        yield plain_difference(got, expected, path)
        return
    for index, (one, other) in enumerate(zip(got, expected, strict=True)):
        yield from differences(one, other, measure, path=f"{path}[{index}]")


def dict_differences(got: Any, expected: dict[Any, Any], measure: Measure, *, path: str) -> Iterator[Message]:
    """Compare a dict key by key."""
    if not isinstance(got, dict) or got.keys() != expected.keys():
        yield plain_difference(got, expected, path)
        return
    for key, other in expected.items():
        yield from differences(got[key], other, measure, path=f"{path}[{key!r}]")


def number_differences(got: Any, expected: complex, measure: Measure, *, path: str) -> Iterator[Message]:
    """Compare a plain number; a 0-d tensor of the same value will do, by the tolerance of its dtype."""
    wanted = torch.tensor(expected, dtype=wide(expected))
    if isinstance(got, TensorRecord) and got.shape == ():
        yield from value_differences(got.tensor(), wanted, measure, path=path)
    elif isinstance(got, bool) or not isinstance(got, int | float | complex):
        yield plain_difference(got, expected, path)
    elif any(value_differences(torch.tensor(got, dtype=wide(got)), wanted, measure, path=path)):
        shown, asked = show_apart(got, expected)
        yield message("judge.other_value", part=where(path), got=shown, expected=asked)


def wide(number: complex) -> torch.dtype:
    """Return the widest dtype of a number's kind."""
    return {int: torch.int64, float: torch.float64}.get(type(number), torch.complex128)


def tensor_differences(got: Any, expected: torch.Tensor, measure: Measure, *, path: str) -> Iterator[Message]:
    """Compare a tensor: that it is one, its shape, its values, and its dtype as a remark."""
    if not isinstance(got, TensorRecord):
        yield plain_difference(got, expected, path)
        return
    value = got.tensor()
    if value.shape != expected.shape:
        shapes = {"got": tuple(value.shape), "expected": tuple(expected.shape)}
        yield message("judge.other_shape", part=where(path), values=show(got), **shapes)
        return
    yield from value_differences(value, expected.detach(), measure, path=path)
    if value.dtype != expected.dtype:
        yield message("judge.other_dtype", part=where(path), got=value.dtype, expected=expected.dtype)


def value_differences(value: torch.Tensor, expected: torch.Tensor, measure: Measure, *, path: str) -> Iterator[Message]:
    """Compare entries; tell how many differ and where the difference is largest."""
    if torch.equal(value, expected):  # a fraction of the cost of distances, and the usual case
        return
    tolerance = tolerance_for(value.dtype, expected.dtype, measure.tolerances)
    distance, bad = distances(value, expected, tolerance)
    if measure.equal_nan:
        bad &= ~(value.isnan() & expected.isnan())
    if not bool(bad.any()):
        return
    if not measure.finds_worst:
        yield plain_difference(None, None, path)
        return
    worst = int(torch.where(bad, distance.nan_to_num(nan=torch.inf, posinf=torch.inf), -1.0).flatten().argmax())
    index = tuple(int(each) for each in torch.unravel_index(torch.tensor(worst), value.shape)) if value.dim() else ()
    entry = float(distance.flatten()[worst])
    got, wanted = show_apart(value, expected)
    yield message(
        "judge.other_nan" if math.isnan(entry) else "judge.other_values",
        part=where(path),
        got=got,
        expected=wanted,
        count=int(bad.sum()),
        total=value.numel(),
        largest=show_number(entry),
        index=index or "()",
    )


def distances(value: torch.Tensor, expected: torch.Tensor, tolerance: Tolerance) -> tuple[torch.Tensor, torch.Tensor]:
    """Return how far entries are apart, and which are too far; equal ones, infinities included, are not apart."""
    exact = tolerance is EXACT
    one, other = (each if exact else each.to(torch.complex128) for each in (value, expected))
    same = one == other
    distance = (one.to(torch.complex128) - other.to(torch.complex128)).abs()
    size = other.to(torch.complex128).abs()
    near = (distance <= tolerance.absolute + tolerance.relative * size) & size.isfinite() & (not exact)
    return torch.where(same, 0.0, distance), ~(same | near)


def tolerance_for(got: torch.dtype, expected: torch.dtype, tolerances: Tolerances) -> Tolerance:
    """Return the tolerance of the coarser floating dtype of the two; integers are exact.

    A half-precision result earns its wide tolerance only where half precision is expected: nobody chooses a dtype to
    be judged more mildly.
    """
    names = [str(each).removeprefix("torch.") for each in (got, expected)]
    names = [COMPONENT.get(name, name) for name in names]
    if names[0] in HALF and names[1] not in HALF:
        names[0] = "float32"
    floating = [name for name in names if name in COARSENESS]
    return tolerances[min(floating, key=COARSENESS.index)] if floating else EXACT
