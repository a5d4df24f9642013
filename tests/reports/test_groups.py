"""Checks are read by part, what failed before what passed."""

from grader.reports.groups import groups
from grader.results.verdicts import Part, Verdict


def test_checks_are_grouped_by_part_in_order(make_report):
    """Parts without a check are left out, and the order is that of the course."""
    exercise = make_report().exercises[2]
    assert [group.part for group in groups(exercise)] == [Part.DOCUMENTED, Part.EDGES]


def test_what_did_not_pass_stands_apart(make_report):
    """Every check is either open or passed, and points add up over both."""
    (group,) = groups(make_report().exercises[1])
    assert [check.verdict for check in group.open] == [Verdict.FAILED]
    assert [check.verdict for check in group.passed] == [Verdict.PASSED]
    assert (group.points, group.max_points) == (0.5, 1.0)


def test_an_exercise_without_checks_has_no_groups(make_report):
    """A submission that could not be read has nothing to group."""
    assert groups(make_report().exercises[0].model_copy(update={"checks": ()})) == ()
