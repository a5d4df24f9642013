"""How a check can end other than by passing."""

import contextlib

import pytest

from grader.comparison.evidence import Aspect
from grader.judge.findings import (
    CheckFailed,
    EnoughShrinking,
    RuleBroken,
    StudentRaised,
    StudentStopped,
    SubmissionUnusable,
)
from grader.protocol.messages import Raised
from grader.wording.message import message

FINDING = message("judge.carries_graph")
RAISED = Raised("ValueError", ("ValueError",), "said")


@pytest.mark.parametrize(
    "problem",
    [StudentStopped("cpu", FINDING), SubmissionUnusable(FINDING), RuleBroken(FINDING), EnoughShrinking()],
    ids=lambda problem: type(problem).__name__,
)
def test_what_must_not_be_repeated_passes_by_every_handler(problem):
    """What ends a search or a check for good can't be caught as an `Exception`, so that nothing shrinks it."""

    def hidden_test():
        with contextlib.suppress(Exception):
            raise problem

    with pytest.raises(type(problem)):
        hidden_test()


@pytest.mark.parametrize("problem", [CheckFailed(FINDING, Aspect.GRAPH), StudentRaised(RAISED, FINDING)])
def test_what_may_be_shrunk_is_an_ordinary_exception(problem):
    """A wrong result and an exception of the student's are ordinary exceptions, which Hypothesis shrinks."""
    assert isinstance(problem, Exception)


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (CheckFailed(FINDING, Aspect.GRAPH), "judge.carries_graph"),
        (StudentRaised(RAISED, FINDING), "ValueError"),
        (SubmissionUnusable(FINDING, RAISED), "judge.carries_graph"),
        (RuleBroken(FINDING), "judge.carries_graph"),
        (StudentStopped(None, FINDING), "judge.carries_graph"),
    ],
)
def test_a_finding_carries_its_words(problem, told):
    """Each finding carries the words for the student, and names itself shortly in a traceback."""
    assert problem.finding is FINDING
    assert str(problem) == told
