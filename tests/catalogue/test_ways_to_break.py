"""Twelve ways to break an exercise and seven to break a quiz: each is named by file and line, in a plain sentence."""

import re
from pathlib import Path

import pytest
import yaml

from grader.catalogue.author_rules import broken_rules
from grader.catalogue.course import load_course
from grader.catalogue.rules import CANARY
from grader.errors import ContentError

WAYS = yaml.safe_load(Path(__file__).with_name("ways_to_break.yaml").read_text(encoding="utf-8"))
PYDANTIC = re.compile(
    r"Value error|Input should|should (?:be|have|match)|it is [{\[]|Field required|validation|pydantic"
)


def told(root):
    """Return what is wrong with a course: file, line and words of each broken rule."""
    try:
        course = load_course(root)
        found = [problem for each in course.exercises for problem in broken_rules(course, each)]
        if (root / "exercises" / "weights" / "quiz.yaml").is_file():
            assert course.quizzes
    except ContentError as problem:
        found = [problem]
    return [(each.path.relative_to(root).as_posix(), each.line, each.problem) for each in found]


def put(root, way):
    """Break one thing; return the line on which it was done."""
    path = root / way["file"]
    text = path.read_text(encoding="utf-8")
    old, new = (str(way[each]).replace("{canary}", CANARY) for each in ("was", "becomes"))
    assert old in text, "the file holds what is to be broken"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def check_named(root, way):
    """What is broken is named in one plain sentence, at its line or at that of the definition that holds it."""
    line = put(root, way)
    found = told(root)
    words = way["told"].replace("{canary}", CANARY)
    ((path, number),) = {(path, number) for path, number, problem in found if problem == words}
    assert path == way["file"]
    assert number is not None
    assert 0 <= line - number <= 20
    assert not [problem for _, _, problem in found if PYDANTIC.search(problem)]


def test_there_are_as_many_ways_as_are_promised(copied, quiz_root):
    """Both courses are whole before anything is broken in them."""
    assert (len(WAYS["exercise"]), len(WAYS["quiz"])) == (12, 7)
    assert told(copied) == []
    course = load_course(quiz_root)
    assert [len(each) for each in course.quizzes.values()] == [5, 1]


@pytest.mark.parametrize("way", WAYS["exercise"])
def test_a_broken_exercise_is_named_by_file_and_line(copied, way):
    """One sentence in plain words."""
    check_named(copied, WAYS["exercise"][way])


@pytest.mark.parametrize("way", WAYS["quiz"])
def test_a_broken_quiz_is_named_by_file_and_line(quiz_root, way):
    """One sentence in plain words."""
    check_named(quiz_root, WAYS["quiz"][way])
