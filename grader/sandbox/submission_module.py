"""The module that a submission becomes inside its own process: a file is run as a whole.

A notebook's cells are run by `notebook.notebook_module`, in processes that have IPython.
"""

from __future__ import annotations

import inspect
import sys
from types import ModuleType
from typing import Any

from grader.protocol.messages import MAX_NAMES, Load, Loaded, Raised
from grader.sandbox.observation import describe

MAX_RAISED = 20
SHELL = "get_ipython"


def load_module(module: ModuleType, request: Load) -> Loaded:
    """Run the source of `request` in its module; return what was raised and found."""
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
