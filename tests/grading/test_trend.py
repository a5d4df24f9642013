"""How a class stood after each run."""

from grader.grading.trend import trend_of
from grader.reports.overview.record import RunPoint
from grader.store.rows import LedgerRow, RunRow


def run(number, command="grade"):
    """Return a run."""
    return RunRow(number, command, "c", f"t{number}", None)


def entry(student, number, points, kind="graded", part="total"):
    """Return a change of a mark out of 4."""
    return LedgerRow(student, part, number, "t", kind, "d", points, 4.0)


def test_each_run_that_changed_a_mark_is_a_point():
    """One that judged again and found the same is none; a mark by hand counts, and no longer once it is taken back."""
    entries = [
        entry("ada", 1, 2.0),
        entry("bob", 1, 4.0),
        entry("bob", 2, 4.0, kind="regraded"),
        entry("ada", 3, 4.0, kind="marked"),
        entry("ada", 4, None, kind="unmarked"),
    ]
    found = trend_of([run(1), run(2), run(3, "mark"), run(4, "mark")], entries)
    assert found == (
        RunPoint(run=1, at="t1", command="grade", students=2, mean=75.0, changed=2),
        RunPoint(run=3, at="t3", command="mark", students=2, mean=100.0, changed=1),
        RunPoint(run=4, at="t4", command="mark", students=2, mean=75.0, changed=1),
    )


def test_runs_that_write_by_turns_are_one_point_each():
    """Two graders may share the work."""
    entries = [entry("a", 1, 4.0), entry("b", 2, 0.0), entry("c", 1, 4.0)]
    found = trend_of([run(1), run(2)], entries)
    assert [(each.run, each.changed) for each in found] == [(1, 2), (2, 1)]
    assert found[0].students == 3
