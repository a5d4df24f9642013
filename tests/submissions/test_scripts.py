"""Python files that were once notebooks."""

import pytest

from grader.submissions.scripts import without_magics


@pytest.mark.parametrize(
    "line",
    [
        "!pip install torch",
        "%matplotlib inline",
        "%%time",
        "!ls /kaggle/input",
        "    !wget http://x",
        "%cd /content",
        "%pip install x",
    ],
)
def test_what_only_a_notebook_understands_is_left_out(line):
    """A command or a magic becomes a line that does nothing, in its place, and is told by its number."""
    text, lines = without_magics(f"import torch\n{line}\nx = 1\n")
    assert lines == (2,)
    assert text.splitlines()[0::2] == ["import torch", "x = 1"]
    assert text.splitlines()[1].strip() == "pass"


@pytest.mark.parametrize(
    "source",
    [
        "x = (7\n     % time)",
        "y = [1,\n    %(a)s]",
        "# !pip install\n",
        "if x != y: pass",
        "a = 5\nb = a %time",
        "'''\n%d items\n'''",
    ],
)
def test_what_is_python_stays(source):
    """A line of Python that looks a little like a command stays."""
    assert without_magics(source) == (source, ())
