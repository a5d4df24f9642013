"""The magic `check` in a shell: which cells are judged, what runs in the kernel, and what is shown."""

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

import grader
from grader.errors import UserError
from grader.jupyter import magic
from grader.jupyter.verdict import Shown


class StandIn:
    """Stands in for the desk of a kernel."""

    def __init__(self):
        self.asked = []
        self.problem = None

    def answer(self, ask, cells, _here):
        """Note what was asked."""
        self.asked.append((ask.slug, tuple(cells)))
        if self.problem:
            raise self.problem
        return Shown("<p>html</p>", "the verdict")


@pytest.fixture
def stand_in(monkeypatch):
    """Replace the desk."""
    made = StandIn()
    monkeypatch.setattr(magic, "desk", lambda: made)
    return made


@pytest.fixture
def shell(tmp_path, monkeypatch):
    """Yield a shell that has loaded the extension."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    InteractiveShell.clear_instance()
    made = InteractiveShell.instance(colors="nocolor")
    made.history_manager.enabled = False
    grader.load_ipython_extension(made)
    yield made
    made.builtin_trap.__exit__(None, None, None)
    InteractiveShell.clear_instance()


def ran(shell, source):
    """Run a cell as a notebook does; return what it put out."""
    with capture_output() as captured:
        shell.run_cell(source, store_history=True)
    return captured


def test_every_cell_that_ran_is_judged_the_checked_one_last(shell, stand_in):
    """Each at the place of its number, so that a line of cell 2 is one of In [2]."""
    ran(shell, "x = 1")
    ran(shell, "1 / 0")
    ran(shell, "%%check weighted_grad\ndef weighted_grad(): return x")
    cells = ("x = 1", "1 / 0", "%%check weighted_grad\ndef weighted_grad(): return x")
    assert stand_in.asked == [("weighted_grad", cells)]
    ran(shell, "y = 2\n%check weighted_grad")
    assert stand_in.asked[1] == ("weighted_grad", (*cells, "y = 2\n%check weighted_grad"))


@pytest.mark.usefixtures("stand_in")
def test_the_cell_runs_in_the_kernel_too(shell):
    """What it defines is there afterwards, and what it prints comes above the verdict."""
    put_out = ran(shell, "%%check weighted_grad\nz = 5\nprint('hello')")
    assert shell.user_ns["z"] == 5
    assert put_out.stdout.startswith("hello\n")
    assert put_out.outputs[0].data == {"text/plain": "the verdict", "text/html": "<p>html</p>"}


def test_a_syntax_error_is_told_once(shell, stand_in):
    """By the kernel, with its line; nothing is judged."""
    put_out = ran(shell, "%%check weighted_grad\ndef f(:")
    assert "SyntaxError" in put_out.stdout + put_out.stderr
    assert stand_in.asked == []


def test_a_cell_that_raises_is_judged_all_the_same(shell, stand_in):
    """A failing assert of the student's own below the function says nothing against the function."""
    put_out = ran(shell, "%%check weighted_grad\ndef weighted_grad(): pass\nassert False")
    assert "AssertionError" in put_out.stdout + put_out.stderr
    assert len(stand_in.asked) == 1


def test_an_interrupted_cell_is_not_judged(shell, stand_in):
    """Who stops a cell waits for nothing more."""
    ran(shell, "%%check weighted_grad\nraise KeyboardInterrupt")
    assert stand_in.asked == []


def test_a_mistake_is_one_sentence(shell, stand_in):
    """Without a traceback."""
    stand_in.problem = UserError("there is no exercise weightd_grad; did you mean weighted_grad?")
    put_out = ran(shell, "%check weightd_grad")
    assert put_out.stderr == "grader: there is no exercise weightd_grad; did you mean weighted_grad?\n"
    assert "Traceback" not in put_out.stdout
    assert "%%check weighted_grad above" in ran(shell, "%check").stderr
