"""Submissions that can't be called at all: those that break a rule, don't run, or lack the function."""

import pytest
import torch

from grader.judge.findings import RuleBroken, StudentRaised, StudentStopped, SubmissionUnusable

ONES = torch.ones(2)


def finding_of(kind, call):
    """Return what `call` raises, having seen that both languages can say its finding."""
    with pytest.raises(kind) as caught:
        call()
    assert caught.value.finding.text("zh")
    return caught.value


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("x = 1\nraise ValueError('marker')", "Your file could not be run: ValueError in line 2: marker"),
        ("def answer(x)\n    return x", "Your file could not be run: SyntaxError in line 1"),
        ("def answer(x):\n    return x\nimport sys\nsys.exit(0)", "SystemExit in line 4"),
    ],
)
def test_a_file_that_does_not_run_is_told_at_every_call(new_student, source, words):
    """A file that fails to run is told with its line, for every call alike and without running it again."""
    student = new_student(source)
    problems = [finding_of(SubmissionUnusable, lambda: student.call(ONES)) for _ in range(3)]
    assert all(words in problem.finding.text("en") for problem in problems)
    assert all(problem.raised for problem in problems)
    assert student.spent.stops == 0


def test_memory_that_runs_out_while_the_file_is_run_is_told_as_such(new_student):
    """A file that asks for too much memory while it is run is told so at every call, with the line."""
    student = new_student("import torch\nx = torch.zeros(2**36)\ndef answer(x):\n    return x")
    for _ in range(2):
        problem = finding_of(StudentStopped, lambda: student.call(ONES))
        assert problem.limit == "memory"
        assert "(line 2)" in problem.finding.text("en")


BY_NAME = "import torch\n\ndef answer(x):\n    return torch.sin(x)"
BY_TRICK = "import torch\n\ndef answer(x):\n    return vars(torch.nn.functional)[''.join(['soft', 'sign'])](x)"


def test_what_the_exercise_forbids_is_told_before_anything_runs(new_student):
    """A forbidden function is told by its name and line at every call, and the file is never run."""
    student = new_student("\n" + BY_NAME, forbidden=("torch.sin",))
    started = student.processes.started
    for _ in range(2):
        problem = finding_of(RuleBroken, lambda: student.call(ONES))
        assert "Line 5 of your file uses torch.sin" in problem.finding.text("en")
    student.close()
    assert student.processes.started == started


def test_what_the_exercise_forbids_is_told_by_its_cell(new_student):
    """In a notebook a forbidden function is told by the line in its code cell."""
    student = new_student(cells=("x = 1", BY_NAME), forbidden=("torch.sin",))
    problem = finding_of(RuleBroken, lambda: student.call(ONES))
    assert "Line 4 of code cell 2 uses torch.sin" in problem.finding.text("en")


def test_what_the_exercise_requires_is_told_when_it_is_missing(new_student):
    """A function that the exercise asks for and the source does not use is told by its name."""
    student = new_student(BY_NAME, required=("torch.cos",))
    problem = finding_of(RuleBroken, lambda: student.call(ONES))
    assert "does not use torch.cos" in problem.finding.text("en")


@pytest.mark.parametrize("magic", ["%matplotlib inline", "!ls", "%time 1"])
def test_a_magic_hides_no_forbidden_call(new_student, magic):
    """Magics in a cell leave its other lines, and their numbers, to the rules."""
    student = new_student(cells=("x = 1", f"{magic}\n{BY_NAME}"), forbidden=("torch.sin",))
    problem = finding_of(RuleBroken, lambda: student.call(ONES))
    assert "Line 5 of code cell 2 uses torch.sin" in problem.finding.text("en")


def test_a_forbidden_call_by_another_way_is_refused(new_student):
    """A forbidden function that was come by in a way that the source does not show is refused when it is called."""
    student = new_student(BY_TRICK, forbidden=("torch.nn.functional.softsign",))
    problem = finding_of(RuleBroken, lambda: student.call(ONES))
    assert "torch.nn.functional.softsign is not allowed" in problem.finding.text("en")
    assert "(line 4)" in problem.finding.text("en")
    student.close()
    allowed = new_student(BY_TRICK)
    allowed.call(ONES).must_equal(ONES / 2)
    allowed.close()


def test_an_exception_that_borrows_a_name_is_an_exception(new_student):
    """An exception of the student's own that is called like the refusal is told as the exception that it is."""
    source = "class ForbiddenCall(Exception): pass\ndef answer(x):\n    raise ForbiddenCall('marker')"
    student = new_student(source, forbidden=("torch.sin",))
    problem = finding_of(StudentRaised, lambda: student.call(ONES))
    assert "raised ForbiddenCall in line 3" in problem.finding.text("en")
    student.close()


def test_a_file_that_never_ends_is_run_once(new_student):
    """A file that hangs while it is run is stopped once; every later call is told the same."""
    student = new_student("while True: pass")
    for _ in range(3):
        problem = finding_of(StudentStopped, lambda: student.call(ONES))
        assert problem.limit == "cpu"
    assert student.spent.stops == 1


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("def anwser(x):\n    return x", "Your file defines anwser, but not answer. Rename it to answer."),
        ("def solve(x):\n    return x\nclass Helper: pass", "does not define answer. It defines: solve, Helper."),
        ("number = 3", "does not define answer. It defines: nothing."),
        ("answer = 3", "does not define answer"),
    ],
)
def test_a_missing_function_is_told_with_what_there_is(new_student, source, words):
    """A function that is not there is told with the one that may have been meant, or all there are."""
    student = new_student(source)
    problem = finding_of(SubmissionUnusable, lambda: student.call(ONES))
    assert words in problem.finding.text("en")
    assert problem.raised is None
    student.close()


def test_a_notebook_keeps_what_its_other_cells_define(new_student):
    """A cell that fails does not hide the function of another; an exception is told by cell and line."""
    cells = ("import torch", "raise ValueError", "def answer(x):\n    return 1 / 0")
    student = new_student(cells=cells)
    problem = finding_of(StudentRaised, lambda: student.call(ONES))
    assert "raised ZeroDivisionError in line 2 of code cell 3 of your notebook" in problem.finding.text("en")
    student.close()


def test_a_missing_function_of_a_notebook_is_told_with_the_cell_that_failed(new_student):
    """Where the function is missing because a cell failed, that cell and its exception are told."""
    student = new_student(cells=("x = 1", "\nraise ValueError('marker')\ndef answer(x):\n    return x"))
    problem = finding_of(SubmissionUnusable, lambda: student.call(ONES))
    assert problem.finding.text("en") == (
        "Your notebook does not define answer, and code cell 2 raised ValueError in line 2: marker"
    )
    student.close()


def test_the_function_that_is_missing_is_the_one_named(new_student):
    """Of several entry points, the one that a notebook lacks is named, not the first."""
    student = new_student(cells=("def first(x):\n    return x", "raise ValueError"), entries=("first", "second"))
    problem = finding_of(SubmissionUnusable, lambda: student.call(ONES, entry="second"))
    assert "does not define second" in problem.finding.text("en")
    student.close()
