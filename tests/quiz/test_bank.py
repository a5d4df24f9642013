"""The course's own questions, each for two students: the key is right, and every mistake known for what it is."""

import pytest

from grader.catalogue.question import QuestionKind
from grader.quiz.asked import asked
from grader.quiz.kinds.table import KINDS
from grader.quiz.make import independent_agrees
from grader.quiz.mark import mark
from grader.results.verdicts import AnswerVerdict


def answer_of(mistake, variant):
    """Return a whole answer that shows a mistake: of several options, the key with the one in question turned over."""
    if variant.question.kind is not QuestionKind.MULTIPLE:
        return mistake.value
    return sorted({*variant.key} ^ {mistake.value}) or [next(x.id for x in variant.options if x.id not in variant.key)]


def check_marked(variant, course):
    """Assert that the key as a student types it is right, and each mistake wrong and named."""
    kind, policy = KINDS[variant.question.kind], course.config.quiz
    for right in variant.accepted:
        assert mark(variant, kind.typed(right, variant), policy).verdict is AnswerVerdict.RIGHT
    for mistake in variant.mistakes:
        marked = mark(variant, kind.typed(answer_of(mistake, variant), variant), policy)
        assert marked.verdict in {AnswerVerdict.WRONG, AnswerVerdict.PARTLY}, mistake
        assert marked.misconception == mistake.misconception
        assert mistake.misconception in course.misconceptions


def check_asked(variant):
    """Assert that nothing is left unfilled in what a student reads, in either language."""
    for language in ("en", "zh"):
        shown = "\n".join([*asked(variant, language), variant.explanation[language]])
        assert "{{" not in shown
        assert "Undefined" not in shown


@pytest.mark.parametrize("student", ["ann", "李雷"])
def test_each_question_of_the_bank_marks_its_own_key_and_mistakes(course, ask, student):
    """Every unit of the course with a quiz, for two students."""
    assert course.quizzes.keys() == {unit.name for unit in course.config.units if unit.quiz}
    for question in (each for questions in course.quizzes.values() for each in questions):
        variant = ask(question, student, policy=course.config.quiz)
        check_asked(variant)
        if question.kind is QuestionKind.TEXT:
            assert mark(variant, "because", course.config.quiz).verdict is AnswerVerdict.WAITING
            continue
        assert independent_agrees(variant)
        check_marked(variant, course)
