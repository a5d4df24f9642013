"""Public tests in the sandbox: each passes, fails, raises or is stopped, and the student is told why."""

import pytest

from grader.catalogue.visible_tests import visible_tests
from grader.errors import UserError
from grader.learn.handout import HandedOut
from grader.learn.public_tests import PublicRunner

TESTS = '''"""Public tests."""

import pytest
from double import double

N = 3


def test_it():
    """Twice.

    两倍。
    """
    assert double(N) == 6


@pytest.mark.parametrize("x", [1, 2])
def test_more(x):
    """Twice again.

    再来两倍。
    """
    assert double(x) == 2 * x
'''


@pytest.fixture
def exercise(tmp_path):
    """Return a released exercise of our own."""
    folder = tmp_path / "double"
    folder.mkdir()
    (folder / "README.md").write_text("# Double\n", encoding="utf-8")
    (folder / "double.py").write_text("def double(x):\n    raise NotImplementedError\n", encoding="utf-8")
    (folder / "test_double.py").write_text(TESTS, encoding="utf-8")
    return HandedOut("double", folder / "double.py")


@pytest.fixture
def report(exercise, sandbox):
    """Return what runs the public tests on a source, in the sandbox of this session."""
    runner = PublicRunner()
    runner._sandbox = sandbox

    def run(*cells, language="en"):
        return runner.report_on(exercise, cells, language)

    yield run
    runner._sandbox = None


def test_a_right_answer_passes_them_all(report):
    """Titles are the tests' own, in the student's language."""
    found = report("def double(x): return 2 * x", language="zh")
    assert found.passed
    assert [each.title for each in found.checks] == ["两倍。", "再来两倍。"]


def test_a_wrong_answer_is_told_the_assert_that_failed(report):
    """Every value of a repeated test is tried."""
    found = report("def double(x): return 6 if x == 3 else 2")
    assert [each.verdict for each in found.checks] == ["passed", "failed"]
    assert found.checks[1].message == "    assert double(x) == 2 * x"
    assert not found.passed


def test_an_exception_is_told_with_the_students_line(report):
    """The line of the student's own code where it came from."""
    found = report("def double(x):\n    return [][x]")
    assert [each.verdict for each in found.checks] == ["error", "error"]
    assert found.checks[0].message == "    return [][x]\nIndexError: list index out of range"


def test_what_is_not_written_is_called_so(report):
    """A starter fails in words, not with a traceback."""
    found = report("def double(x):\n    raise NotImplementedError")
    assert {each.message for each in found.checks} == {"This is not written yet."}


def test_a_crash_costs_one_test(report):
    """The next one gets a process of its own."""
    found = report("import os\ndef double(x):\n    return os._exit(3) if x == 3 else 2 * x")
    assert [each.verdict for each in found.checks] == ["crashed", "passed"]


def test_a_source_that_can_not_be_read_is_refused(report):
    """As when it is handed in."""
    with pytest.raises(UserError, match="empty"):
        report("  ")


def test_the_setup_is_that_of_the_file(exercise):
    """Constants of the tests are there when they run."""
    assert visible_tests(exercise.file.with_name("test_double.py"), "double").setup == "N = 3"
