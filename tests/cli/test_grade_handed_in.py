"""What `grader grade` says of the path that it is given, and of a course that is broken."""

import zipfile

import pytest

from grader.grading import reception
from grader.submissions import intake


def test_a_download_is_told(grader, rehearsal, copied, files):
    """The command says what it took a zip for, and who is in it."""
    with zipfile.ZipFile(copied / "submissions.zip", "w") as archive:
        for name in ("chenmei_101_5001", "ngada_LATE_102_5002"):
            archive.writestr(f"{name}_weighted_grad.py", files.solution.read_text(encoding="utf-8"))
    ended = grader("grade", "submissions.zip", "--out", "marks")
    assert ended.code == 0
    assert "Read as a Canvas download: 2 students." in ended.err
    assert {path.name for path in (copied / "marks").iterdir() if path.is_dir()} == {"chenmei", "ngada"}
    assert rehearsal.started


def test_strays_are_told(grader, rehearsal, students, files):
    """A stray exercise file and the feedback of the run before are named, and nobody is graded for them."""
    (students / "mei").mkdir()
    for place in (students, students / "mei"):
        (place / "weighted_grad.py").write_text(files.starter.read_text(encoding="utf-8"), encoding="utf-8")
    for _ in range(2):
        ended = grader("grade", "class", "--out", "class/feedback")
    assert "Not graded, since it belongs to no student: feedback, weighted_grad.py." in ended.err
    assert {path.name for path in (students / "feedback").iterdir() if path.is_dir()} == {"ada", "bob", "mei"}
    assert rehearsal.started


@pytest.mark.usefixtures("students")
def test_feedback_among_the_submissions_is_refused(refused):
    """The folder of the class itself is no place for feedback."""
    told = refused("grade", "class", "--out", "class")
    assert told == "class holds the submissions; name another folder for the feedback with --out"


@pytest.mark.usefixtures("students")
def test_the_layout_can_be_said(grader, rehearsal):
    """Who knows better says how the path names submissions."""
    grader("grade", "class", "--out", "marks", "--layout", "one")
    assert "does not name its files as a Moodle download does" in grader("grade", "class", "--layout", "moodle").err
    assert rehearsal.started


BROKEN = {
    "misconceptions": ("- id: M01\n  title: [", "solutions/misconceptions.yaml:2: this is not valid YAML"),
    "hidden": ("def test_x(:\n", "test_weighted_grad_hidden.py:1: this is not valid Python"),
    "solution": (
        "def weighted_grad(:\n",
        "solutions/weights/weighted_grad/weighted_grad.py:1: this is not valid Python",
    ),
    "quiz": ("version: 1\nanswers: 3\n", "solutions/weights/quiz.yaml:2"),
    "wrong": ("x = 1\n", "m999_unheard_of.py: M999 is not in solutions/misconceptions.yaml"),
    "config": ("imports: [no_such_package]\n", "config.yaml:"),
}


@pytest.fixture
def places(copied, files):
    """Return where each part of the course lies."""
    return {
        "misconceptions": copied / "solutions" / "misconceptions.yaml",
        "hidden": files.hidden,
        "solution": files.solution,
        "quiz": copied / "solutions" / "weights" / "quiz.yaml",
        "wrong": files.wrong / "m999_unheard_of.py",
        "config": files.config,
    }


@pytest.mark.usefixtures("students")
@pytest.mark.parametrize("part", BROKEN)
def test_a_broken_course_is_told_before_anybody_is_read(refused, places, monkeypatch, part):
    """One sentence with file and line, exit code 2, and no submission touched."""
    content, words = BROKEN[part]
    before = places[part].read_text(encoding="utf-8") if part == "config" else ""
    places[part].write_text(before + content, encoding="utf-8")

    def touched(*_given, **_named):
        pytest.fail("a submission was read")

    monkeypatch.setattr(intake, "read_submission", touched)
    assert words in refused("grade", "class", "--out", "marks")
    assert not (places["config"].parent / "marks").exists()


def test_the_end_of_a_run_says_where_the_log_is(grader, rehearsal, students, copied, monkeypatch):
    """Where something failed in the grader itself, the last lines name the log; an earlier run's is not named."""
    (copied / "marks").mkdir()
    (copied / "marks" / "internal.log").write_text("of an earlier run")
    assert "internal.log" not in grader("grade", students, "--out", "marks").out

    def breaks(*_given, **_named):
        raise RuntimeError("broken on purpose")

    (students / "ada.py").write_text("# handed in anew, else it is not read again", encoding="utf-8")
    monkeypatch.setattr(reception, "read_submission", breaks)
    assert "what failed in the grader itself: marks/internal.log" in grader("grade", students, "--out", "marks").out
    assert rehearsal.started
