"""What a student is told when a source could not be loaded: an import, newer syntax, or a stop."""

import sys

import pytest
import torch

from grader.judge.findings import RuleBroken, StudentRaised, StudentStopped, SubmissionUnusable
from grader.judge.outcome import ending_of
from grader.submissions.own_modules import OwnModule

ALLOWED = ("torch", "numpy")
ONES = torch.ones(2)


def finding(student, kind):
    """Return the sentence that a call of the student's function ends with, and the one for lower feedback levels."""
    with pytest.raises(kind) as caught:
        student.call(ONES)
    ending = ending_of(caught.value)
    return ending.finding.text("en"), ending.brief.text("en")


def test_an_import_that_is_not_there_is_told_at_every_level(new_student):
    """The sentence names line, module and what can be imported; it repeats the source alone, so it is told always."""
    student = new_student("import torch\nimport pandas as pd\ndef answer(x): return x", imports=ALLOWED)
    full, brief = finding(student, SubmissionUnusable)
    assert full == brief
    assert full.startswith("Line 2 imports pandas, which is neither among your files nor available here.")
    assert "You can import torch, numpy and Python's standard library." in full


def test_a_module_that_the_source_does_not_name_is_not_repeated(new_student):
    """A text that only pretends to come from an import is no more than what any exception says."""
    student = new_student('raise ModuleNotFoundError("No module named \'sec" + "ret\'")\ndef answer(x): return x')
    full, brief = finding(student, SubmissionUnusable)
    assert full.startswith("Your file could not be run: ModuleNotFoundError in line 1")
    assert brief == "Your code raised ModuleNotFoundError in line 1 of your file."


def test_an_import_that_is_allowed_and_used_is_no_matter(new_student):
    """What the course allows is imported, and an import that may fail is the student's own to handle."""
    source = (
        "import numpy as np\ntry:\n    import pandas\nexcept ImportError:\n    pandas = None\ndef answer(x): return x"
    )
    new_student(source, imports=ALLOWED).call(ONES).must_equal(ONES)


def test_a_notebook_goes_on_after_an_import_that_fails(new_student):
    """The other cells count; what is missing because of the import is told with the import."""
    cells = ["import pandas as pd\nimport torch as t", "def answer(x):\n    return x"]
    new_student(cells=cells, imports=ALLOWED).call(ONES).must_equal(ONES)
    cells[1] = "def answer(x):\n    return t.ones(2)"
    with pytest.raises(StudentRaised) as caught:
        new_student(cells=cells, imports=ALLOWED).call(ONES)
    told = caught.value.finding.text("en")
    assert "name 't' is not defined" in told
    assert "Line 1 of code cell 1 imports pandas, which is neither among your files nor available here." in told


def test_a_late_import_is_told(new_student):
    """An import inside a function is told with the call."""
    with pytest.raises(StudentRaised) as caught:
        new_student("def answer(x):\n    import pandas\n    return x", imports=ALLOWED).call(ONES)
    assert "Line 2 imports pandas" in caught.value.finding.text("en")


def test_newer_syntax_is_told_with_the_graders_python(new_student):
    """A source that does not parse is told which Python reads it."""
    full, _ = finding(new_student("def answer(x):\n    return x\nclass = 3"), SubmissionUnusable)
    version = "{}.{}".format(*sys.version_info)
    assert full.startswith("Your file could not be run: SyntaxError in line 3")
    assert f"It is read by Python {version}, which does not know newer syntax." in full


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("while True: pass", "your code computed for more than"),
        ("import os\nos._exit(3)", "ended by itself"),
        ("import torch\nx = torch.zeros(2**36)", "asked for more memory"),
    ],
)
def test_a_stop_while_the_file_is_loaded_is_told_as_such(new_student, source, words):
    """A student who trains a model at the top of the file learns where the time went."""
    full, brief = finding(new_student(f"{source}\ndef answer(x): return x"), StudentStopped)
    for told in (full, brief):
        assert told.startswith("While your file was being loaded, before any of its functions was called: ")
        assert words in told
    assert "exit code" not in brief


def test_a_stop_in_a_call_says_nothing_of_loading(new_student):
    """A function that hangs was loaded well."""
    full, _ = finding(new_student("def answer(x):\n    while True: pass"), StudentStopped)
    assert full.startswith("Stopped: your code computed")


def test_a_helper_is_loaded_with_its_answer(new_student):
    """The student's own modules reach the process, and count for the rules."""
    source = "from helpers import same\ndef answer(x): return same(x)"
    helper = OwnModule("helpers", "helpers.py", "import torch\ndef same(x):\n    return torch.abs(x)")
    new_student(source, modules=(helper,), imports=ALLOWED).call(ONES).must_equal(ONES)
    with pytest.raises(RuleBroken) as caught:
        new_student(source, modules=(helper,), forbidden=("torch.abs",)).call(ONES)
    assert "Line 3 of helpers.py, which your answer uses, uses torch.abs" in caught.value.finding.text("en")
