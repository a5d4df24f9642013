"""How values are written in a message: short, exact enough to be typed again, never longer than a screen."""

from __future__ import annotations

from typing import Any

import torch

from grader.protocol.snippet import Snippet
from grader.protocol.values import Foreign, TensorRecord

MAX_ENTRIES = 48
MAX_TEXT = 400
DIGITS = 6
SINGLE_DIGITS = 9
ALL_DIGITS = 17


def show(value: Any, digits: int = DIGITS) -> str:  # noqa: PLR0911 - one return for each kind of value
    """Return `value` as a student would write it."""
    if isinstance(value, TensorRecord):
        return show_tensor(value.tensor(), digits, requires_grad=value.requires_grad)
    if isinstance(value, torch.Tensor):
        return show_tensor(value.detach(), digits, requires_grad=value.requires_grad)
    if isinstance(value, Foreign):
        return f"<{value.type}>"
    if isinstance(value, list | tuple):
        return show_sequence(value, digits)
    if isinstance(value, dict):
        return cut("{" + ", ".join(f"{show(key)}: {show(part, digits)}" for key, part in value.items()) + "}")
    if isinstance(value, Snippet):
        return value.source
    return show_number(value, digits) if isinstance(value, float) else cut(repr(value))


def show_apart(one: Any, other: Any) -> tuple[str, str]:
    """Return two different values with as many digits as it takes to see that they differ."""
    for digits in (DIGITS, SINGLE_DIGITS, ALL_DIGITS):
        texts = show(one, digits), show(other, digits)
        if texts[0] != texts[1]:
            break
    return texts


def show_sequence(value: list[Any] | tuple[Any, ...], digits: int = DIGITS) -> str:
    """Return a list or tuple as it is written."""
    inner = ", ".join(show(part, digits) for part in value[:MAX_ENTRIES])
    if isinstance(value, list):
        return cut(f"[{inner}]")
    return cut(f"({inner},)" if len(value) == 1 else f"({inner})")


def show_tensor(value: torch.Tensor, digits: int = DIGITS, *, requires_grad: bool = False) -> str:
    """Return a tensor as the call that makes it; a large one as its shape and first entries."""
    extras = "" if value.dtype in (torch.float32, torch.int64, torch.bool) else f", dtype={value.dtype}"
    extras += ", requires_grad=True" if requires_grad else ""
    if value.numel() == 0:
        return f"torch.empty({tuple(value.shape)}{extras})"
    if value.numel() > MAX_ENTRIES:
        first = show_nested(value.flatten()[:8].tolist(), digits)
        return f"<tensor of shape {tuple(value.shape)}, first entries {first}{extras}>"
    return f"torch.tensor({show_nested(value.tolist(), digits)}{extras})"


def show_nested(value: Any, digits: int = DIGITS) -> str:
    """Return nested lists of numbers, each number short."""
    if isinstance(value, list):
        return "[" + ", ".join(show_nested(part, digits) for part in value) + "]"
    return show_number(value, digits)


def show_number(value: Any, digits: int = DIGITS) -> str:
    """Return a number to so many digits, floats always recognisable as floats."""
    if not isinstance(value, float):
        return str(value)
    text = f"{value:.{digits}g}"
    return text if any(mark in text for mark in ".enai") else f"{text}.0"


def cut(text: str) -> str:
    """Return `text`, shortened in the middle past its longest length."""
    return text if len(text) <= MAX_TEXT else f"{text[: MAX_TEXT - 20]} … {text[-16:]}"
