"""A function that travels as its source text.

Hidden tests pass functions to the student's code. Sent as text they cost nothing to pickle, carry neither path nor
module of the judge with them, and print as what a student can paste and run.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import torch

FILENAME = "<given function>"


class Snippet:
    """A callable made from the source of one lambda or one `def`; the name `torch` is all it can see.

    Raises SyntaxError for source that is neither. Two snippets are equal when their sources are.
    """

    __slots__ = ("_function", "source")

    def __init__(self, source: str) -> None:
        self.source = source.strip()
        self._function = build_function(self.source)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function."""
        return self._function(*args, **kwargs)

    def __repr__(self) -> str:
        """Return the source."""
        return self.source

    def __eq__(self, other: object) -> bool:
        """Compare sources."""
        return isinstance(other, Snippet) and self.source == other.source

    def __hash__(self) -> int:
        """Hash the source."""
        return hash(self.source)

    def __deepcopy__(self, _memo: Any) -> Snippet:
        """Return the snippet itself, which can't change."""
        return self

    def __reduce__(self) -> tuple[type[Snippet], tuple[str]]:
        """Pickle as the source alone."""
        return Snippet, (self.source,)


@lru_cache(maxsize=1024)
def build_function(source: str) -> Callable[..., Any]:
    """Return the function that `source`, trusted text, defines."""
    tree = ast.parse(source, FILENAME)
    namespace: dict[str, Any] = {"torch": torch}
    function: Callable[..., Any]
    match tree.body:
        case [ast.Expr(value=ast.Lambda())]:
            function = eval(compile(source, FILENAME, "eval"), namespace)  # noqa: S307 - the judge wrote it
        case [ast.FunctionDef(name=name)]:
            exec(compile(source, FILENAME, "exec"), namespace)  # noqa: S102 - the judge wrote it
            function = namespace[name]
        case _:
            raise SyntaxError("a snippet is one lambda or one def")
    return function
