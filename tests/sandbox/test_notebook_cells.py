"""A notebook's cells in a student process: they run as in Jupyter, each fails alone, and none starts anything."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from grader.protocol.messages import Call, Load
from grader.sandbox.process import Stopped
from grader.sandbox.sandbox import Sandbox

LIBRARIES = {"IPython", "pygments", "traitlets"}
"""What a notebook's process has beside that of a file; the worker's tests hold the list for files."""
PLOTTING = {"PIL", "cycler", "dateutil", "fontTools", "kiwisolver", "matplotlib", "matplotlib_inline", "mpl_toolkits",
            "packaging", "pyparsing", "six"}  # fmt: skip
OURS = {
    f"grader.sandbox.notebook{part}"
    for part in ("", ".clock", ".compiling", ".loop", ".magics", ".notebook_module", ".recorder", ".shell",
                 ".tracebacks")
}  # fmt: skip
MODULES = "import sys\ndef f(): return sorted(sys.modules)"


@pytest.fixture
def notebook(start):
    """Give a function that runs cells as a notebook."""
    return lambda *cells, **limits: start(*cells, notebook=True, **limits)


@pytest.fixture
def hurried(sandbox):
    """Give a function that runs cells with little time for each, and returns the process and what it told."""
    processes = []

    def run(*cells, **limits):
        process = sandbox.start(notebook=True)
        processes.append(process)
        process.limits = replace(process.limits, **limits)
        return process.ask(Load("work.ipynb", cells, notebook=True, entries=("f",)))

    yield run
    for process in processes:
        process.close()


def added(start, *cells):
    """Return the modules that a notebook's process has and neither a file's nor the list above."""
    of_files = set(start(MODULES).value())
    packages = {name.partition(".")[0] for name in of_files} - {"grader"}
    known = LIBRARIES | PLOTTING | packages | set(sys.stdlib_module_names)
    there = set(start(*cells, MODULES, notebook=True).value()) - of_files - OURS
    return {name for name in there if name.partition(".")[0] not in known}


def test_a_module_of_the_judge_would_be_noticed_in_a_notebook(start):
    """What is ours counts by its own name: another of our modules is a stranger."""
    forged = "import sys\nsys.modules['grader.judge'] = sys"
    assert added(start, forged) == {"grader.judge"}


def test_a_notebooks_process_adds_ipython_and_no_more(start):
    """The allow-list of a notebook's process is that of a file's, IPython with its own, and plots where there are."""
    assert added(start) == set()


def test_a_strange_module_would_be_noticed_in_a_notebook(start):
    """What the test above looks for is found in a notebook that imports it."""
    assert "yaml" in added(start, "import yaml")


def test_the_surroundings_of_a_notebook_are_those_of_a_file(start):
    """Environment, folder and arguments tell a notebook no more than a file; IPython and plots leave none behind."""
    look = "import os, sys\ndef f(): return dict(os.environ), os.getcwd(), sys.path"
    assert start(look, notebook=True).value() == start(look).value()


def test_a_class_without_notebooks_pays_for_no_second_zygote(sandbox):
    """The zygote with IPython is started for the first notebook, is kept for the next, and ends with the sandbox."""
    with Sandbox(sandbox.limits) as own:
        own.start().close()
        assert own._notebooks is None
        own.start(notebook=True).close()
        second = own._notebooks._zygote
        own.start(notebook=True).close()
        assert own._notebooks._zygote is second
        assert second.pid != own._zygote.pid
    assert second.poll() is not None


def test_the_second_zygote_proves_every_layer(sandbox, monkeypatch):
    """A notebook's zygote holds its own proof: one layer that it could break, and no notebook is run."""
    sandbox.start(notebook=True).close()
    assert sandbox._notebooks._without == sandbox._without == frozenset()
    second = Sandbox(sandbox.limits, notebooks_only=True)
    told = []
    monkeypatch.setattr(second, "_check_proof", told.append)
    with second:
        second.start(notebook=True).close()
    assert told == [[]]


def test_a_failing_cell_does_not_hide_the_others(notebook):
    """Cells run one after the other in one namespace; each failure is told with its cell and line."""
    student = notebook("a = 1", "a = 1 / 0", "def f(:", "def f(x):\n    return x + a", "\n\nundefined")
    assert [(each.type, each.line, each.cell) for each in student.loaded.raised] == [
        ("ZeroDivisionError", 1, 2),
        ("SyntaxError", 1, 3),
        ("NameError", 3, 5),
    ]
    assert student.loaded.signatures == {"f": "(x)"}
    assert student.value(2) == 3


