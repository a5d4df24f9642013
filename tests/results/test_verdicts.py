"""Verdicts and which of several sums them up."""

import itertools

from grader.results.verdicts import GRAVITY, Verdict, gravest


def test_every_verdict_has_its_gravity():
    """Each verdict stands once in the order that sums them up."""
    assert sorted(GRAVITY) == sorted(Verdict)


def test_the_gravest_verdict_sums_up():
    """Of any two verdicts the one nearer to the front counts, in whichever order they came."""
    for one, other in itertools.combinations(GRAVITY, 2):
        assert gravest((one, other)) is gravest((other, one, other)) is one


def test_only_passed_checks_make_a_passed_exercise():
    """Passed is the last resort: any other verdict beside it is the exercise's."""
    assert gravest((Verdict.PASSED, Verdict.PASSED)) is Verdict.PASSED
    assert {gravest((Verdict.PASSED, verdict)) for verdict in Verdict} == set(Verdict)


def test_no_check_at_all_is_nothing_passed():
    """An exercise of which nothing was run is skipped."""
    assert gravest(()) is Verdict.SKIPPED
