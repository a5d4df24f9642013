"""What a quiz comes to once a person has marked its free-text answers."""

from types import SimpleNamespace

import pytest

from grader.grading.answer_marks import with_answers_marked
from grader.results.facts import AnswerFacts, QuizFacts
from grader.store.rows import Mark


def answer(name, points, max_points, verdict):
    """Return the facts of an answer."""
    return AnswerFacts(
        id=name, kind="k", concepts=(), seed="s", attempt=1, points=points, max_points=max_points, verdict=verdict
    )


def course(**weights):
    """Return a course with one quiz of 6 points, whose questions weigh so much."""
    questions = [SimpleNamespace(id=name, sheet=SimpleNamespace(points=weight)) for name, weight in weights.items()]
    unit = SimpleNamespace(name="sums", quiz=SimpleNamespace(points=6.0))
    return SimpleNamespace(quizzes={"sums": questions}, config=SimpleNamespace(units=[unit]))


QUIZ = QuizFacts(
    unit="sums",
    points=4.0,
    max_points=6.0,
    answers=(
        answer("one", 4.0, 4.0, "right"),
        answer("two", 0.0, 2.0, "wrong"),
        answer("why", 0.0, 0.0, "waiting"),
        answer("how", 0.0, 0.0, "waiting"),
    ),
)
COURSE = course(one=2, two=1, why=3, how=1)


def test_a_marked_answer_weighs_as_its_question_says():
    """2 of 2, 0 of 1 and 1.5 of 3 are 3.5 of 6, and the quiz stays worth 6; the other one waits on."""
    marked = with_answers_marked(QUIZ, COURSE, {"quiz_sums/why": Mark(1.5, 3.0, "Half of it.")})
    assert (marked.points, marked.max_points) == (3.5, 6.0)
    assert [(each.points, each.max_points, each.verdict.value) for each in marked.answers] == [
        (2.0, 2.0, "right"),
        (0.0, 1.0, "wrong"),
        (1.5, 3.0, "partly"),
        (0.0, 0.0, "waiting"),
    ]
    assert marked.answers[2].problem.text("en") == "Marked by your instructor: Half of it."


@pytest.mark.parametrize(("points", "verdict"), [(0.0, "wrong"), (1.0, "right")])
def test_a_mark_is_a_verdict_too(points, verdict):
    """None of the points is wrong, all of them right; without a comment it says who marked."""
    marked = with_answers_marked(QUIZ, COURSE, {"quiz_sums/how": Mark(points, 1.0, "")})
    assert marked.answers[3].verdict.value == verdict
    assert marked.answers[3].problem.text("zh") == "由教师评分。"


def test_nothing_changes_without_a_mark_of_this_quiz():
    """Marks of other parts are none of its business."""
    assert with_answers_marked(QUIZ, COURSE, {"quiz_other/why": Mark(1, 1, "")}) is QUIZ


def test_a_quiz_of_free_text_alone_is_worth_what_the_course_says():
    """Before its first mark it counts for nothing."""
    quiz = QuizFacts(unit="sums", points=0, max_points=0, answers=(answer("why", 0, 0, "waiting"),))
    marked = with_answers_marked(quiz, course(why=2), {"quiz_sums/why": Mark(1, 2, "")})
    assert (marked.points, marked.max_points) == (3.0, 6.0)
