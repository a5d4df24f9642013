"""The pytest plugin of hidden tests."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from grader.comparison.evidence import Aspect
from grader.judge import plugin
from grader.judge.check import probe_seed
from grader.judge.findings import CheckFailed
from grader.judge.plugin import check_id, short_failure, slug_of
from grader.wording.message import message

HIDDEN = '''
import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import probe


@pytest.mark.check("documented", points=0.5)
def test_value(student):
    """One.

    一。
    """
    student.call(torch.ones(2)).must_equal(2 * torch.ones(2))


@pytest.mark.check("probes", points=0.5)
@probe(st.integers(0, 50))
def test_small_numbers(student, case):
    """Two.

    二。
    """
    student.call(case).must_equal(2 * case)
'''


@pytest.fixture(scope="module")
def plain(tmp_path_factory, course_writer):
    """Return what runs plain pytest in a throw-away course on a file, and returns its exit code and output."""
    root = tmp_path_factory.mktemp("course")
    exercise = course_writer(root, "doubled", HIDDEN)

    def run(source):
        submission = root / "handed_in" / "doubled.py"
        submission.parent.mkdir(exist_ok=True)
        submission.write_text(source, encoding="utf-8")
        return run_pytest(root, exercise.hidden_tests, "--submission", submission)

    return run


def run_pytest(folder, *arguments):
    """Run pytest in a process of its own; return its exit code and output."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--color=no", *map(str, arguments)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    return done.returncode, done.stdout + done.stderr


def raised_by(function):
    """Return what `function` raises, as pytest hands it on."""
    with pytest.raises(BaseException) as caught:  # noqa: PT011 - any
        function()
    return caught


def test_names_lead_to_exercise_and_check():
    """A hidden test file names its exercise, and a test function its check."""
    assert slug_of(Path("tests/hidden/weights/test_weighted_grad_hidden.py")) == "weighted_grad"
    assert check_id("test_result_owns_its_memory") == "result_owns_its_memory"


def test_a_probe_seed_belongs_to_secret_exercise_and_check():
    """The seed of a check's probes is the same again for the same secret, exercise and check, and another else."""
    seed = probe_seed(b"secret", "weighted_grad", "square_maps")
    assert seed == probe_seed(b"secret", "weighted_grad", "square_maps")
    others = [
        (b"other", "weighted_grad", "square_maps"),
        (b"secret", "sum_backward", "square_maps"),
        (b"secret", "weighted_grad", "oblong_maps"),
    ]
    seeds = {probe_seed(*each) for each in others}
    assert len(seeds | {seed}) == 1 + len(others)
    assert 0 <= seed < 2**64


def test_a_probe_seed_is_the_same_in_every_version():
    """The seed of a check stays what it is, so that a regrade draws what the first grading drew."""
    assert probe_seed(b"self-study", "weighted_grad", "single_precision") == 12462205659336519215


def test_a_finding_is_its_own_report():
    """A failed hidden check is reported by its words; what is no finding, by its traceback."""
    finding = message("judge.carries_graph")

    def fail():
        raise CheckFailed(finding, Aspect.GRAPH)

    assert short_failure(raised_by(fail)) == finding.text("en")
    words = short_failure(raised_by(lambda: 1 / 0))
    assert "ZeroDivisionError" in words
    assert "test_plugin.py" in words


def test_the_marker_is_known_to_every_pytest(request):
    """Every pytest of the environment knows the marker of a hidden check, and how it is written."""
    markers = request.config.getini("markers")
    assert any(each.startswith("check(part, *, points, covers=(), needs=None):") for each in markers)


def test_hidden_tests_are_left_out_without_a_submission(request):
    """Where there is no submission to judge, hidden test files are not collected, and other files are."""
    folder = Path("tests")
    assert plugin.pytest_ignore_collect(folder / "hidden" / "test_doubled_hidden.py", request.config) is True
    assert plugin.pytest_ignore_collect(folder / "test_doubled.py", request.config) is None
    assert plugin.pytest_ignore_collect(folder / "data_hidden.txt", request.config) is None


def test_a_submission_that_cannot_be_opened_is_a_usage_error(tmp_path, monkeypatch, course_writer):
    """A path with nothing behind it, or a folder without a course, is told in a sentence of pytest's own."""
    nothing = tmp_path / "nothing.py"
    config = SimpleNamespace(
        stash=pytest.Stash(),
        getoption=lambda _name, default=None: nothing,  # noqa: ARG005 - pytest's own signature
        addinivalue_line=lambda _name, _line: None,
        add_cleanup=lambda _close: None,
    )
    monkeypatch.chdir(tmp_path)
    with pytest.raises(pytest.UsageError, match=r"no config\.yaml at or above"):
        plugin.pytest_configure(config)
    course_writer(tmp_path, "doubled", HIDDEN)
    with pytest.raises(pytest.UsageError, match=r"nothing\.py"):
        plugin.pytest_configure(config)


def test_a_wrong_submission_fails_by_plain_pytest_with_its_finding(plain):
    """A wrong file fails the tests that it should, told by findings and not by a traceback of the grader."""
    code, output = plain("def answer(x):\n    return 2 * x if isinstance(x, int) and x < 30 else None")
    assert code == pytest.ExitCode.TESTS_FAILED, output
    assert "2 failed" in output
    assert "result is None; was it printed instead of returned?" in output
    assert "x = 30\n" in output
    assert "answer.py" not in output


def test_the_projects_own_solution_passes_by_plain_pytest(root):
    """An instructor may run hidden tests on a file by plain pytest; the repository's own solution passes its own."""
    submission = "solutions/weights/weighted_grad/weighted_grad.py"
    code, output = run_pytest(root, "tests/hidden/weights/test_weighted_grad_hidden.py", "--submission", submission)
    assert code == pytest.ExitCode.OK, output
    assert " passed" in output
