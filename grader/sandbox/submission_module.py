"""The module that a submission becomes inside its own process.

A file is run as a whole. A notebook's cells are run one after the other, and a cell that fails does not hide the
functions of the others; its magics find a shell that ignores them.
"""

from __future__ import annotations

import inspect
import sys
from types import ModuleType
from typing import Any

from grader.protocol.messages import MAX_NAMES, Load, Loaded, Raised
from grader.sandbox.observation import CELL_NAME, describe

MAX_RAISED = 20
SHELL = "get_ipython"
RUNS_ITS_BODY = frozenset({"time", "timeit", "capture", "prun"})


def load_module(request: Load) -> tuple[ModuleType, Loaded]:
    """Run the source of `request` in a new module; return it with what was raised and found."""
    module = ModuleType(request.name.removesuffix(".py").removesuffix(".ipynb") or "submission")
    module.__file__ = request.name
    sys.modules[module.__name__] = module
    sys.argv = [request.name]
    if request.notebook:
        vars(module)[SHELL] = lambda: QuietShell(vars(module))
    raised = tuple(problem for problem in run_cells(module, request) if problem is not None)
    return module, Loaded(raised[:MAX_RAISED], signatures(module, request.entries), defined_functions(module))


def run_cells(module: ModuleType, request: Load) -> list[Raised | None]:
    """Run each cell; return what each raised."""
    if not request.notebook:
        return [run_source(module, "\n".join(request.cells), request.name)]
    return [run_source(module, cell, CELL_NAME.format(index)) for index, cell in enumerate(request.cells, start=1)]


def run_source(module: ModuleType, source: str, filename: str) -> Raised | None:
    """Run one piece of source in the module; return what it raised, as data."""
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


class QuietShell:
    """Stands in for IPython's shell: line magics do nothing, and cell magics that merely watch run their body."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace

    def run_cell_magic(self, name: str, _line: str, body: str) -> None:
        """Run the body of `%%time` and its like; ignore any other cell magic."""
        if name in RUNS_ITS_BODY:
            cell = sys._getframe(1).f_code.co_filename  # noqa: SLF001 - the cell that the magic stands in
            exec(compile(body, cell, "exec"), self._namespace)  # noqa: S102 - as in run_source

    def __getattr__(self, _name: str) -> Any:
        """Return a function that takes anything and does nothing."""
        return lambda *_args, **_kwargs: None
