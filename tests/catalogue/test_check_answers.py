"""The script by which students see that their answers can be read: it runs without the grader and marks nothing."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from grader.catalogue import check_answers
from grader.catalogue.course import load_course
from grader.catalogue.release import ANSWERS_CHECK, answers_check
from grader.catalogue.rules import CANARY

COURSE = Path(__file__).parents[1] / "bridges" / "course"
KNOWN = {
    "one": ("unit", "single", 3, 1),
    "several": ("unit", "multiple", 4, 0),
    "numbers": ("unit", "tensor", 0, 0),
    "shape": ("unit", "shape", 0, 0),
    "holds": ("unit", "true_false", 0, 0),
    "order": ("unit", "order", 3, 3),
    "words": ("unit", "text", 0, 0),
    "elsewhere": ("other", "single", 2, 1),
}
WHOLE = """\
version: 1
sheet: "abc"
answers:

  # 1. What?
  - question: one
    answer: B
  - question: several
    answer: a, c   # both
  - question: numbers
    answer: [[1, 2],
             [3, 1/4]]
  - question: shape
    answer: "(3, 2)"
  - question: holds
    answer: 对
  - question: order
    answer: b a c
  - question: words
    answer: |
      Because: it is so.
      # and so on
"""


@pytest.fixture
def problems(monkeypatch):
    """Return what gives the script's words on a sheet; it knows a few questions."""
    monkeypatch.setattr(check_answers, "QUESTIONS", KNOWN)
    return lambda text: list(check_answers.problems_in(text))


def test_a_whole_sheet_has_no_problem(problems):
    """Every way to write an answer that the course allows; a unit that nobody began is not missed."""
    assert problems(WHOLE) == []


def test_what_is_missing_is_told(problems):
    """Empty places, and questions that are no longer in the file, with the line where there is one."""
    text = WHOLE.replace("answer: B", "answer:").replace("  - question: holds\n    answer: 对\n", "")
    assert [(line, name, told.partition(" · ")[0]) for line, name, told in problems(text)] == [
        (7, "one", "no answer yet"),
        (0, "holds", "no answer yet"),
    ]


@pytest.mark.parametrize(
    "change",
    [
        ("answer: B", "answer: d", "one", "give letters from a to c"),
        ("answer: B", "answer: a b", "one", "give 1 letter(s)"),
        ("answer: b a c", "answer: b a b", "order", "give 3 letter(s)"),
        ("answer: [[1, 2],", "answer: [[1, 2]", "numbers", "close its brackets"),
        ("[3, 1/4]]", "[3, x]]", "numbers", "write numbers as"),
        ('"(3, 2)"', '"(3, 2', "shape", "close its brackets, or put it in quotes"),
        ('"(3, 2)"', "three by two", "shape", "write a shape as (3, 2)"),
        ("对", "perhaps", "holds", "answer true or false"),
        ("question: one", "question: two", "two", "there is no such question"),
        ("answer: |\n      Because: it is so.", "answer: Because: it is so.", "words", "put it in quotes"),
        ("      Because", "  Because", "", "this line belongs to no answer"),
        ("    answer: B", "\tanswer: B", "", "this line belongs to no answer"),
    ],
)
def test_what_cannot_be_read_is_told(problems, change):
    """In both languages, with what to write instead."""
    right, wrong, name, told = change
    assert right in WHOLE
    found = [words for _, question, words in problems(WHOLE.replace(right, wrong)) if question == name]
    assert [each for each in found if told in each and " · " in each]


@pytest.mark.parametrize("text", ["", "version: 1\nanswers:\n", "q1: a\n"])
def test_a_file_without_an_answer_is_told(tmp_path, capsys, monkeypatch, text):
    """One sentence that shows how an answer begins, and no traceback."""
    monkeypatch.setattr(check_answers, "QUESTIONS", KNOWN)
    path = tmp_path / "answers.yaml"
    path.write_text(text, encoding="utf-8")
    assert check_answers.check(path) == 1
    assert "there is no answer in it; one begins with `- question: " in capsys.readouterr().out


@pytest.fixture(scope="module")
def script(tmp_path_factory):
    """Return the script as a course with every kind of question releases it, in a folder without the grader."""
    folder = tmp_path_factory.mktemp("handout")
    (folder / ANSWERS_CHECK).write_bytes(answers_check(load_course(COURSE))[ANSWERS_CHECK])
    return folder / ANSWERS_CHECK


def run(script, *names):
    """Run the script with the standard library alone; return exit code and output."""
    command = [sys.executable, "-I", "-S", str(script), *names]
    done = subprocess.run(command, cwd=script.parent, capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stdout + done.stderr


def test_it_runs_without_the_grader(script):
    """0 where everything can be read, 1 where something is to be mended or missing, and one sentence for no file."""
    course = load_course(COURSE)
    first = course.quizzes["everything"][0]
    sheet = script.parent / "answers.yaml"
    assert run(script)[0] == 1
    assert "answers.yaml can't be read" in run(script)[1]
    sheet.write_text(f"version: 1\nanswers:\n  - question: {first.id}\n    answer: '?'\n", encoding="utf-8")
    code, told = run(script, "answers.yaml")
    assert (code, f"answers.yaml:4: {first.id}: " in told) == (1, True)
    assert "Traceback" not in told


def test_it_holds_nothing_withheld(script):
    """The questions' kinds and numbers of letters, and neither a key nor an explanation."""
    source = script.read_text(encoding="utf-8")
    for question in load_course(COURSE).quizzes["everything"]:
        assert question.id in source
        assert question.answer.explanation.en[:30] not in source
    assert CANARY.removeprefix("# ") not in source


def test_a_course_without_a_quiz_needs_none(copied):
    """Nothing is released that nobody can use."""
    course = load_course(copied)
    units = tuple(unit.model_copy(update={"quiz": None}) for unit in course.config.units)
    assert answers_check(replace(course, config=course.config.model_copy(update={"units": units}))) == {}
