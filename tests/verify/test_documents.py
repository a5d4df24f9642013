"""Which documented outputs the hidden tests cover."""

from grader.results.facts import CheckFacts, ExerciseFacts
from grader.results.verdicts import Part, Verdict
from grader.verify.documents import covered_outputs


def exercise(*covers):
    """Return an exercise with a check for each tuple of outputs."""
    checks = tuple(
        CheckFacts(id="a", part=Part.EDGES, points=1, max_points=1, verdict=Verdict.PASSED, covers=each)
        for each in covers
    )
    return ExerciseFacts(slug="a", verdict=Verdict.PASSED, checks=checks)


def test_outputs_are_listed_once_and_sorted():
    """An output that two exercises cover counts once."""
    exercises = [exercise(("d3-o1",), (), ("d0-o2", "d1-o6")), exercise(("d0-o2",))]
    assert covered_outputs(exercises) == ("d0-o2", "d1-o6", "d3-o1")


def test_nothing_covers_nothing():
    """A course without checks covers no output."""
    assert covered_outputs([]) == ()
