"""The running sum of a class."""

from grader.reports.summary import ClassSummary, Mark
from grader.results.verdicts import Verdict


def test_a_row_keeps_what_the_table_shows(make_report):
    """Marks by exercise, misconceptions, and whether a person must look."""
    (row,) = ClassSummary([make_report()]).rows
    assert row.marks["sum_backward"] == Mark(Verdict.FAILED, 0.5)
    assert (row.misconceptions, row.needs_review) == (("M05",), True)


def test_students_are_counted_beyond_the_rows(make_report):
    """Rows are bounded, sums are not."""
    summary = ClassSummary((make_report(student=f"s{index}") for index in range(5)), most_rows=2)
    assert (len(summary.rows), summary.left_out, summary.students, summary.reviews) == (2, 3, 5, 5)
    assert summary.mean == 37.5
    assert summary.slugs == ["weighted_grad", "sum_backward", "vjp_matmul"]


def test_a_student_counts_once_for_a_misconception(make_report):
    """The same misconception in two exercises is one student's."""
    exercise = make_report().exercises[1]
    twice = make_report(exercises=(exercise, exercise.model_copy(update={"slug": "other"})))
    summary = ClassSummary([twice, make_report()])
    assert summary.misconceptions == {"M05": 2}
    assert summary.titles == {"M05": "Alias"}


def test_an_empty_class_has_a_mean():
    """Nobody is no division by zero."""
    assert ClassSummary().mean == 0


def test_quizzes_are_summed_up(make_report, quizzes):
    """Their points are one number; what exercises and quizzes show is one student's misconception."""
    same = quizzes[0].answers[2].model_copy(update={"misconception": "M05", "misconception_title": "Alias"})
    both = make_report(quizzes=(quizzes[0].model_copy(update={"answers": (same,)}), quizzes[1]))
    summary = ClassSummary([both, make_report()])
    assert [row.quiz for row in summary.rows] == [1.5, None]
    assert summary.misconceptions == {"M05": 2}
    assert summary.rows[0].misconceptions == ("M05",)
