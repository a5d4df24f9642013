"""Gathering what a course says in both languages, as the record that facts need to become a report.

Reads the titles of hidden tests off their source: nothing is imported and no judge is needed.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from grader.catalogue.course import Course
from grader.catalogue.exercise import Exercise
from grader.catalogue.question import Question
from grader.config.course_config import Text
from grader.errors import ContentError
from grader.results.texts import Both, CourseTexts, MisconceptionTexts, QuestionTexts
from grader.yamlfile import read_text

TEST = "test_"


def texts_of(course: Course, *, questions: bool = True, only: Collection[str] | None = None) -> CourseTexts:
    """Return a course's texts, without those of quiz questions where none is needed.

    With `only`, the checks of these exercises alone: reading the hidden tests of a whole course takes a while.

    Raises ContentError for content that breaks its form.
    """
    asked = [question for unit in course.quizzes.values() for question in unit] if questions else []
    return CourseTexts(
        course=course.version,
        title=both(course.config.title),
        units={unit.name: both(unit.title) for unit in course.config.units},
        exercises={each.slug: both(each.sheet.title) for each in course.exercises},
        checks={each.slug: check_titles(each) for each in course.exercises if only is None or each.slug in only},
        misconceptions={
            name: MisconceptionTexts(title=both(each.title), explanation=both(each.explanation))
            for name, each in course.misconceptions.items()
        },
        concepts={term: both(text) for term, text in course.concepts.items()},
        questions={each.id: question_texts(each) for each in asked},
        hints={each.slug: tuple(map(both, each.sheet.hints)) for each in course.exercises},
    )


def both(text: Text) -> Both:
    """Return a text of the content as one of the record."""
    return Both(en=text.en, zh=text.zh)


def question_texts(question: Question) -> QuestionTexts:
    """Return what a question says, with the places for numbers as the author wrote them."""
    sheet, answer = question.sheet, question.answer
    return QuestionTexts(text=both(sheet.text), code=sheet.code.strip("\n"), explanation=both(answer.explanation))


def check_titles(exercise: Exercise) -> dict[str, Both]:
    """Return the titles of an exercise's checks by the checks' ids.

    Empty for hidden tests that are missing or no Python: the judge tells those as soon as the exercise is graded.
    """
    try:
        return dict(titles_in(ast.parse(read_text(exercise.hidden_tests))))
    except (ContentError, SyntaxError):
        return {}


def titles_in(tree: ast.Module) -> Iterator[tuple[str, Both]]:
    """Yield id and title of each test whose docstring has two paragraphs, English first; the judge refuses others."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith(TEST):
            docstring = ast.get_docstring(node) or ""
            match [" ".join(part.split()) for part in docstring.split("\n\n") if part.strip()]:
                case [english, chinese]:
                    yield node.name.removeprefix(TEST), Both(en=english, zh=chinese)
