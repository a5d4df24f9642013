"""The magic `check` of IPython: runs a cell here, and asks for a verdict on what the kernel has run so far.

Owns which code that is, and how it is shown.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from IPython.core.magic import Magics, line_cell_magic, magics_class, no_var_expand
from IPython.display import display

from grader.errors import GraderError
from grader.jupyter.ask import parsed
from grader.jupyter.desk import desk
from grader.learn.problems import told
from grader.learn.workspace import language_of_the_system


@magics_class
class CheckMagics(Magics):  # type: ignore[misc]  # IPython is not typed here
    """What `%load_ext grader` adds."""

    @no_var_expand  # type: ignore[untyped-decorator]
    @line_cell_magic  # type: ignore[untyped-decorator]
    def check(self, line: str, cell: str | None = None) -> None:
        """Have an exercise checked: `%%check weighted_grad` above its function, `%check weighted_grad` below it."""
        language = language_of_the_system()
        try:
            ask = parsed(line)
            language = ask.language or language
            cells = self._cells(line, cell)
            if cell is None or self._runs(cell):
                shown = desk().answer(ask, cells, Path.cwd())
                display({"text/plain": shown.text, "text/html": shown.html}, raw=True)
        except GraderError as problem:
            print(f"grader: {told(problem, language)}", file=sys.stderr)  # noqa: T201 - the cell's own stderr

    def _runs(self, cell: str) -> bool:
        """Run the body of a cell; say whether there is anything to judge: not where it is no Python or was stopped."""
        result = self.shell.run_cell(cell, store_history=False)
        return result.error_before_exec is None and not isinstance(result.error_in_exec, KeyboardInterrupt)

    def _cells(self, line: str, cell: str | None) -> tuple[str, ...]:
        """Return every cell that this kernel has run, each at the place of its number; the checked one is the last."""
        ran = [str(each) for each in self.shell.history_manager.input_hist_raw[1:]]
        is_last = cell is None or (ran and ran[-1].rstrip().endswith(cell.rstrip()))
        return tuple(ran) if is_last else (*ran, f"%%check {line}\n{cell}")  # one that runs silently is not remembered


def load(shell: Any) -> None:
    """Add the magic to a shell."""
    shell.register_magics(CheckMagics)
