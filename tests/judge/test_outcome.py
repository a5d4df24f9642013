"""What became of one hidden check: verdict, words and evidence."""

import pytest

from grader.comparison.evidence import Aspect, Seen
from grader.judge.findings import CheckFailed, RuleBroken, StudentRaised, StudentStopped, SubmissionUnusable
from grader.judge.outcome import PASSED, Check, Ending, Outcome, brief_raised, ending_of, skipped
from grader.judge.student import stop_finding
from grader.protocol.messages import Raised
from grader.results.verdicts import Part, Verdict
from grader.sandbox.limits import Limits
from grader.wording.message import message

MARKER = "m4rk3r"
FINDING = message("judge.raised_outside", call=MARKER, type=MARKER, text=MARKER, line=0)
CHECK = Check("one", {"en": "One.", "zh": "一。"}, Part.EDGES, 1.0)
SEEN = Seen("answer", (), 1, ())
MEMORY = message("judge.out_of_memory", call=MARKER, memory=64, line=3)


def raised(kind="ValueError", line=3):
    """Return an exception whose text is the marker."""
    return Raised(kind, (kind,), MARKER, line)


@pytest.mark.parametrize(
    ("problem", "verdict", "aspect", "limit"),
    [
        (None, Verdict.PASSED, None, None),
        (CheckFailed(FINDING, Aspect.VALUE), Verdict.FAILED, Aspect.VALUE, None),
        (CheckFailed(FINDING, Aspect.STORAGE), Verdict.FAILED, Aspect.STORAGE, None),
        (StudentRaised(raised(), FINDING), Verdict.ERROR, Aspect.VALUE, None),
        (StudentRaised(raised(), FINDING, shrinkable=False), Verdict.ERROR, None, None),
        (SubmissionUnusable(FINDING, raised()), Verdict.ERROR, None, None),
        (SubmissionUnusable(FINDING), Verdict.ERROR, None, None),
        (RuleBroken(FINDING), Verdict.FORBIDDEN, None, None),
        (StudentStopped("cpu", FINDING), Verdict.TIMEOUT, None, "cpu"),
        (StudentStopped("wall", FINDING), Verdict.TIMEOUT, None, "wall"),
        (StudentStopped("memory", MEMORY), Verdict.MEMORY, None, "memory"),
        (StudentStopped("output", FINDING), Verdict.CRASHED, None, "output"),
        (StudentStopped("message", FINDING), Verdict.CRASHED, None, "message"),
        (StudentStopped(None, FINDING), Verdict.CRASHED, None, None),
        (ZeroDivisionError(MARKER), Verdict.INTERNAL, None, None),
        (AssertionError(MARKER), Verdict.INTERNAL, None, None),
        (KeyboardInterrupt(), Verdict.INTERNAL, None, None),
    ],
    ids=repr,
)
def test_each_end_has_its_verdict(problem, verdict, aspect, limit):
    """Each way to end has its verdict; only what a diagnosis can compare has an aspect."""
    ending = ending_of(problem)
    assert (ending.verdict, ending.aspect, ending.limit) == (verdict, aspect, limit)


def test_a_passed_check_says_nothing():
    """A passed check has neither words nor trace."""
    assert ending_of(None) == PASSED == Ending(Verdict.PASSED)


def test_our_failure_is_traced_for_the_instructor_alone():
    """What failed inside the grader is in the trace, and the student's words say nothing of it."""
    with pytest.raises(KeyError) as caught:
        {}[MARKER]
    ending = ending_of(caught.value)
    assert MARKER in ending.trace
    assert "test_outcome.py" in ending.trace
    assert ending.finding == ending.brief
    assert "costs you nothing" in ending.finding.text("en")
    assert MARKER not in ending.finding.text("en") + ending.finding.text("zh")


@pytest.mark.parametrize(
    "problem",
    [
        CheckFailed(FINDING, Aspect.VALUE),
        StudentRaised(raised(), FINDING),
        StudentRaised(raised(MARKER), FINDING),
        StudentRaised(raised(MARKER, line=0), FINDING),
        SubmissionUnusable(FINDING, raised(MARKER)),
        StudentStopped("memory", MEMORY),
    ],
    ids=repr,
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_brief_words_hold_nothing_of_the_students_or_of_the_inputs(problem, language):
    """What is told below `visible` holds no call, no message and no class name; the full finding does."""
    ending = ending_of(problem)
    assert MARKER in ending.finding.text(language)
    assert MARKER not in ending.brief.text(language)


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (raised(), "Your code raised ValueError in line 3 of your file."),
        (raised(line=0), "Your code raised ValueError."),
        (raised("MadeUp"), "Your code raised Exception in line 3 of your file."),
        (raised("print"), "Your code raised Exception in line 3 of your file."),
        (raised("__import__"), "Your code raised Exception in line 3 of your file."),
    ],
)
def test_a_brief_exception_is_a_type_of_pythons_and_a_line(problem, words):
    """Of an exception its type is told when it is one of Python's own, and the line in the student's file."""
    assert brief_raised(problem).text("en") == words


