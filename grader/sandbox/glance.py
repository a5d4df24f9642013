"""Looks at dicts and functions without touching them, so that a look costs a student process no page of its own.

Reading a name in Python raises the reference count of what it stands for, and in a forked process the first such write
to a page copies it. Going through torch's namespaces once costs 3,000 copies, more than all the rest that the process
does. The fields read here lie where CPython keeps them (3.11 to 3.13); `works` proves it, and whoever gets no answer
compares the slow way.
"""

from __future__ import annotations

import ctypes
import functools
from collections.abc import Callable, Sequence
from typing import Any, Final

WORD: Final = ctypes.sizeof(ctypes.c_void_p)
VERSION: Final = 3 * WORD
"""Where a dict keeps the number that each change renews: after its count of references, its type and its size."""
FIELDS: Final = (2 * WORD, 8 * WORD)
"""Where a function keeps globals, builtins, two names, code, defaults and closure, and how many bytes that is."""


def version(names: dict[str, Any]) -> int | None:
    """Return a number that is another one once the dict has been changed, or None where there is none."""
    return _version(names) if works() else None


def fields(functions: Sequence[Callable[..., Any]]) -> bytes | None:
    """Return the addresses that functions hold of their code and defaults, or None where they can't be read."""
    return _fields(functions) if works() else None


def _version(names: dict[str, Any]) -> int:
    return ctypes.c_uint64.from_address(id(names) + VERSION).value


def _fields(functions: Sequence[Callable[..., Any]]) -> bytes:
    start, size = FIELDS
    return b"".join([ctypes.string_at(id(each) + start, size) for each in functions])


@functools.cache
def works() -> bool:
    """Whether this Python keeps the fields where they are looked for: each kind of change is seen, and no other."""
    names: dict[str, Any] = {"first": 1, "second": 2}

    def function(given: int = 1, *, named: int = 2) -> int:
        return given + named

    def other(given: int) -> int:
        return given

    dict_changes: tuple[Callable[[], Any], ...] = (
        lambda: names.update(first=3),
        lambda: names.update(third=4),
        lambda: names.pop("second"),
        names.clear,
    )
    function_changes: tuple[Callable[[], Any], ...] = (
        lambda: setattr(function, "__code__", other.__code__),
        lambda: setattr(function, "__defaults__", (5,)),
        lambda: setattr(function, "__kwdefaults__", {"named": 6}),
    )
    return all(_is_seen(lambda: _version(names), each) for each in dict_changes) and all(
        _is_seen(lambda: _fields([function]), each) for each in function_changes
    )


def _is_seen(look: Callable[[], object], change: Callable[[], Any]) -> bool:
    """Whether two looks agree before a change, and the one after it does not."""
    before, again = look(), look()
    change()
    return before == again != look()