def test_a_notebook_is_a_module_of_its_name(notebook):
    """A notebook can be imported by its name, is no main program, and its classes know their module."""
    student = notebook(
        "import dataclasses, work\n@dataclasses.dataclass\nclass Box:\n    side: 'int' = 3",
        "def f(): return __name__, work.Box().side, __file__",
    )
    assert student.loaded.raised == ()
    assert student.value() == ("work", 3, "work.ipynb")


def test_what_ipython_brings_is_no_function_of_the_student(notebook):
    """Only what the cells define is listed, and Python's own `open` is not replaced."""
    student = notebook("def f(): return open.__module__", "import torch")
    assert student.loaded.functions == ("f",)
    assert student.value() in ("io", "_io")


def test_lines_are_those_that_the_author_sees(notebook):
    """A function's line counts blank lines before it and a cell magic above it, when it is called later too."""
    student = notebook("\n\n%%time\n\ndef f(x):\n    return 1 / x", "\n1 +")
    raised = student.call(0).raised
    assert (raised.type, raised.line, raised.cell) == ("ZeroDivisionError", 6, 1)
    assert [(each.type, each.line, each.cell) for each in student.loaded.raised] == [("SyntaxError", 2, 2)]


@pytest.mark.parametrize("magic", ["%%time", "%%timeit", "%%timeit -n 100 -r 7", "%%capture out", "%%prun"])
def test_a_magic_that_watches_runs_its_cell(notebook, magic):
    """The body of `%%time` and its like runs in the notebook's namespace, and a failure in it is told at its line."""
    student = notebook(f"{magic}\ndef f(): return 7", f"{magic}\n\n1 / 0")
    assert student.value() == 7
    assert [(each.type, each.line, each.cell) for each in student.loaded.raised] == [("ZeroDivisionError", 3, 2)]


def test_a_line_is_timed_in_the_notebooks_variables(notebook):
    """`%time` keeps what it assigns, and `%timeit` runs its code once however often it is told to."""
    student = notebook("calls = []", "%time y = 5", "%timeit -n 1000 -r 9 calls.append(1)", "def f(): return y, calls")
    assert student.loaded.raised == ()
    assert student.value() == (5, [1])


HARMLESS = (
    "%matplotlib inline",
    "%load_ext autoreload\n%autoreload 2",
    "%config InlineBackend.figure_format = 'retina'",
    "%pip install torch",
    "!pip install torch",
    "!ls | wc",
    "x = !ls",
    "%%bash\necho hello",
    "%%script python\n1 / 0",
    "%%writefile work.py\ndef f(): pass",
    "%reset -f",
    "%run other.py",
    "%no_such_magic 1 2",
    "%%no_such_magic\nbody",
    "%%time",
    "len?",
    "%cd ..",
    "%env",
    "%who",
)


@pytest.mark.parametrize("cell", HARMLESS)
def test_a_magic_that_can_do_nothing_here_hurts_nothing(notebook, cell):
    """A magic that wants a program, a file or what is not installed raises nothing, and its cell goes on below it."""
    below = "" if cell.startswith("%%") else "\ndone = 1"
    student = notebook("kept = 2", f"{cell}{below}", "def f(): return kept + globals().get('done', 1)")
    assert student.loaded.raised == ()
    assert student.value() == 3


@pytest.mark.parametrize(
    "cell",
    ["!echo hello", "%%bash\necho hello", "%%script sh\necho hello", "x = !echo hello\nprint(x)", "%sx echo hello"],
)
def test_a_program_is_refused_in_words(notebook, cell):
    """Who starts a program is told in both languages that none can be started, and nothing is."""
    told = notebook(cell).loaded.outputs[0][0]
    assert told.stream == "stderr"
    assert told.text.startswith("no program can be started here / 这里不能启动程序: ")


@pytest.mark.parametrize(
    "source",
    ["import os\nos.system('true') and 1 / 0", "import subprocess\nsubprocess.run(['true'])", "import os\nos.fork()"],
)
def test_nothing_is_started_past_ipython_either(notebook, source):
    """The lock-down holds for a notebook's process: no fork, no program, by whatever way."""
    assert len(notebook(source).loaded.raised) == 1


def test_no_file_is_left_by_ipython(notebook):
    """Neither a profile nor a history is written, and what IPython would remember is in memory alone."""
    home = Path.home() / ".ipython"
    before = sorted(home.rglob("*")) if home.exists() else None
    student = notebook(
        "manager = get_ipython().history_manager",
        "def f(): return manager.enabled, manager.hist_file, type(manager.db).__name__, manager.save_thread is None",
        "x = open('left', 'w')",
    )
    assert student.value() == (False, ":memory:", "DummyDB", True)
    assert [each.type for each in student.loaded.raised] == ["PermissionError"]
    assert (sorted(home.rglob("*")) if home.exists() else None) == before