def test_a_brief_exception_in_a_notebook_names_the_cell():
    """A line of a notebook is told with its cell: line 3 of which one would else be anyone's guess."""
    words = brief_raised(Raised("ValueError", ("ValueError",), MARKER, line=3, cell=5)).text("en")
    assert "3" in words
    assert "cell 5" in words
    assert MARKER not in words


@pytest.mark.parametrize("limit", ["cpu", "wall", "memory", "output", "message", None])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_stop_can_be_told_briefly(limit, language):
    """Whatever limit stops a process, there are words for it at every feedback level."""
    ending = ending_of(StudentStopped(limit, stop_finding(limit, "signal 9", Limits())))
    assert ending.finding.text(language)
    assert ending.brief.text(language)


def test_a_skipped_check_names_the_one_it_waited_for():
    """A skipped check names the title of the check that it waited for, in the report's language."""
    ending = skipped({"en": "The first one.", "zh": "第一项。"})
    assert ending.verdict is Verdict.SKIPPED
    assert "The first one." in ending.finding.text("en")
    assert "第一项。" in ending.finding.text("zh")
    assert ending.brief == ending.finding


def test_evidence_needs_an_aspect_and_a_call():
    """A failed check with calls is evidence; one without a call, or stopped or passed, is none."""
    failed = ending_of(CheckFailed(FINDING, Aspect.GRAPH))
    evidence = Outcome(CHECK, failed, calls=(SEEN,)).evidence
    assert (evidence.aspect, evidence.calls) == (Aspect.GRAPH, (SEEN,))
    assert Outcome(CHECK, failed).evidence is None
    assert Outcome(CHECK, PASSED, calls=(SEEN,)).evidence is None
    assert Outcome(CHECK, ending_of(StudentStopped("cpu", FINDING)), calls=(SEEN,)).evidence is None


def test_a_passed_check_is_evidence_against_what_it_contradicts():
    """A passed check tells what it looked at, one aspect at a time; any other check tells nothing of the kind."""
    asked = frozenset({Aspect.VALUE, Aspect.GRAPH})
    passed = Outcome(CHECK, PASSED, calls=(SEEN,), asked=asked)
    assert {(each.aspect, each.calls) for each in passed.counter_evidence} == {(each, (SEEN,)) for each in asked}
    failed = ending_of(CheckFailed(FINDING, Aspect.GRAPH))
    assert Outcome(CHECK, failed, calls=(SEEN,), asked=asked).counter_evidence == ()


TELLING = '''
ITEMS = ["returned", "raised", "class", "forbidden", "printed", "foreign", "dict", "crash", "hang", "memory"]


@pytest.mark.parametrize("item", ITEMS)
@pytest.mark.check("edges", points=0.125)
def test_value(student, item):
    """A value.

    值。
    """
    student.call(item, "m4rk3r of the input").must_equal({"m4rk3r expected": 1})


@pytest.mark.check("edges", points=0.125)
def test_arguments(student):
    """Arguments.

    参数。
    """
    student.call("m4rk3r", torch.ones(1)).must_leave_arguments()
'''

TELLTALE = """
import os
import torch

def answer(x, y):
    print("m4rk3r")
    if x == "returned":
        return y
    if x == "raised":
        raise ValueError(y)
    if x == "class":
        raise type(y.replace(" ", "_"), (Exception,), {})(y)
    if x == "forbidden":
        raise type("ForbiddenCall", (Exception,), {})(y)
    if x == "foreign":
        return type(y, (), {})()
    if x == "dict":
        return {y: y}
    if x == "crash":
        os.abort()
    if x == "hang":
        print("m4rk3r" * 300_000)
    if x == "memory":
        raise MemoryError(y)
    if torch.is_tensor(y):
        y.add_(1)
    return y
"""

UNREADABLE = ["raise ValueError('m4rk3r')", "class m4rk3r(Exception): pass\nraise m4rk3r('m4rk3r')"]


@pytest.fixture(scope="module")
def telltale(outcomes_of):
    """Return the outcomes of submissions that tell all they can."""
    every = outcomes_of(TELLING, TELLTALE, *UNREADABLE)
    return [outcome for outcomes in every for outcome in outcomes.values()]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_brief_words_carry_nothing_out(telltale, language):
    """Below `visible` no check says anything that the student's code was given, returned, raised or printed."""
    told = [outcome.ending.finding.text(language) for outcome in telltale]
    assert sum(MARKER in text for text in told) >= 8, "the full findings do say it"
    for outcome in telltale:
        assert outcome.ending.verdict is not Verdict.PASSED
        assert MARKER not in outcome.ending.brief.text(language)
        assert "expected" not in outcome.ending.brief.text(language)
