"""One submission for plain pytest."""

import contextlib

import pytest

from grader.errors import ContentError, UserError
from grader.judge import one_submission
from grader.judge.findings import SubmissionUnusable
from grader.judge.one_submission import open_submission

SOURCE = "def answer(x):\n    return 2 * x"


@pytest.fixture
def folder(tmp_path, monkeypatch, course_writer):
    """Return a throw-away course's folder, which is the working folder."""
    course_writer(tmp_path, "doubled", "")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def opened(folder, sandbox, monkeypatch):
    """Return what opens a submission of one file, in the sandbox that all tests share, and closes it after the test."""
    monkeypatch.setattr(one_submission, "open_sandbox", lambda _course: contextlib.nullcontext(sandbox))
    stack = contextlib.ExitStack()

    def open_file(name="doubled.py", text=SOURCE):
        path = folder / "handed_in" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return stack.enter_context(open_submission(path))

    with stack:
        yield open_file


def test_a_file_becomes_the_student_of_its_exercise(opened):
    """The submission's function can be called by every check, in the same process."""
    students = opened()
    students("doubled", "first").call(4).must_equal(8)
    assert students("doubled", "first").talk.run is students("doubled", "second").talk.run


def test_a_file_that_cannot_be_called_raises_at_every_call(opened):
    """A broken file makes each check fail by its words, not the fixture that hands it over."""
    student = opened(text="1 / 0")("doubled", "first")
    for call in (student.call, student.call_twice, student.observe):
        with pytest.raises(SubmissionUnusable):
            call(1)


def test_the_rules_of_the_exercise_go_with_it(opened, folder):
    """Entry points, parameter names, and what is forbidden and required, are those of the course."""
    sheet = folder / "exercises" / "unit" / "doubled" / "exercise.yaml"
    text = sheet.read_text(encoding="utf-8")
    sheet.write_text(f"{text}forbidden: [torch.sin]\nrequired: [.backward]\n", encoding="utf-8")
    program = opened(text="def answer(x):\n    return x.backward()")("doubled", "first").program
    assert (program.entries, program.parameters) == (("answer",), {"answer": ("x",)})
    assert (program.forbidden, program.required) == (("torch.sin",), (".backward",))


def test_the_course_is_found_from_a_folder_inside(opened, folder, monkeypatch):
    """The course around the working folder is the one that counts."""
    monkeypatch.chdir(folder / "exercises" / "unit")
    assert opened()("doubled", "first").program.entries == ("answer",)


def test_a_submission_without_the_exercise_is_told(opened):
    """A file that answers another exercise is told with what would answer this one."""
    students = opened("unlike.py", "x = 1")
    with pytest.raises(UserError, match=r"doubled\.py"):
        students("doubled", "first")


def test_hidden_tests_of_no_exercise_are_told(opened):
    """Hidden tests that judge no exercise of the course are told with their name and the file that lists exercises."""
    students = opened()
    with pytest.raises(ContentError, match="stray is no exercise of this course; add it") as caught:
        students("stray", "first")
    assert caught.value.path.name == "config.yaml"


def test_there_must_be_a_course(tmp_path, monkeypatch):
    """Outside of a course there is nothing to judge by, and the remedy is told."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserError, match="--course"), open_submission(tmp_path):
        pytest.fail("there is no course")
