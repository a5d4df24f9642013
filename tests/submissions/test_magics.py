"""How a notebook's cell becomes Python for who reads it without running it."""

import ast

import pytest

from grader.submissions.magics import as_python
from grader.submissions.submission import SourceFile

LINES = {
    "%matplotlib inline": "pass",
    "!pip install torch": "pass",
    "    !ls": "pass",
    "?grad": "pass",
    "torch.autograd.grad??": "pass",
    "/f 1": "pass",
    "files = !ls": "files = None",
    "where = %pwd": "where = None",
    "%time y = f(x)": "y = f(x)",
    "y = %time f(x)": "y = f(x)",
    "%timeit -n 10 -r3 f(x)": "f(x)",
    "%prun f(x)": "f(x)",
    "x = 7 % 3": "x = 7 % 3",
    "assert x != 3": "assert x != 3",
    "d['%a'] = 'b?'": "d['%a'] = 'b?'",
    "while x == -y: z = x != y  # why?": "while x == -y: z = x != y  # why?",
    "def f(x):  # %time": "def f(x):  # %time",
}


@pytest.mark.parametrize(("written", "read"), LINES.items())
def test_a_line_is_read_as_python(written, read):
    """A magic is left out, or becomes the code that it runs; any other line stays as it is."""
    assert as_python(f"a = 1\n{written}\nb = 2").splitlines()[1].strip() == read


@pytest.mark.parametrize("magic", ["%%time", "%%timeit -n 5", "%%capture out", "%%prun"])
def test_the_body_of_a_cell_magic_that_runs_it_is_read(magic):
    """A cell that is only timed or silenced is read with its lines in their places."""
    assert as_python(f"\n{magic}\ndef grad(x):\n    return x\n") == "\n\ndef grad(x):\n    return x\n"


@pytest.mark.parametrize("magic", ["%%bash", "%%writefile grad.py", "%%timer", "%%html"])
def test_the_body_of_any_other_cell_magic_is_no_code(magic):
    """A cell that goes elsewhere defines nothing."""
    assert as_python(f"{magic}\ndef grad(x): return x") == ""


@pytest.mark.parametrize("source", ["    a = 1\n    b = 2\n", "\n\ta = 1\n\tb = 2\n", ">>> a = 1\n>>> b = 2\n"])
def test_a_pasted_cell_is_read_as_ipython_does(source):
    """A cell that is indented as a whole, or copied with its prompts, is Python without them."""
    assert [type(each) for each in ast.parse(as_python(source)).body] == [ast.Assign, ast.Assign]


def test_a_hostile_cell_is_read_in_a_blink():
    """Very long cells and lines of magics, quotes and blanks are gone through once."""
    for hostile in ("%a\n" * 100_000, " " * 200_000 + "%", "a." * 100_000 + "?x", "a=" * 50_000, "\n" * 100_000 + "%%"):
        assert isinstance(as_python(hostile), str)


def test_only_a_notebook_has_magics():
    """A file is read as it is."""
    assert SourceFile("a.py", ("%a",), notebook=False).python == ("%a",)
    assert SourceFile("a.ipynb", ("%a",), notebook=True).python == ("pass",)
