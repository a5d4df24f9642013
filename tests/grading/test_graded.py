"""What is kept of a submission on which the judge itself failed."""

import pytest

from grader.grading.graded import failed_facts
from grader.results.verdicts import Verdict


def test_a_failure_of_the_judge_costs_nothing(assignment):
    """No exercise counts, and a human is asked for."""
    facts = failed_facts("ada", assignment)
    assert (facts.student, facts.points, facts.max_points, facts.needs_review) == ("ada", 0, 0, True)
    (only,) = facts.exercises
    assert (only.slug, only.verdict, only.max_points, only.checks) == ("sum_backward", Verdict.INTERNAL, 0, ())


@pytest.mark.parametrize(
    ("language", "words", "title"),
    [
        ("en", "The grader itself failed here; this costs you nothing and a human will look at it.", "Sum before"),
        ("zh", "这里是评分程序自身出错；不会扣你的分，会有人来处理。", "先求和"),
    ],
)
def test_a_failure_of_the_judge_is_told_to_the_student(assignment, in_words, language, words, title):
    """At the report's head and with each exercise, in the report's language."""
    report = in_words(failed_facts("ada", assignment), assignment.course, language)
    assert report.message == words
    assert report.needs_review
    (only,) = report.exercises
    assert only.title.startswith(title)
    assert only.message == words


def test_a_failure_without_an_exercise_waits_for_a_human_too(assignment):
    """Where quizzes alone are marked, nothing else in the facts says that something failed."""
    facts = failed_facts("ada", assignment).model_copy(update={"exercises": ()})
    assert facts.needs_review
