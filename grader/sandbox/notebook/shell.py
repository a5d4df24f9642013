"""IPython's shell as a student process has it: no files, no history, no programs, no terminal.

Owns what of IPython is replaced and what is warmed. A shell is made in the zygote, and adopts a submission's module in
the student process.
"""

from __future__ import annotations

import binascii
import contextlib
import importlib
import os
import sys
import tempfile
import warnings
from collections.abc import Coroutine, Iterator, Mapping
from functools import cached_property
from types import ModuleType
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.history import HistoryManager
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.text import SList
from traitlets import Type

from grader.protocol.outputs import Shown
from grader.sandbox.notebook.compiling import CellCompiler, blank_lines
from grader.sandbox.notebook.loop import SocketlessLoop
from grader.sandbox.notebook.magics import NO_PROGRAMS, PROGRAMS, QUIET, RUN_CODE, CodeMagics, warn
from grader.sandbox.notebook.recorder import CapturedStream, Recorder, image_of
from grader.sandbox.notebook.tracebacks import failure
from grader.sandbox.observation import said

SHOWN_TYPES = ["text/plain", "image/png"]
WARM_CELLS = (
    "1 + 1",
    "%time 1",
    "%timeit 1",
    "%%capture out\nprint(1)",
    "display('x')",
    "import asyncio\nawait asyncio.sleep(0)",
    "int?",
    "!ls",
    "%no_such_magic",
    "%matplotlib inline",
    "def f(:",
    "1 / 0",
    "import torch\ntorch.ones(2, requires_grad=True)",
)
PLOT = "import matplotlib.pyplot as plt\nplt.plot([0, 1])\nplt.title('x')\nplt.show()"
WARM_ROOM = 1 << 20
INLINE = "module://matplotlib_inline.backend_inline"


def shown(data: Mapping[str, Any], count: int = 0) -> Shown:
    """Return what a display puts out, of the kinds that may leave the process."""
    image = data.get("image/png", b"")
    if isinstance(image, str):
        with contextlib.suppress(ValueError):
            image = binascii.a2b_base64(image)
    return Shown(count, str(data.get("text/plain", "")), image_of(image))


class Results(DisplayHook):  # type: ignore[misc]  # IPython is not typed here
    """Keeps the value of a cell's last expression."""

    def write_output_prompt(self) -> None:
        """Write none."""

    def write_format_data(self, format_dict: Mapping[str, Any], _md_dict: object = None) -> None:
        """Keep the value in its forms."""
        self.shell.recorder.add(shown(format_dict, self.prompt_count))

    def log_output(self, format_dict: Mapping[str, Any]) -> None:
        """Keep no second copy."""

    def finish_displayhook(self) -> None:
        """End one display."""
        self._is_active = False


