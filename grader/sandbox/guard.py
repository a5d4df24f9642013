"""The forbidden calls of an exercise, refused inside the student process.

Owns taking the named functions away once the process is forked. It is the second line behind the static rules and
reaches a function however it was come by; who copies torch's own source instead has written more than the exercise
asks for. Knows no exercise and keeps nothing of what it took.
"""

from __future__ import annotations

import builtins
import contextlib
import sys
from collections.abc import Callable, Sequence
from functools import partial
from itertools import product
from types import FunctionType, ModuleType
from typing import Any, NoReturn


class ForbiddenCall(Exception):  # noqa: N818 - a student reads this name
    """The student's code called a function that the exercise forbids."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not allowed in this exercise")


def guard_calls(names: Sequence[str]) -> None:
    """Make each named function raise `ForbiddenCall` for the rest of the process's life.

    A function written in Python loses its body, so that every reference to it, old or new, is refused; a class can no
    longer be made an instance of; anything else is replaced in every module of its package that holds it by its name.
    Left to the static rules: names that are not loaded, built-in functions of Python, which the process itself needs,
    and what can't be changed. A function that torch itself needs is refused to torch too.
    """
    for name in names:
        owner, last = find_owner(name)
        target = None if owner in (None, builtins) else look_up(owner, last)
        if callable(target):
            with contextlib.suppress(TypeError):
                refuse(name, owner, target)


def find_owner(name: str) -> tuple[Any, str]:
    """Return what holds the last part of a dotted name, or None for a name that is not loaded, and that part."""
    first, *middle = name.split(".")
    *middle, last = middle or [""]
    owner: Any = sys.modules.get(first)
    for part in middle:
        owner = None if owner is None else look_up(owner, part)
    return owner, last


def look_up(owner: Any, name: str) -> Any:
    """Return a part of a module or class, None where there is none; never lets a module import anything for it."""
    return vars(owner).get(name) if isinstance(owner, ModuleType) else getattr(owner, name, None)


def refuse(name: str, owner: Any, target: Any) -> None:
    """Take one function away."""
    problem = partial(ForbiddenCall, name)
    match target:
        case FunctionType(__closure__=None):
            target.__code__ = refused.__code__
            target.__defaults__, target.__kwdefaults__ = None, {"_problem": problem}
        case type():
            type.__setattr__(target, "__init__", refusal(problem))
        case _:
            replace(owner, name, target, refusal(problem))


def refused(*_given: Any, _problem: Callable[[], Exception], **_named: Any) -> NoReturn:
    """Raise instead of working; needs no name of a module, since its body serves in others."""
    raise _problem()


def refusal(problem: Callable[[], Exception]) -> FunctionType:
    """Return a new function that raises `problem`."""
    function = FunctionType(refused.__code__, {})
    function.__kwdefaults__ = {"_problem": problem}
    return function


def replace(owner: Any, name: str, target: Any, replacement: FunctionType) -> None:
    """Put a function in the place of another, wherever a module of its package holds it by its name."""
    package, _, last = name.partition(".")
    last = last.rpartition(".")[2]
    setattr(owner, last, replacement)
    names = {last, getattr(target, "__name__", last)}
    loaded = [each for known, each in list(sys.modules.items()) if known.startswith(package)]
    for held, each in product([vars(each) for each in loaded if isinstance(each, ModuleType)], names):
        if held.get(each) is target:
            held[each] = replacement
