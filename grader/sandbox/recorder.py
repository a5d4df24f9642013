"""Noting which torch calls a function makes, in which line of the student's own source.

Runs in the student process on the student's code, and in the judge on its own known-wrong solutions. What it can't see
leaves no trace: `torch.Tensor([…])`, `torch.from_numpy`, `Function.apply`, `Parameter(…)` and calls of a `grad_fn`.
Knows nothing of what is right or wrong.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

from grader.protocol.messages import Observation, Recorded
from grader.protocol.recording import MOST_EVENTS
from grader.sandbox.naming import named, reason_of
from grader.sandbox.notes import BegunCall, Notes, Place, begun_call, ended_call, is_idle_switch
from grader.sandbox.observation import cell_number, observe

MOST_FRAMES = 500
LIBRARIES = tuple(os.path.dirname(os.path.abspath(str(each.__file__))) for each in (torch, os))  # noqa: PTH100, PTH120


def record(function: Callable[..., Any], arguments: Sequence[Any], *, times: int, filename: str) -> Recorded:
    """Call a function so often on the same arguments; return what came of it and what it did on the way."""
    recorder = Recorder(filename, arguments)
    observations: list[Observation] = []
    depth = torch._C._len_torch_function_stack()
    recorder.__enter__()  # type: ignore[no-untyped-call]
    try:
        for number in range(times):
            recorder.notes.call = number + 1
            observations.append(observe(function, arguments, filename=filename))
    finally:
        while torch._C._len_torch_function_stack() > depth:
            torch._C._pop_torch_function_stack()
    last = observations[-1]
    return Recorded(tuple(observations), recorder.notes.recording(last))


class Recorder(TorchFunctionMode):
    """Notes the torch calls that are made while it is entered; whatever goes wrong with a note changes no call."""

    def __init__(self, filename: str, arguments: Sequence[Any]) -> None:
        super().__init__()
        self.filename = filename
        self.notes = Notes()
        self.notes.begin(arguments)

    def __torch_function__(
        self, func: Any, types: Any, args: Sequence[Any] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        """Make a call, and note it where the student's source made it."""
        del types
        given = kwargs or {}
        begun = self._begin(func, args, given)
        try:
            result = func(*args, **given)
        except BaseException as problem:
            if begun is not None:
                self._end(begun, None, reason_of(type(problem).__name__, str(problem)[:500]))
            raise
        if begun is not None:
            self._end(begun, result, "")
        return result

    def _begin(self, func: Any, args: Sequence[Any], given: Mapping[str, Any]) -> BegunCall | None:
        try:
            name = named(func)
            place = self._place() if name and not self.notes.is_cut else None
            if name is None or place is None or is_idle_switch(name, args):
                return None
            if len(self.notes.events) >= MOST_EVENTS:
                self.notes.is_cut = True
                return None
            return begun_call(self.notes, name, place, args, given)
        except Exception:  # noqa: BLE001 - a note that fails must not change what the student's code does
            self.notes.is_cut = True
            return None

    def _end(self, begun: BegunCall, result: Any, reason: str) -> None:
        try:
            self.notes.events.append(ended_call(self.notes, begun, result, reason))
        except Exception:  # noqa: BLE001 - a note that fails must not change what the student's code does
            self.notes.is_cut = True

    def _place(self) -> Place | None:
        """Return the innermost place in the student's source that led here, or None."""
        frame, inside = sys._getframe(3), False
        for _ in range(MOST_FRAMES):
            name = frame.f_code.co_filename
            if name == self.filename:
                return Place(frame.f_lineno, 0, inside)
            if cell := cell_number(name):
                return Place(frame.f_lineno, cell, inside)
            inside = inside or not name.startswith(LIBRARIES)
            if frame.f_back is None:
                return None
            frame = frame.f_back
        return None
