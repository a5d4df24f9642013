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


def test_magics_stay_as_they_are(make):
    """What IPython would read differently from Python is kept as it was written, and nothing is run."""
    source = "%matplotlib inline\n!touch x\nfiles = !ls\ngrad?\n"
    assert cells(make.notebook(source, "%%bash\nrm -rf /")) == (source, "%%bash\nrm -rf /")


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
