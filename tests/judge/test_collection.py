"""Collecting hidden tests: what breaks their form is told by file and line, and no session touches another."""

import os

import pytest

from grader.errors import ContentError
from grader.judge.hidden_tests import HiddenTests


def checks_of(*exercises):
    """Return the checks of each exercise, collected by a session of their own."""
    with HiddenTests(exercises) as tests:
        return [tests.checks(exercise.slug) for exercise in exercises]


ONE_CHECK = '''
import pytest


@pytest.mark.check("edges", points=1)
def test_one(student):
    """{}.

    甲。
    """
'''
WHOLE = ONE_CHECK.format("A")
TITLED = '"""A.\n\n    甲。\n    """'


@pytest.mark.parametrize(
    ("decorators", "body", "words"),
    [
        ("", TITLED, "test_one needs exactly one check marker"),
        ('@pytest.mark.check("edges", points=1)\n@pytest.mark.check("edges", points=1)', TITLED, "exactly one check"),
        ('@pytest.mark.check("edge", points=1)', TITLED, "'edge' is not a valid Part"),
        ('@pytest.mark.check("edges", points=0)', TITLED, "points must be more than 0"),
        ('@pytest.mark.check("edges", points=-1)', TITLED, "points must be more than 0"),
        ('@pytest.mark.check("edges", points=float("nan"))', TITLED, "points must be more than 0"),
        ('@pytest.mark.check("edges", points="many")', TITLED, "the check marker of test_one"),
        ('@pytest.mark.check("edges")', TITLED, "'points'"),
        ("@pytest.mark.check(points=1)", TITLED, "'part'"),
        ('@pytest.mark.check("edges", points=1, cover=["d0-o1"])', TITLED, "'cover'"),
        ('@pytest.mark.check("edges", points=1)', "pass", "two paragraphs"),
        ('@pytest.mark.check("edges", points=1)', '"""Only English."""', "the title in English and in Chinese"),
        ('@pytest.mark.check("edges", points=1)', '"""A.\n\n    甲。\n\n    B.\n    """', "two paragraphs"),
    ],
)
def test_a_check_of_another_form_is_told_by_file_and_line(new_exercise, decorators, body, words):
    """A marker or docstring that breaks its form is told with the file, the line of the check, and what to mend."""
    exercise = new_exercise(f"{decorators}\ndef test_one(student):\n    {body}\n")
    with pytest.raises(ContentError) as caught:
        checks_of(exercise)
    assert words in caught.value.problem
    assert caught.value.path == exercise.hidden_tests
    lines = exercise.hidden_tests.read_text(encoding="utf-8").splitlines()
    first = next(number for number, line in enumerate(lines, 1) if line.startswith(("@", "def test_one")))
    assert first <= caught.value.line <= lines.index("def test_one(student):") + 1


def test_a_probe_of_another_form_is_told_by_its_own_line(new_exercise):
    """The line told of a probe is where the probe stands in the hidden test file, not where probes are made."""
    hidden = '@pytest.mark.check("edges", points=1)\n@probe(entries())\ndef test_one(student, case):\n    """A."""\n'
    exercise = new_exercise(hidden)
    with pytest.raises(ContentError) as caught:
        checks_of(exercise)
    lines = exercise.hidden_tests.read_text(encoding="utf-8").splitlines()
    last = lines.index("def test_one(student, case):") + 1
    assert last - 2 <= caught.value.line <= last


@pytest.mark.parametrize(
    ("hidden", "words"),
    [
        ("def test_one(student:\n", "SyntaxError"),
        ("import not_installed_here\n", "not_installed_here"),
        ("1 / 0\n", "ZeroDivisionError"),
    ],
)
def test_hidden_tests_that_cannot_be_collected_are_told(new_exercise, hidden, words):
    """A hidden test file that can't be imported is told with its path and the reason."""
    exercise = new_exercise(hidden)
    with pytest.raises(ContentError) as caught:
        checks_of(exercise)
    assert caught.value.path == exercise.hidden_tests
    assert "can't be collected" in caught.value.problem
    assert words in caught.value.problem


def test_missing_hidden_tests_are_told(new_exercise):
    """An exercise without its hidden test file is told which to write."""
    exercise = new_exercise("")
    exercise.hidden_tests.unlink()
    with pytest.raises(ContentError, match="the hidden tests are missing; write them") as caught:
        checks_of(exercise)
    assert caught.value.path == exercise.hidden_tests


def test_hidden_tests_without_a_test_are_told(new_exercise):
    """A hidden test file that holds no check is told to the author, not found out by a student."""
    exercise = new_exercise("x = 1")
    with pytest.raises(ContentError):
        checks_of(exercise)


