"""A function that travels as its source text.

Hidden tests pass functions to the student's code. Sent as text they cost nothing to pickle, carry neither path nor
module of the judge with them, and print as what a student can paste and run.
"""

from __future__ import annotations

import ast
import marshal
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

    def __reduce__(self) -> tuple[Callable[[str, str, bytes], Snippet], tuple[str, str, bytes]]:
        """Pickle as the source and its compiled code: both sides run the same Python, and compiling costs most."""
        return unpickled, (self.source, *compiled(self.source))


def unpickled(source: str, name: str, code: bytes) -> Snippet:
    """Return the snippet of a source that has been compiled."""
    snippet = Snippet.__new__(Snippet)
    snippet.source, snippet._function = source, function_of(name, code)  # noqa: SLF001 - as in __init__
    return snippet


@lru_cache(maxsize=1024)
def build_function(source: str) -> Callable[..., Any]:
    """Return the function that `source`, trusted text, defines."""
    return function_of(*compiled(source))


@lru_cache(maxsize=1024)
def compiled(source: str) -> tuple[str, bytes]:
    """Return the name that a source defines, empty for a lambda, and its code; SyntaxError for any other source."""
    tree = ast.parse(source, FILENAME)
    match tree.body:
        case [ast.Expr(value=ast.Lambda())]:
            return "", marshal.dumps(compile(source, FILENAME, "eval"))
        case [ast.FunctionDef(name=name)]:
            return name, marshal.dumps(compile(source, FILENAME, "exec"))
    raise SyntaxError("a snippet is one lambda or one def")


def function_of(name: str, code: bytes) -> Callable[..., Any]:
    """Return the function that compiled code defines under `name`, or is, where the name is empty."""
    namespace: dict[str, Any] = {"torch": torch}
    value = eval(marshal.loads(code), namespace)  # noqa: S302, S307 - the judge wrote it
    function: Callable[..., Any] = namespace[name] if name else value
    return function
