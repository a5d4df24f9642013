"""Running a question's code with torch, and evaluating expressions where it ended.

The code is the author's own, as a hidden test is; nothing of a student's ever comes here.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType, SimpleNamespace
from typing import Any

import torch

LONGEST_MESSAGE = 60
"""As many characters of an exception's message as an option shows: a longer one would give the right option away."""
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
        names = {**self.names, "torch": torch, "raised": self.raised, "printed": self.printed}
        code = compiled(expression, "eval")
        try:
            with new_program():
                return eval(code, names)  # noqa: S307 - the author's own content
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
    """Return where `code` ends, run in a copy of `names`; RunError for what is no Python."""
    space = {**names, "torch": torch}
    program = compiled(code, "exec")
    printed = io.StringIO()
    raised = None
    try:
        with new_program(), redirect_stdout(printed):
            exec(program, space)  # noqa: S102 - the author's own content
    except Exception as problem:  # noqa: BLE001 - what it raises may be the question
        raised = told(problem)
    return Ran(space, printed.getvalue(), raised)


def begin(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the names that a question's code finds: its parameters, and `given` to keep them by.

    Both are copies: code that changes a drawn list changes it for nobody else.
    """
    return {**deepcopy(dict(given)), "given": SimpleNamespace(**deepcopy(dict(given)))}


@lru_cache(COMPILED)
def compiled(code: str, mode: str) -> CodeType:
    """Return compiled code; RunError for what is no Python."""
    try:
        return compile(code.strip("\n" if mode == "exec" else None), "<question>", mode, dont_inherit=True)
    except SyntaxError as problem:
        raise RunError(f"`{code.strip()}` is not valid Python: {problem.msg}") from problem


@contextmanager
def new_program() -> Iterator[None]:
    """Begin with torch as a program finds it, and end with it as it was: no question's settings reach another.

    Warnings are no part of a question.
    """
    dtype, threads = torch.get_default_dtype(), torch.get_num_threads()
    with (
        warnings.catch_warnings(action="ignore"),
        torch.random.fork_rng(devices=()),
        torch.autograd.set_detect_anomaly(mode=False),
        torch.enable_grad(),
    ):
        torch.default_generator.manual_seed(0)  # torch.manual_seed formats a traceback for each device: a millisecond
        torch.set_default_dtype(torch.float32)
        torch.set_printoptions(profile="default")  # type: ignore[no-untyped-call]
        try:
            yield
        finally:
            torch.set_printoptions(profile="default")  # type: ignore[no-untyped-call]
            torch.set_default_dtype(dtype)
            torch.set_num_threads(threads)


def told(problem: BaseException) -> str:
    """Return an exception as `Type: first line`, cut where a reader has seen enough."""
    return shortened(type(problem).__name__, str(problem).strip().partition("\n")[0])


def shortened(kind: str, words: str) -> str:
    """Return an exception as `Type: words`, its words cut at a blank where they are many."""
    cut = words if len(words) <= LONGEST_MESSAGE else words[: LONGEST_MESSAGE - 1].rsplit(" ", 1)[0] + " …"
    return f"{kind}: {cut}" if cut else kind
