"""What grading a submission gives, put together from what is known of its exercises."""

import pytest

from grader.grading.graded import failed_report, student_report
from grader.grading.options import Options, load_assignment
from grader.results.report import ExerciseReport
from grader.results.verdicts import Verdict


def exercise(score, max_score, verdict=Verdict.FAILED):
    """Return an exercise's report of so many points."""
    return ExerciseReport(slug="sum_backward", title="Sum", score=score, max_score=max_score, verdict=verdict)


def test_points_are_added_up_without_the_noise_of_binary_fractions(assignment):
    """A tenth and two tenths are three tenths in a report."""
    report = student_report("ada", [exercise(0.1, 1), exercise(0.2, 2.2)], assignment)
    assert (report.score, report.max_score) == (0.3, 3.2)


def test_a_report_says_how_it_was_made(assignment):
    """Course, language, isolation and feedback level are those of the run."""
    report = student_report("ada", [], assignment, message="late")
    assert (report.student, report.course, report.language, report.message) == ("ada", "Small course", "en", "late")
    assert (report.isolation, report.feedback) == ("sandbox", "visible")


@pytest.mark.parametrize("verdict", list(Verdict))
def test_only_an_internal_verdict_waits_for_a_human(assignment, verdict):
    """Nobody needs to look at what the student's code did by itself."""
    report = student_report("ada", [exercise(1, 1, Verdict.PASSED), exercise(0, 1, verdict)], assignment)
    assert report.needs_review is (verdict is Verdict.INTERNAL)


@pytest.mark.parametrize(
    ("language", "words", "title"),
    [
        ("en", "The grader itself failed here; this costs you nothing and a human will look at it.", "Sum before"),
        ("zh", "这里是评分程序自身出错；不会扣你的分，会有人来处理。", "先求和"),
    ],
)
def test_a_failure_of_the_judge_costs_nothing(small_root, language, words, title):
    """No exercise counts, a human is asked for, and the student is told so in the report's language."""
    report = failed_report("ada", load_assignment(Options(small_root, b"", language=language)))
    assert (report.score, report.max_score, report.needs_review, report.message) == (0, 0, True, words)
    (only,) = report.exercises
    assert only.title.startswith(title)
    assert (only.verdict, only.max_score, only.message, only.checks) == (Verdict.INTERNAL, 0, words, ())
