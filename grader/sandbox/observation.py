"""Calling a function and describing what it did, without judging it.

Runs in the student process on the student's code, and in the judge on its own known-wrong solutions, so that both
are described alike. Knows nothing of what a right answer is.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from typing import Any

from grader.protocol.messages import MAX_MESSAGE_TEXT, Observation, Raised, without_addresses
from grader.protocol.values import clean_text

CELL_NAME = "<cell {}>"
MAX_FRAMES = 200
LONGEST_ADDRESS = 32


def observe(function: Callable[..., Any], arguments: Sequence[Any], *, filename: str) -> Observation:
    """Call `function` once; return what came of it and the arguments as it left them.

    Value and arguments are the very objects, not copies: what a later call does to them, this observation shows too.
    `filename` is the name under which the student's own source was compiled; lines are told of that file alone.
    """
    try:
        value = function(*arguments)
    except BaseException as problem:  # noqa: BLE001 - whatever the student's code raises is an observation
        return Observation(raised=describe(problem, filename=filename), arguments=tuple(arguments))
    return Observation(value=value, arguments=tuple(arguments))


def describe(problem: BaseException, *, filename: str) -> Raised:
    """Return an exception as data."""
    kind = type(problem)
    line, cell = place(problem, filename=filename)
    return Raised(
        type=kind.__name__[:100],
        bases=tuple(base.__name__[:100] for base in kind.__mro__[:20]),
        message=said(problem),
        line=line,
        cell=cell,
    )


def said(problem: BaseException) -> str:
    """Return the exception's text, cut, or a note that it has none that can be read."""
    try:
        first = str(problem)[: MAX_MESSAGE_TEXT + LONGEST_ADDRESS]  # an address at the cut is masked whole
        return without_addresses(str(clean_text(first)))[:MAX_MESSAGE_TEXT]
    except BaseException:  # noqa: BLE001 - a message that raises is not worth a check
        return "(the message of this exception could not be read)"


def place(problem: BaseException, *, filename: str) -> tuple[int, int]:
    """Return the last line of the student's own source on the exception's way, and its cell; 0 for none."""
    if isinstance(problem, SyntaxError) and problem.lineno:
        told = str(problem.filename or "")
        if told == filename or cell_number(told):
            return problem.lineno, cell_number(told)
    found = (0, 0)
    for frame, line in zip(traceback.walk_tb(problem.__traceback__), range(MAX_FRAMES), strict=False):
        name = frame[0].f_code.co_filename
        if name == filename or cell_number(name):
            found = (frame[1], cell_number(name))
        del line
    return found


def cell_number(name: str) -> int:
    """Return the number in a cell's file name, counted from 1, or 0 for another name."""
    digits = name.removeprefix("<cell ").removesuffix(">")
    return int(digits) if name.startswith("<cell ") and digits.isdecimal() else 0
