"""Who gains and who loses between two runs, as the ledger has it."""

from grader.grading.changes import changes_between, reasons, state_after
from grader.store.rows import LedgerRow


def entry(run, points, *, kind="graded", student="ada", checks=None, **details):
    """Return a line of the ledger."""
    told = {name: ["passed", each, 1] for name, each in (checks or {}).items()}
    return LedgerRow(student, "sums", run, "", kind, "", points, 4, {"checks": told, **details})


def changes(entries, before, after):
    """Return the changes between two runs, in short."""
    found = changes_between(state_after(entries, before), state_after(entries, after))
    return [(each.student, each.before, each.after, each.gain, each.by_hand) for each in found]


def test_the_last_judgement_of_each_run_counts():
    """Later ones are not looked at."""
    entries = [entry(1, 1), entry(2, 2), entry(2, 3), entry(4, 0)]
    assert changes(entries, 1, 3) == [("ada", 1, 3, 2, False)]
    assert changes(entries, 3, 3) == []


def test_who_is_new_gains_and_who_stays_is_not_told():
    """A mark that was not there before is told as none."""
    entries = [entry(1, 1), entry(2, 2, student="bob")]
    assert changes(entries, 1, 2) == [("bob", None, 2, 2, False)]


def test_a_mark_by_hand_goes_before_the_judge_until_it_is_taken_back():
    """A judgement in between is seen once the mark is gone."""
    entries = [entry(1, 1), entry(2, 3, kind="marked"), entry(3, 2), entry(4, None, kind="unmarked")]
    assert changes(entries, 1, 3) == [("ada", 1, 3, 2, True)]
    assert changes(entries, 3, 4) == [("ada", 3, 2, -1, False)]


def test_checks_are_told_even_where_the_sum_stays():
    """One check won, another lost; one that is new and one that is gone are told as none."""
    entries = [entry(1, 2, checks={"a": 1, "b": 1, "old": 0}), entry(2, 2, checks={"a": 0, "b": 1, "new": 1})]
    (change,) = changes_between(state_after(entries, 1), state_after(entries, 2))
    found = {each.check: (each.before, each.after) for each in change.checks}
    assert found == {"a": (1, 0), "old": (0, None), "new": (None, 1)}


def test_reasons_are_named():
    """Of all grounds those that differ, and the student's own work."""
    before = entry(1, 1, grounds={"hidden test": "1", "solution": "1"}, source="a")
    after = entry(2, 1, grounds={"hidden test": "2", "solution": "1"}, source="b")
    assert reasons(before, after) == ["submission", "hidden test"]
    assert reasons(None, after) == []
