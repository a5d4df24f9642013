"""How the code cells of a notebook are read."""

import json
from dataclasses import replace

import pytest

from grader.submissions.limits import DEFAULT_LIMITS
from grader.submissions.notebook import notebook_cells
from grader.submissions.refusal import RefusedError
from grader.submissions.tally import Tally


def cells(content, **limits):
    return notebook_cells(content, name="a.ipynb", tally=Tally(replace(DEFAULT_LIMITS, **limits)))


def encoded(value):
    return json.dumps(value).encode()


def test_code_cells_come_in_order_without_text(make):
    """The code cells are read in their order; text cells are left out."""
    assert cells(make.notebook("a = 1", "b = 2\n")) == ("a = 1", "b = 2\n")


def test_a_cell_in_lines_is_joined(make):
    """A source that is stored in lines is the same as one that is stored whole."""
    assert cells(make.notebook(["a = 1\n", "b = 2"])) == ("a = 1\nb = 2",)


def test_a_byte_order_mark_is_no_harm(make):
    """A notebook that an editor saved with a byte order mark is read."""
    assert cells(b"\xef\xbb\xbf" + make.notebook("a = 1")) == ("a = 1",)


def test_magics_become_calls(make):
    """Line magics, shell commands and help become calls of get_ipython, and nothing is run."""
    (cell,) = cells(make.notebook("%matplotlib inline\n!touch x\nfiles = !ls\ngrad?\nx = 7 % 3\n"))
    assert cell.splitlines() == [
        "get_ipython().run_line_magic('matplotlib', 'inline')",
        "get_ipython().system('touch x')",
        "files = get_ipython().getoutput('ls')",
        "get_ipython().run_line_magic('pinfo', 'grad')",
        "x = 7 % 3",
    ]


def test_a_cell_magic_swallows_its_cell(make):
    """A cell of another language becomes one call that carries its text."""
    assert cells(make.notebook("%%bash\nrm -rf /")) == ("get_ipython().run_cell_magic('bash', '', 'rm -rf /\\n')\n",)


@pytest.mark.parametrize("magic", ["%%time", "%%capture out"])
def test_a_timed_cell_stays_python(make, magic):
    """A cell that is only timed or silenced defines its functions for the rest of the notebook."""
    (cell,) = cells(make.notebook(f"{magic}\ndef grad(x):\n    return x\n"))
    assert cell.strip() == "def grad(x):\n    return x"


def test_an_indented_cell_is_dedented(make):
    """A cell whose first line is indented is read as Jupyter runs it."""
    assert cells(make.notebook("    a = 1\n    b = 2\n")) == ("a = 1\nb = 2\n",)


def test_a_cell_that_cannot_be_transformed_stays(make, monkeypatch):
    """Where IPython gives up on a cell, the cell is kept as it was written."""

    def give_up(_self, cell):
        raise RuntimeError(cell)

    monkeypatch.setattr("IPython.core.inputtransformer2.TransformerManager.transform_cell", give_up)
    assert cells(make.notebook("%time grad()")) == ("%time grad()",)


def test_a_cell_made_to_keep_ipython_busy_stays(make):
    """A cell of so many magics that reading it takes minutes is kept; the cells around it are transformed."""
    hostile = "%a\n" * 20_000
    before, kept, after = cells(make.notebook("%a", hostile, "%b"))
    assert before == "get_ipython().run_line_magic('a', '')\n"
    assert kept == hostile
    assert after == "get_ipython().run_line_magic('b', '')\n"


def test_all_magics_share_one_budget(make):
    """Once a submission has used up the time for its magics, later cells are kept as they are."""
    found = cells(make.notebook("%a", "x = 1", "%b"), max_magic_work=50)
    assert found == ("get_ipython().run_line_magic('a', '')\n", "x = 1", "%b")


def test_a_huge_cell_with_a_magic_stays(make):
    """A cell larger than anybody writes by hand is kept as it is."""
    huge = "%a\n" + "x = 1\n" * 11_000
    assert cells(make.notebook(huge)) == (huge,)


def test_an_older_notebook_is_upgraded():
    """A notebook of format 3 is read like one of format 4."""
    code = {"cell_type": "code", "language": "python", "input": "a = 1", "outputs": [], "metadata": {}}
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": [code]}]}
    assert cells(encoded(old)) == ("a = 1",)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"not json",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"1" * 10_000,
        b"[]",
        b"null",
        b"{}",
        encoded({"nbformat": "4", "cells": []}),
        encoded({"nbformat": 4}),
        encoded({"nbformat": 4, "cells": {}}),
        encoded({"nbformat": 4, "cells": [1]}),
        encoded({"nbformat": 4, "cells": [{"cell_type": "code", "source": 1}]}),
        encoded({"nbformat": 4, "cells": [{"cell_type": "code", "source": [1]}]}),
        encoded({"nbformat": 3}),
        encoded({"nbformat": 3, "worksheets": 1}),
        encoded({"nbformat": 2, "worksheets": [{"cells": [{}]}]}),
        encoded({"nbformat": -1}),
    ],
)
def test_what_is_no_notebook_is_refused(content):
    """JSON that is broken, too deep, or not shaped as a notebook is refused."""
    with pytest.raises(RefusedError, match=r"^a\.ipynb is not a notebook that can be read\. Open it in Jupyter"):
        cells(content)


def test_a_notebook_from_the_future_is_refused():
    """A notebook of an unknown format is refused with its number."""
    with pytest.raises(RefusedError, match="notebook format 5"):
        cells(encoded({"nbformat": 5, "cells": []}))


def test_too_many_cells_are_refused(make):
    """One code cell more than allowed is refused; text cells do not count."""
    assert len(cells(make.notebook("a", "b"), max_cells=2)) == 2
    with pytest.raises(RefusedError, match="more than 2 code cells"):
        cells(make.notebook("a", "b", "c"), max_cells=2)


@pytest.mark.parametrize(("source", "words"), [("a\0", "null character"), ("a = '\ud800'", "not text")])
def test_a_cell_that_is_no_text_is_refused(make, source, words):
    """A cell with a null character or half a character is refused."""
    with pytest.raises(RefusedError, match=words):
        cells(make.notebook(source))
