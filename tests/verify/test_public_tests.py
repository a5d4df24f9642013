"""Public tests, run as a student runs them: they pass on the solution, and fail on the starter."""

from dataclasses import replace as changed
from pathlib import Path

import pytest

from grader.verify import public_tests
from grader.verify.public_tests import check_public_tests, summary


@pytest.fixture
def problems(throw_away):
    """Return what gives the broken rules of the public tests, as file and words."""

    def problems_now():
        return [(each.path, each.problem) for each in check_public_tests(throw_away.load().exercises)]

    return problems_now


def test_public_tests_that_do_their_work_break_nothing(problems, throw_away):
    """They pass on the solution and fail on the starter, and leave nothing behind in the exercise's folder."""
    before = sorted(throw_away.given.iterdir())
    assert problems() == []
    assert sorted(throw_away.given.iterdir()) == before


def test_public_tests_that_the_solution_does_not_pass_are_told(problems, throw_away, replace):
    """What failed stands in the message."""
    replace(throw_away.public, "== 2.0", "== 3.0")
    ((path, problem),) = problems()
    assert path == throw_away.public
    assert problem.startswith("the solution does not pass the public tests: E ")
    assert "assert 2.0 == 3.0" in problem
    assert "FAILED double/test_double.py::test_one" in problem


def test_public_tests_that_the_starter_passes_are_told(problems, throw_away, replace):
    """Tests that an empty exercise passes teach nothing."""
    replace(throw_away.public, "assert double(1.0) == 2.0", "assert callable(double)")
    assert problems() == [(throw_away.public, "the starter does not fail the public tests")]


def test_public_tests_that_cannot_be_collected_are_told(problems, throw_away):
    """A file that is no Python neither passes on the solution nor fails on the starter."""
    throw_away.public.write_text("def (\n", encoding="utf-8")
    (on_solution, on_starter) = problems()
    assert on_solution[0] == throw_away.public
    assert "def (" in on_solution[1]
    assert on_starter == (throw_away.public, "the starter does not fail the public tests")


def test_a_file_without_tests_is_told(problems, throw_away, replace):
    """No tests are not passed tests."""
    replace(throw_away.public, "def test_one", "def one")
    assert [problem.partition(":")[0] for _, problem in problems()] == [
        "the solution does not pass the public tests",
        "the starter does not fail the public tests",
    ]


def test_public_tests_are_alone_with_the_exercise(problems, throw_away, replace):
    """A student has neither the solutions nor the course around the folder, so the tests don't either."""
    line = "from pathlib import Path\n    assert sorted(p.name for p in Path(__file__).parent.glob('*.*')) == "
    replace(throw_away.public, "assert double(1.0)", f"{line}['double.py', 'test_double.py']\n    assert double(1.0)")
    assert problems() == []


def test_each_exercise_is_told_by_its_own_failure(throw_away, replace):
    """What fails in one exercise is not told of another."""
    (exercise,) = throw_away.load().exercises
    other = changed(exercise, slug="triple")
    for path, copy in (
        (exercise.starter, other.starter),
        (exercise.solution, other.solution),
        (exercise.public_tests, other.public_tests),
    ):
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(path.read_text(encoding="utf-8").replace("double", "triple"), encoding="utf-8")
    replace(exercise.public_tests, "== 2.0", "== 3.0")
    replace(other.public_tests, "== 2.0", "== 4.0")
    first, second = check_public_tests([exercise, other])
    assert "test_double.py" in first.problem
    assert "test_triple.py" not in first.problem
    assert "test_triple.py" in second.problem
    assert "test_double.py" not in second.problem


def is_running(pid):
    """Whether a process runs; one that has ended and waits to be reaped does not."""
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_public_tests_without_end_are_told(problems, throw_away, replace, monkeypatch, tmp_path):
    """A loop in an author's test is a broken rule like any other, and nothing of it runs on."""
    monkeypatch.setattr(public_tests, "SECONDS", 5)
    pid = tmp_path / "pid"
    endless = f"import os, pathlib\n    pathlib.Path({str(pid)!r}).write_text(str(os.getpid()))\n    while True: pass"
    replace(throw_away.public, "assert double(1.0) == 2.0", endless)
    assert {path for path, _ in problems()} == {throw_away.public}
    assert not is_running(pid.read_text(encoding="utf-8"))


def test_a_summary_is_what_pytest_says_in_short():
    """The lines that tell an error come first, at most three of them."""
    assert summary("..F\nE   one\nE   two\nnoise\nFAILED a\nERROR b") == "E   one | E   two | FAILED a"


def test_a_summary_of_something_else_is_its_end():
    """Where pytest itself could not run, the last that was said is the best there is."""
    assert summary("x" * 300 + "the end") == "x" * 193 + "the end"
