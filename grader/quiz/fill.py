"""Putting a variant's parameters into a question's text and code."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, Undefined
from jinja2.sandbox import SandboxedEnvironment

VECTOR, MATRIX = 1, 2


class FillError(ValueError):
    """A text with a placeholder that can't be filled."""


def fill(text: str, given: Mapping[str, Any]) -> str:
    """Return `text` with its `{{ placeholders }}` replaced."""
    if "{" not in text:
        return text
    try:
        return template(text).render(given)
    except (TemplateError, TypeError, ValueError, ArithmeticError) as problem:
        raise FillError(str(problem)) from problem


@cache
def template(text: str) -> Template:
    """Return the template of a text."""
    environment = SandboxedEnvironment(undefined=StrictUndefined, finalize=literal, keep_trailing_newline=True)
    environment.filters.update(tex=tex, num=num)
    return environment.from_string(text)


def literal(value: Any) -> str:
    """Return a value as Python code; text as it stands; UndefinedError for a name that nothing has."""
    return str(value) if isinstance(value, str | Undefined) else repr(value)


def num(value: Any) -> str:
    """Return a number without a trailing `.0`."""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def tex(value: Any) -> str:
    """Return a number, a vector or a matrix as LaTeX."""
    if not isinstance(value, list | tuple):
        return num(value)
    if not (value and isinstance(value[0], list | tuple)):
        return f"({', '.join(tex(each) for each in value)})"
    rows = r" \\ ".join(" & ".join(tex(each) for each in row) for row in value)
    return rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}"
