"""Running a question's code with torch, and evaluating expressions where it ended.

The code is the author's own, as a hidden test is; nothing of a student's ever comes here.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType, SimpleNamespace
from typing import Any

import torch

LONGEST_MESSAGE = 110
COMPILED = 512


class RunError(ValueError):
    """Code or an expression of a question that failed where it must not."""


@dataclass(frozen=True)
class Ran:
    """Where a question's code ended."""

    names: dict[str, Any]
    printed: str
    raised: str | None
    """The exception as `Type: first line of its message`, or None."""

    def value(self, expression: str) -> Any:
        """Return what an expression gives in this place; RunError when it raises."""
        names = {**self.names, "raised": self.raised, "printed": self.printed}
        try:
            with quiet():
                return eval(compiled(expression, "eval"), names)  # noqa: S307 - the author's own content
        except Exception as problem:
            raise RunError(f"`{expression.strip()}` raised {told(problem)}") from problem

    def then(self, code: str) -> Ran:
        """Return where more code ends that must not raise, with what was printed and raised before."""
        if not code.strip():
            return self
        after = run(code, {**self.names, "raised": self.raised, "printed": self.printed})
        if after.raised:
            raise RunError(f"the code raised {after.raised}")
        return Ran(after.names, self.printed, self.raised)


def run(code: str, names: Mapping[str, Any]) -> Ran:
    """Return where `code` ends, run in a copy of `names` with torch as it is at the start of a program."""
    space = {**names, "torch": torch}
    printed = io.StringIO()
    raised = None
    torch.default_generator.manual_seed(0)  # torch.manual_seed formats a traceback for each device: a millisecond
    try:
        with quiet(), redirect_stdout(printed):
            exec(compiled(code, "exec"), space)  # noqa: S102 - the author's own content
    except Exception as problem:  # noqa: BLE001 - what it raises may be the question
        raised = told(problem)
    return Ran(space, printed.getvalue(), raised)


def begin(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the names that a question's code finds: its parameters, and `given` to keep them by."""
    return {**given, "given": SimpleNamespace(**given)}


@lru_cache(COMPILED)
def compiled(code: str, mode: str) -> CodeType:
    """Return compiled code; RunError for what is no Python."""
    try:
        return compile(code.strip("\n") if mode == "exec" else code.strip(), "<question>", mode)
    except SyntaxError as problem:
        raise RunError(f"`{code.strip()}` is not valid Python: {problem.msg}") from problem


@contextmanager
def quiet() -> Iterator[None]:
    """Begin with grad mode on and end with it as it was; warnings are no part of a question."""
    with warnings.catch_warnings(action="ignore"), torch.enable_grad():
        yield


def told(problem: BaseException) -> str:
    """Return an exception as `Type: first line`, cut where a reader has seen enough."""
    first = str(problem).strip().partition("\n")[0]
    cut = first if len(first) <= LONGEST_MESSAGE else first[: LONGEST_MESSAGE - 1].rsplit(" ", 1)[0] + " …"
    return f"{type(problem).__name__}: {cut}" if cut else type(problem).__name__
