"""A course's texts in both languages, gathered without a judge."""

import ast
import json
from dataclasses import replace

import pytest

from grader.catalogue.course import load_course
from grader.catalogue.texts import check_titles, texts_of, titles_in
from grader.results.texts import Both, decode_texts, encode_texts

TESTS = '''
def test_squares(student):
    """The squares
    of 0 and 1.

    0 和 1 的平方。
    """

def helper():
    """Not a

    check.
    """

def test_untitled(student):
    """One paragraph is no title in both languages."""
'''


@pytest.fixture(scope="module")
def texts(course):
    """Return the texts of the project's own course."""
    return texts_of(course)


def test_every_part_of_the_course_has_its_words(course, texts):
    """Units, exercises, misconceptions, concepts and questions, all of them."""
    questions = {question.id for questions in course.quizzes.values() for question in questions}
    assert texts.course == course.version
    assert texts.units.keys() == {unit.name for unit in course.config.units}
    assert texts.exercises.keys() == texts.checks.keys() == {each.slug for each in course.exercises}
    assert texts.misconceptions.keys() == course.misconceptions.keys()
    assert texts.concepts.keys() == course.concepts.keys()
    assert texts.questions.keys() == questions


def test_every_hidden_test_has_a_title(course, texts):
    """As many as there are functions that pytest would collect."""
    for exercise in course.exercises:
        source = exercise.hidden_tests.read_text(encoding="utf-8")
        assert len(texts.checks[exercise.slug]) == source.count("\ndef test_") > 0


def test_the_checks_of_some_exercises_alone(course, texts):
    """Who shows one exercise need not read the hidden tests of all."""
    few = texts_of(course, questions=False, only=("weighted_grad",))
    assert few.checks == {"weighted_grad": texts.checks["weighted_grad"]}
    assert (few.exercises, few.course) == (texts.exercises, texts.course)


def test_texts_survive_json(texts):
    """What is stored comes back equal."""
    assert decode_texts(json.loads(json.dumps(encode_texts(texts)))) == texts


def test_a_title_is_a_docstring_of_two_paragraphs():
    """On one line each; a function that is no test, or a test without a title, has none."""
    assert dict(titles_in(ast.parse(TESTS))) == {"squares": Both(en="The squares of 0 and 1.", zh="0 和 1 的平方。")}


def test_hidden_tests_that_cannot_be_read_have_no_titles(course, tmp_path):
    """The judge tells the mistake, with its line, as soon as the exercise is graded."""
    exercise = replace(course.exercises[0], root=tmp_path)
    assert check_titles(exercise) == {}
    exercise.hidden_tests.parent.mkdir(parents=True)
    exercise.hidden_tests.write_text("def broken(", encoding="utf-8")
    assert check_titles(exercise) == {}


def test_questions_are_left_out_where_no_quiz_is_marked(quiz_root):
    """A broken quiz stops nobody from checking an exercise."""
    course = load_course(quiz_root)
    assert texts_of(course, questions=False).questions == {}
    assert "quizzes" not in vars(course)