def test_input_fails_in_its_cell_alone(notebook):
    """A cell that waits for somebody to type is told at once that nobody does."""
    student = notebook("name = input('name? ')", "def f(): return 7")
    assert [(each.type, each.cell) for each in student.loaded.raised] == [("EOFError", 1)]
    assert student.value() == 7


@pytest.mark.parametrize("leave", ["exit", "exit()", "quit()", "raise SystemExit", "import sys; sys.exit(1)"])
def test_leaving_ends_a_cell_alone(notebook, leave):
    """A cell that leaves the notebook is told, and the others run."""
    student = notebook(leave, "def f(): return 7")
    assert [(each.type, each.cell) for each in student.loaded.raised] == [("SystemExit", 1)]
    assert student.value() == 7


def test_a_cell_may_await(notebook):
    """A top-level await runs, tasks and threads beside it too, though no socket can be had."""
    student = notebook(
        "import asyncio\nasync def twice(x):\n    await asyncio.sleep(0.01)\n    return 2 * x",
        "both = await asyncio.gather(twice(1), twice(2))",
        "other = await asyncio.to_thread(lambda: 7)",
        "def f(): return both, other",
    )
    assert student.loaded.raised == ()
    assert student.value() == ([2, 4], 7)


def test_a_function_may_display_when_it_is_called(notebook):
    """`display` is there for the calls after the cells as well, and goes nowhere."""
    assert notebook("def f():\n    display(1)\n    return 7").value() == 7


def test_a_cell_that_runs_too_long_ends_alone(hurried):
    """Past a call's CPU time or wall time a cell is told as that, and the cells after it run."""
    cells = ("while True: pass", "import time\ntime.sleep(60)", "def f(): return 7")
    limits = {"call_cpu_seconds": 1.0, "call_wall_seconds": 4.0}
    loaded = hurried(*cells, **limits)
    assert [(each.type, each.cell) for each in loaded.raised] == [("CellTimeout", 1), ("CellTimeout", 2)]
    assert loaded.signatures == {"f": "()"}


@pytest.mark.parametrize(
    "source",
    [
        "import time\nwhile True:\n    try:\n        while True: time.time()\n    except BaseException: pass",
        "import itertools\nsum(itertools.repeat(0))",
    ],
    ids=["swallows", "in C"],
)
def test_a_cell_that_can_not_be_interrupted_ends_its_process(hurried, source):
    """A cell that swallows its end, or never lets Python look, is stopped for its CPU time all the same."""
    with pytest.raises(Stopped) as stopped:
        hurried(source)
    assert stopped.value.limit == "cpu"


def test_all_cells_together_keep_the_submissions_limit(hurried):
    """Cells that stay below the limit one by one can't go on past the limit of all."""
    with pytest.raises(Stopped) as stopped:
        hurried(*["import time\nend = time.process_time() + 0.8\nwhile time.process_time() < end: pass"] * 12)
    assert stopped.value.limit == "cpu"


def test_a_call_after_the_cells_keeps_the_limit_of_a_call(notebook):
    """Only the cells have the time of all: a call of a notebook's function is stopped as any other."""
    student = notebook("def f():\n    while True: pass")
    with pytest.raises(Stopped) as stopped:
        student.call()
    assert stopped.value.limit == "cpu"


def test_a_notebook_of_very_many_failures_is_still_loaded(notebook):
    """However much a notebook's failing cells say, the functions of the other cells are found."""
    student = notebook(*["raise ValueError('x' * 2000)"] * 300, "def f(): return 7")
    assert student.loaded.signatures == {"f": "()"}
    assert 0 < len(student.loaded.raised) <= 50


def test_a_notebooks_forbidden_functions_are_refused(sandbox):
    """What an exercise forbids is refused to a notebook's functions, though a magic has hidden it from the rules."""
    process = sandbox.start(notebook=True)
    cells = ("import torch\n%time hidden = torch.autograd.functional.vjp", "def f(x): return hidden(torch.sin, x, x)")
    names = ("torch.autograd.functional.vjp",)
    process.ask(Load("work.ipynb", cells, notebook=True, entries=("f",), forbidden=names))
    raised = process.ask(Call("f", (1.0,))).observations[0].raised
    assert raised.type == "ForbiddenCall"
    process.close()


def test_a_file_is_never_run_as_a_notebook(sandbox):
    """A process of the first zygote has no IPython: a notebook that came to it would be our failure, and ends it."""
    process = sandbox.start()
    with pytest.raises(Stopped, match="exit code 1"):
        process.ask(Load("work.ipynb", ("1",), notebook=True, entries=()))
    assert "ModuleNotFoundError" in process.printed.decode()