class Displays(DisplayPublisher):  # type: ignore[misc]  # IPython is not typed here
    """Keeps what a cell displays; plots come by it too."""

    def publish(self, data: Mapping[str, Any], *_ignored: object, **_named: object) -> None:
        """Keep a display."""
        self.shell.recorder.add(shown(data))

    def clear_output(self, wait: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - IPython's signature
        """Forget what the cell has put out."""
        self.shell.recorder.clear()


class NotebookShell(InteractiveShell):  # type: ignore[misc]  # IPython is not typed here
    """Runs the cells of one notebook."""

    displayhook_class = Type(Results)
    display_pub_class = Type(Displays)
    compiler_class = Type(CellCompiler)

    def __init__(self, **traits: Any) -> None:
        self.recorder = Recorder(0)
        place = ModuleType("notebook")
        super().__init__(user_module=place, user_ns=vars(place), colors="nocolor", xmode="Plain", **traits)
        del sys.modules["notebook"]
        self.display_formatter.active_types = SHOWN_TYPES
        self.loop_runner = self.run_coroutine
        self.register_magics(CodeMagics)
        self.set_hook("show_in_pager", print_page)

    def adopt(self, module: ModuleType, recorder: Recorder) -> None:
        """Make a module the place where cells run, and a recorder where their outputs go."""
        self.recorder = recorder
        self.user_module, self.user_ns = module, vars(module)
        self.ns_table.update(user_global=self.user_ns, user_local=self.user_ns)
        self.init_user_ns()
        self.builtin_trap.__enter__()  # for good: functions may display when they are called later

    def run_numbered(self, number: int, source: str) -> BaseException | None:
        """Run a cell; return what it raised."""
        self.compile.begin(number, source)
        with self._captured():
            result = self.run_cell(source, store_history=True)
            problem: BaseException | None = result.error_before_exec or result.error_in_exec
        return problem

    @contextlib.contextmanager
    def _captured(self) -> Iterator[None]:
        """Catch what is written to Python's streams."""
        kept = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = CapturedStream(self.recorder, "stdout"), CapturedStream(self.recorder, "stderr")
        try:
            yield
        finally:
            sys.stdout, sys.stderr = kept

    def run_part(self, source: str, *, is_body: bool) -> Any:
        """Run what a magic of the running cell is given; the body of a cell magic stands below its line."""
        line = self.compile.current_line()
        below = line if is_body else max(0, line - 1)
        return self.compile.run(self.transform_cell(source), self.user_ns, below=below + blank_lines(source))

    def run_line_magic(self, magic_name: str, line: str, _stack_depth: int = 1) -> Any:
        """Run a line magic; one that fails says so and lets the cell go on."""
        if magic_name in RUN_CODE:
            return super().run_line_magic(magic_name, line, _stack_depth + 1)
        return self._run_other(magic_name, line, super().run_line_magic, magic_name, line, _stack_depth + 2)

    def run_cell_magic(self, magic_name: str, line: str, cell: str) -> Any:
        """Run a cell magic; one that fails says so."""
        if magic_name in RUN_CODE and cell:
            return super().run_cell_magic(magic_name, line, cell)
        return self._run_other(magic_name, line, super().run_cell_magic, magic_name, line, cell)

    def _run_other(self, name: str, line: str, run: Any, *arguments: Any) -> Any:
        if name in PROGRAMS:
            return self.refuse_program(f"{name} {line}")
        if name in QUIET:
            return None
        try:
            return run(*arguments)
        except Exception as problem:  # noqa: BLE001 - whatever a magic makes of a place without files and programs
            return warn(f"%{name}: {said(problem)}")

    def refuse_program(self, command: str, *_ignored: Any, **_named: Any) -> None:
        """Start no program, and say so."""
        self.user_ns["_exit_code"] = 127
        warn(NO_PROGRAMS + command.strip())

    system = system_raw = system_piped = refuse_program

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> Any:  # noqa: ARG002, FBT001, FBT002
        """Return the output of a program that can't be started."""
        self.refuse_program(cmd)
        return SList() if split else ""

    def enable_matplotlib(self, gui: str | None = None) -> Any:  # noqa: ARG002 - there is one way only
        """Draw plots into the notebook, whatever window was asked for."""
        return super().enable_matplotlib("inline")

    def enable_gui(self, gui: str | None = None) -> None:
        """Open no window."""

    def ask_exit(self) -> None:
        """End the cell."""
        raise SystemExit

    def run_coroutine(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        """Run the coroutine that a cell with a top-level `await` is."""
        return self._loop.run_until_complete(coroutine)

    @cached_property
    def _loop(self) -> SocketlessLoop:
        return SocketlessLoop()

    def showtraceback(self, exc_tuple: Any = None, *_ignored: object, **_named: object) -> None:
        """Keep what ended the cell."""
        self.recorder.add(failure(self._get_exc_info(exc_tuple)[1]))

    def showsyntaxerror(self, *_ignored: object, **_named: object) -> None:
        """Keep what ended the cell."""
        self.showtraceback()

    def init_user_ns(self) -> None:
        """Put IPython's names into the namespace, but for its own `open`."""
        super().init_user_ns()
        self.user_ns |= dict.fromkeys(("_", "__", "___"), "")
        del self.user_ns["open"]

    def _format_exception_for_storage(self, *_ignored: object, **_named: object) -> dict[str, Any]:
        """Remember no exception beside what is put out."""
        return {}

    def init_ipython_dir(self, _ipython_dir: object) -> None:
        """Have no folder."""

    def init_profile_dir(self, _profile_dir: object) -> None:
        """Have no profile."""

    def init_history(self) -> None:
        """Remember cells in memory alone."""
        self.history_manager = HistoryManager(shell=self, parent=self, enabled=False, hist_file=":memory:")


def print_page(_shell: object, data: Any, *_ignored: object, **_named: object) -> None:
    """Print what would go to a pager, such as the help behind `name?`."""
    print(data.get("text/plain", "") if isinstance(data, Mapping) else data)  # noqa: T201 - a cell's own stdout


def new_shell() -> NotebookShell:
    """Return the process's one shell, made anew."""
    NotebookShell.clear_instance()
    shell: NotebookShell = NotebookShell.instance()
    return shell


def warm_notebook() -> None:
    """Run the corners of IPython, and of matplotlib where there is one, that import lazily; leave a fresh shell."""
    warnings.filterwarnings("ignore", "To exit: use", UserWarning)
    with tempfile.TemporaryDirectory(prefix="plots-", ignore_cleanup_errors=True) as folder:
        os.environ |= {"MPLCONFIGDIR": folder, "MPLBACKEND": INLINE}  # its fonts are listed there once, and remembered
        plots = has_matplotlib()
        shell = new_shell()
        shell.adopt(ModuleType("warming"), Recorder(WARM_ROOM))
        for number, source in enumerate((*WARM_CELLS, *([PLOT] if plots else [])), start=1):
            shell.run_numbered(number, source)
        shell.builtin_trap.__exit__(None, None, None)
        shell = new_shell()
        if plots:
            draw_inline(shell)
    del os.environ["MPLCONFIGDIR"], os.environ["MPLBACKEND"]


def has_matplotlib() -> bool:
    """Tell whether matplotlib can be had; it is no requirement."""
    with contextlib.suppress(Exception):  # one that is broken is none
        importlib.import_module("matplotlib.pyplot")
        return True
    return False


def draw_inline(shell: NotebookShell) -> None:
    """Let plots go into the notebook from its first cell on, as in Jupyter."""
    from matplotlib_inline.backend_inline import configure_inline_support  # noqa: PLC0415 - needs matplotlib

    configure_inline_support.current_backend = "unset"  # type: ignore[attr-defined]  # it is that of another shell
    shell.enable_matplotlib()
