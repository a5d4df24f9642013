"""The module that a notebook becomes inside its own process: its code cells run one after the other, under IPython.

A cell that fails or runs too long does not hide the functions of the others.
"""

from __future__ import annotations

from types import ModuleType

from grader.protocol.messages import Load, Loaded, Raised
from grader.sandbox.limits import Limits
from grader.sandbox.notebook.clock import limited
from grader.sandbox.notebook.recorder import Recorder
from grader.sandbox.notebook.shell import NotebookShell, warm_notebook
from grader.sandbox.notebook.tracebacks import failure
from grader.sandbox.observation import CELL_NAME, describe
from grader.sandbox.submission_module import MAX_RAISED, defined_functions, signatures

__all__ = ["load_notebook", "warm_notebook"]


def load_notebook(module: ModuleType, request: Load, limits: Limits) -> Loaded:
    """Run the cells of `request` in their module; return what was raised, found and put out."""
    recorder = Recorder(output_room(limits))
    shell: NotebookShell = NotebookShell.instance()
    shell.adopt(module, recorder)
    found = []
    for number, source in enumerate(request.cells, start=1):
        found.append(run_cell(shell, number, source, limits))
        recorder.end_cell()
    raised = tuple(each for each in found if each is not None)[:MAX_RAISED]
    return Loaded(raised, signatures(module, request.entries), defined_functions(module), recorder.outputs())


def output_room(limits: Limits) -> int:
    """Return how many bytes a notebook's outputs may take; a message holds more than them."""
    return min(limits.output_kib << 10, limits.message_mib << 19)


def run_cell(shell: NotebookShell, number: int, source: str, limits: Limits) -> Raised | None:
    """Run one cell within its time; return what it raised, as data."""
    try:
        with limited(limits):
            problem = shell.run_numbered(number, source)
    except BaseException as escaped:  # noqa: BLE001 - whatever it raises is an observation
        problem = escaped
        shell.recorder.add(failure(escaped))
    return None if problem is None else describe(problem, filename=CELL_NAME.format(number))
