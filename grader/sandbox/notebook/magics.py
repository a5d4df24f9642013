"""The magics of a notebook that a student process handles itself.

Those that run code run it once, in the notebook's own variables, so that what it defines is there afterwards. Those
that start programs, or change the shell, do nothing. All others are IPython's.
"""

from __future__ import annotations

import sys
import time
from typing import Any

from IPython.core.magic import Magics, cell_magic, line_cell_magic, magics_class, no_var_expand
from IPython.utils.capture import capture_output

RUN_CODE = frozenset({"time", "timeit", "prun", "capture", "check"})
_QUIET_NAMES = """
aimport autoreload autosave cd colors config debug doctest_mode edit gui history load_ext logon logstart notebook
pdb popd pushd reload_ext reset reset_selective unload_ext xdel xmode
"""
QUIET = frozenset(_QUIET_NAMES.split())
"""What would change the shell or forget the notebook's variables."""
_PROGRAM_NAMES = """
! !! bash cmd conda mamba micromamba perl pip pypy python python2 python3 ruby script sh sx system uv
"""
PROGRAMS = frozenset(_PROGRAM_NAMES.split())
NO_PROGRAMS = "no program can be started here / 这里不能启动程序: "


def warn(text: str) -> None:
    """Tell the student something beside what the cell puts out."""
    print(text, file=sys.stderr)  # noqa: T201 - a cell's own stderr


def spoken(seconds: float) -> str:
    """Return a duration as IPython writes it."""
    for unit, factor in (("s", 1.0), ("ms", 1e3), ("µs", 1e6)):
        if seconds * factor >= 1:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


@magics_class
class CodeMagics(Magics):  # type: ignore[misc]  # IPython is not typed here
    """The magics that run code."""

    @no_var_expand  # type: ignore[untyped-decorator]
    @line_cell_magic  # type: ignore[untyped-decorator]
    def time(self, line: str, cell: str | None = None) -> Any:
        """Run code and tell how long it took."""
        wall, cpu = time.perf_counter(), time.process_time()
        value = self.shell.run_part(line if cell is None else cell, is_body=cell is not None)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        print(f"CPU times: total: {spoken(cpu)}\nWall time: {spoken(wall)}")  # noqa: T201 - as IPython does
        return value

    @no_var_expand  # type: ignore[untyped-decorator]
    @line_cell_magic  # type: ignore[untyped-decorator]
    def timeit(self, line: str, cell: str | None = None) -> None:
        """Run code once and tell how long it took."""
        _, statement = self.parse_options(line, "n:r:tcp:qov:", posix=False, strict=False, preserve_non_opts=True)
        if cell is not None:
            self.shell.run_part(statement, is_body=False)
        wall = time.perf_counter()
        self.shell.run_part(statement if cell is None else cell, is_body=cell is not None)
        wall = time.perf_counter() - wall
        print(f"{spoken(wall)} per loop (1 run, 1 loop / 只运行一次)")  # noqa: T201 - as IPython does

    @no_var_expand  # type: ignore[untyped-decorator]
    @line_cell_magic  # type: ignore[untyped-decorator]
    def prun(self, line: str, cell: str | None = None) -> None:
        """Run code, without a profile of it."""
        self.shell.run_part(line if cell is None else cell, is_body=cell is not None)

    @cell_magic  # type: ignore[untyped-decorator]
    def capture(self, line: str, cell: str) -> None:
        """Run a cell and keep what it puts out in the variable that `line` names, if it does."""
        with capture_output() as captured:
            self.shell.run_part(cell, is_body=True)
        for name in [word for word in line.split() if word.isidentifier()][:1]:
            self.shell.user_ns[name] = captured

    @no_var_expand  # type: ignore[untyped-decorator]
    @line_cell_magic  # type: ignore[untyped-decorator]
    def check(self, line: str, cell: str | None = None) -> None:  # noqa: ARG002 - the exercise that a student checked
        """Run the code of a cell that its author had checked; here nothing is checked."""
        if cell is not None:
            self.shell.run_part(cell, is_body=True)