def test_a_course_whose_conftest_fails_is_told(new_exercise):
    """Where pytest itself gives up before it collects, its reason is told."""
    exercise = new_exercise(WHOLE)
    (exercise.hidden_tests.parent / "conftest.py").write_text("1 / 0\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"the hidden tests can't be collected|holds no hidden test"):
        checks_of(exercise)


def test_a_check_that_waits_for_nothing_known_is_told(new_exercise):
    """A check that waits for a check that is not there is an author's slip of the pen, and told as one."""
    check = f'@pytest.mark.check("edges", points=1, needs="test_onne")\ndef test_two(student):\n    {TITLED}\n'
    exercise = new_exercise(check)
    with pytest.raises(ContentError, match="onne"):
        checks_of(exercise)


@pytest.mark.parametrize("needed", ["test_later", "test_itself"])
def test_a_check_waits_for_one_before_it(new_exercise, needed):
    """A check that waits for a later one, or for itself, would never be skipped; the author is told."""
    check = '@pytest.mark.check("edges", points=1{})\ndef test_{}(student):\n    {}\n\n\n'
    first = check.format(f', needs="{needed}"', "itself", TITLED)
    exercise = new_exercise(first + check.format("", "later", TITLED))
    with pytest.raises(ContentError, match=needed.removeprefix("test_")):
        checks_of(exercise)


def test_hidden_tests_changed_since_are_collected_anew(tmp_path, course_writer):
    """A second judge in the same process sees the hidden tests as they are now."""
    titles = []
    for title in ("Before", "After the change"):
        exercise = course_writer(tmp_path, "edited", ONE_CHECK.format(title))
        titles.append(checks_of(exercise)[0][0].title["en"])
    assert titles == ["Before.", "After the change."]


@pytest.mark.parametrize("broken", ["1 / 0\n", "x = 1\n", "def test_one(student:\n", "def test_one(student): pass\n"])
def test_hidden_tests_mended_since_are_collected(tmp_path, course_writer, broken):
    """An author who mends a hidden test file that was refused has it read anew by the next judge of the process."""
    exercise = course_writer(tmp_path, f"mended_{len(broken)}", broken)
    with pytest.raises(ContentError):
        checks_of(exercise)
    exercise.hidden_tests.write_text(ONE_CHECK.format("Mended"), encoding="utf-8")
    (checks,) = checks_of(exercise)
    assert [check.title["en"] for check in checks] == ["Mended."]


def test_courses_alike_in_names_are_kept_apart(tmp_path, course_writer):
    """Two courses with the same unit and exercise, judged one after the other, are judged by their own tests."""
    titles = []
    for name in ("spring", "autumn"):
        exercise = course_writer(tmp_path / name, "alike", ONE_CHECK.format(name))
        titles.append(checks_of(exercise)[0][0].title["en"])
    assert titles == ["spring.", "autumn."]


@pytest.mark.parametrize("options", ["-k nothing_like_this", "--color=yes", "-x"])
def test_pytest_options_of_the_environment_do_not_count(new_exercise, monkeypatch, options):
    """What a machine sets for its own pytest runs changes no one's marks."""
    monkeypatch.setenv("PYTEST_ADDOPTS", options)
    exercise = new_exercise(WHOLE)
    assert len(checks_of(exercise)[0]) == 1


def test_the_environment_is_left_as_it_was(new_exercise, monkeypatch):
    """A judge changes nothing in the environment, neither while it is open nor afterwards."""
    monkeypatch.setenv("PYTEST_ADDOPTS", "-x")
    before = dict(os.environ)
    with HiddenTests([new_exercise(WHOLE)]):
        assert dict(os.environ) == before
    assert dict(os.environ) == before


@pytest.mark.parametrize("problem", [ZeroDivisionError("ours"), KeyboardInterrupt(), SystemExit(3)], ids=repr)
def test_what_the_user_of_a_judge_raises_comes_out(new_exercise, problem):
    """An exception of whoever uses the hidden tests closes the session and comes out as it is."""
    with pytest.raises(type(problem)) as caught, HiddenTests([new_exercise(WHOLE)]):
        raise problem
    assert caught.value is problem


def test_an_exercise_is_collected_when_it_is_asked_for(new_exercise):
    """Opening a session reads no hidden test; a broken one is told when its exercise is asked for, and no sooner."""
    broken, whole = new_exercise("1 / 0\n"), new_exercise(WHOLE)
    with HiddenTests([broken, whole]) as tests:
        assert len(tests.checks(whole.slug)) == 1
        with pytest.raises(ContentError, match="ZeroDivisionError"):
            tests.checks(broken.slug)


def test_exercises_are_judged_apart(new_exercise):
    """The checks of two exercises are told apart."""
    first, second = checks_of(new_exercise(WHOLE), new_exercise(WHOLE.replace("test_one", "test_other")))
    assert first[0].id == "one"
    assert second[0].id == "other"
