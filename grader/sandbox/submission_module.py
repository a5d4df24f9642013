"""The module that a submission becomes inside its own process: a file is run as a whole.

A notebook's cells are run by `notebook.notebook_module`, in processes that have IPython.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import Any

from grader.protocol.messages import MAX_NAMES, Load, Loaded, Raised
from grader.sandbox.observation import describe

MAX_RAISED = 20
SHELL = "get_ipython"
TIMING = frozenset({"time", "timeit", "prun"})


def load_module(module: ModuleType, request: Load) -> Loaded:
    """Run the source of `request` in its module; return what was raised and found."""
    if SHELL in "".join(request.cells):
        vars(module)[SHELL] = partial(NoShell, module, request.name)
    problem = run_source(module, "\n".join(request.cells), request.name)
    raised = () if problem is None else (problem,)
    return Loaded(raised, signatures(module, request.entries), defined_functions(module))


def new_module(name: str) -> ModuleType:
    """Return the empty module of a file or notebook, which can be imported by its name."""
    module = ModuleType(name.removesuffix(".py").removesuffix(".ipynb") or "submission")
    module.__file__ = name
    sys.modules[module.__name__] = module
    sys.argv = [name]
    return module


class NoShell:
    """What `get_ipython()` gives in a file that was once a notebook: runs the code of magics, and nothing else."""

    def __init__(self, module: ModuleType, filename: str) -> None:
        self._module = module
        self._filename = filename

    def run_line_magic(self, name: str, line: str, *_ignored: object) -> None:
        """Run the code that a magic times; other magics do nothing."""
        if name in TIMING:
            self._run(line)

    def run_cell_magic(self, name: str, _line: str, cell: str) -> None:
        """Run the cell below a magic that runs it; other magics do nothing."""
        if name in TIMING or name in {"capture", "check"}:
            self._run(cell)

    def _run(self, source: str) -> None:
        exec(compile(source, self._filename, "exec", dont_inherit=True), vars(self._module))  # noqa: S102 - its process

    def __getattr__(self, _name: str) -> Callable[..., None]:
        """Return what does nothing: there is no shell."""
        return lambda *_given, **_named: None


def run_source(module: ModuleType, source: str, filename: str) -> Raised | None:
    """Run a source in the module; return what it raised, as data."""
    try:
        exec(compile(source, filename, "exec", dont_inherit=True), vars(module))  # noqa: S102 - this is its process
    except BaseException as problem:  # noqa: BLE001 - whatever it raises is an observation
        return describe(problem, filename=filename)
    return None


def signatures(module: ModuleType, entries: tuple[str, ...]) -> dict[str, str]:
    """Return the signatures, as text, of those entry points that the module defines as callables."""
    found = {name: vars(module).get(name) for name in entries}
    return {name: signature_text(value) for name, value in found.items() if callable(value)}


def signature_text(function: Any) -> str:
    """Return a callable's signature, or an empty text for one that does not tell."""
    try:
        return str(inspect.signature(function))[:500]
    except BaseException:  # noqa: BLE001 - a student's object may raise anything
        return ""


def defined_functions(module: ModuleType) -> tuple[str, ...]:
    """Return the names of the public functions and classes that the module holds, in order."""
    names = (
        str(name) for name, value in list(vars(module).items()) if inspect.isroutine(value) or inspect.isclass(value)
    )
    return tuple(name[:100] for name in names if not name.startswith("_") and name != SHELL)[:MAX_NAMES]
