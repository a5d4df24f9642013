"""What a known-wrong solution says about a student: what it explains, and whether a passed check speaks against it."""

import pytest
import torch

from grader.comparison.compare import DEFAULT_TOLERANCES
from grader.comparison.evidence import Aspect, Evidence, Seen
from grader.diagnosis.rival import as_received
from grader.diagnosis.witness import NONE, VALUE, Trial, ending_of, witnesses_of
from grader.judge.findings import CheckFailed, StudentStopped, SubmissionUnusable
from grader.judge.outcome import Check, Outcome
from grader.judge.outcome import ending_of as how_it_ended
from grader.judge.student import as_sent
from grader.protocol.messages import Call, Observation, Raised
from grader.results.verdicts import Part
from grader.wording.message import message

FORGETS_ONE = "def answer(x):\n    return 2 * x"
FORGETS_BOTH = "def answer(x):\n    return x.clone()"
RAISES = "def answer(x):\n    raise ValueError('no such thing\\n' + str(x))"
KEEPS_GRAPH = "def answer(x):\n    return 6 * x.detach().requires_grad_()"
RETURNS_ARGUMENT = "def answer(x):\n    return x"


@pytest.fixture
def wrongs(wrong_solution):
    """Return known-wrong solutions of five misconceptions, one of them acted out in two ways."""
    return [
        wrong_solution("m01_forgets_one", FORGETS_ONE),
        wrong_solution("m02_forgets_both", FORGETS_BOTH),
        wrong_solution("m02_forgets_both_otherwise", "def answer(x):\n    return x + 0"),
        wrong_solution("m03_raises", RAISES),
        wrong_solution("m04_keeps_graph", KEEPS_GRAPH),
        wrong_solution("m05_returns_argument", RETURNS_ARGUMENT),
    ]


def saw(function, *arguments, aspect=Aspect.VALUE, times=1, request=b""):
    """Return the evidence of one call of a student's function."""
    before = as_sent(Call("answer", arguments))[1]
    given = [argument.clone() if torch.is_tensor(argument) else argument for argument in arguments]
    observations = []
    for _ in range(times):
        value = function(*given)
        raised = value if isinstance(value, Raised) else None
        observations.append(Observation(None if raised else value, raised, tuple(given)))
    return Evidence(aspect, (Seen("answer", before, times, as_received(observations), request=request),))


def together(*evidence):
    """Return the calls of several examples as the evidence of one check."""
    return Evidence(evidence[0].aspect, tuple(seen for each in evidence for seen in each.calls))


ONE, TWO = torch.ones(1), torch.full((1,), 2.0)


def said(wrongs, failed, passed=(), tolerances=DEFAULT_TOLERANCES):
    """Return what each wrong solution explains, by misconception; those that are contradicted are in brackets."""
    found = witnesses_of(dict(zip("abc", failed, strict=False)), list(passed), wrongs, Trial(tolerances))
    return [
        (f"[{each.misconception}]" if each.is_contradicted else each.misconception, "".join(each.explains))
        for each in found
    ]


def test_it_explains_the_checks_in_which_it_does_the_same(wrongs):
    """Each is asked about each failed check; one that explains nothing says nothing."""
    failed = [saw(lambda x: 2 * x, ONE), saw(lambda x: x.clone(), ONE), saw(lambda x: 5 * x, ONE)]
    assert said(wrongs, failed) == [("M01", "a"), ("M02", "b"), ("M02", "b"), ("M05", "b")]
    assert said(wrongs, []) == []


def test_every_example_of_a_check_counts(wrong_solution):
    """A further example of the same check, such as the smallest counterexample, tells two misconceptions apart."""
    wrongs = [
        wrong_solution("m01_doubles", FORGETS_ONE),
        wrong_solution("m02_squares", "def answer(x):\n    return x * x"),
    ]
    alike = saw(lambda x: 2 * x, TWO)
    assert said(wrongs, [alike]) == [("M01", "a"), ("M02", "a")]
    assert said(wrongs, [together(alike, saw(lambda x: 2 * x, ONE))]) == [("M01", "a")]


def test_an_exception_says_little(wrongs):
    """One of the same type with the same first line is explained, and marked as what many have in common."""
    raised = Raised("ValueError", ("ValueError",), "no such thing\ntensor([9.])", line=40)
    (found,) = witnesses_of({"a": saw(lambda _: raised, ONE)}, [], wrongs, Trial(DEFAULT_TOLERANCES))
    assert (found.misconception, found.says_little) == ("M03", ("a",))
    for other in (Raised("KeyError", (), "no such thing"), Raised("ValueError", (), "something else")):
        assert said(wrongs, [saw(lambda _, other=other: other, ONE)]) == []


def test_the_aspect_of_the_check_is_what_is_compared(wrongs):
    """A check on the graph is explained by what carries one, and one on memory by what shares it, values apart."""
    graph = saw(lambda x: 9 * x.requires_grad_(), ONE, aspect=Aspect.GRAPH)
    assert said(wrongs, [graph]) == [("M04", "a")]
    assert said(wrongs, [saw(lambda x: x.add_(3), ONE, aspect=Aspect.STORAGE)]) == [("M05", "a")]


def test_a_passed_check_contradicts_what_would_fail_it(wrong_solution):
    """A wrong solution that does something else where the student passes is contradicted."""
    wrongs = [
        wrong_solution("m01_doubles", FORGETS_ONE),
        wrong_solution("m02_squares", "def answer(x):\n    return x * x"),
    ]
    failed, passed = [saw(lambda x: 2 * x, TWO)], [saw(lambda x: 2 * x, ONE)]
    assert said(wrongs, failed, passed) == [("M01", "a"), ("[M02]", "a")]


def test_a_call_made_twice_is_explained_by_both(wrong_solution):
    """Where the student was called twice, both results must be explained."""
    source = "def answer(x):\n    x.add_(1)\n    return x.clone()"
    wrongs = [wrong_solution("m01_grows", source), wrong_solution("m02_adds", "def answer(x):\n    return x + 1")]
    assert said(wrongs, [saw(lambda x: x.add_(1).clone(), ONE, times=2)]) == [("M01", "a")]


def test_the_tolerance_of_the_course_decides(wrong_solution):
    """A wrong solution agrees as far as the tolerances in force let it."""
    wrongs = [wrong_solution("m01_doubles", FORGETS_ONE)]
    failed = [saw(lambda x: 2.001 * x, ONE)]
    assert said(wrongs, failed) == []
    loose = {**DEFAULT_TOLERANCES, "float32": DEFAULT_TOLERANCES["bfloat16"]}
    assert said(wrongs, failed, tolerances=loose) == [("M01", "a")]


def test_the_same_call_is_made_once_whoever_made_it(wrong_solution):
    """What a wrong solution gave for a request is remembered; another request is another call."""
    counts = wrong_solution("m01_counts", "CALLS = []\ndef answer(x):\n    CALLS.append(x)\n    return len(CALLS) * x")
    trial = Trial(DEFAULT_TOLERANCES)
    for expected, request in ((1, b"one"), (1, b"one"), (2, b"other"), (1, b"one")):
        evidence = saw(lambda x, expected=expected: expected * x, ONE, request=request)
        assert [each.misconception for each in witnesses_of({"a": evidence}, [], [counts], trial)] == ["M01"]


def test_how_a_call_ended():
    """A value, None, or the reason of an exception; of other aspects None is a value like any."""
    raised = Raised("RuntimeError", (), "grad can be implicitly created only for scalar outputs")
    assert ending_of(saw(lambda x: x, ONE)) == VALUE
    assert ending_of(saw(lambda _: None, ONE)) == NONE
    assert ending_of(saw(lambda _: None, ONE, aspect=Aspect.GRAPH)) == VALUE
    assert ending_of(saw(lambda _: raised, ONE)) == "not_scalar"


@pytest.mark.parametrize(
    "problem",
    [
        StudentStopped("cpu", message("judge.crashed", detail="")),
        StudentStopped(None, message("judge.crashed", detail="")),
        SubmissionUnusable(message("judge.crashed", detail="")),
        ZeroDivisionError(),
    ],
    ids=repr,
)
def test_what_was_only_stopped_is_no_evidence(problem):
    """A check that timed out, crashed, could not be run or failed on our side tells nothing of a misconception."""
    check = Check("one", {"en": "A.", "zh": "甲。"}, Part.EDGES, 1.0)
    calls = saw(lambda x: 2 * x, ONE).calls
    assert Outcome(check, how_it_ended(problem), calls=calls).evidence is None
    failed = CheckFailed(message("judge.carries_graph"), Aspect.GRAPH)
    assert Outcome(check, how_it_ended(failed), calls=calls).evidence == Evidence(Aspect.GRAPH, calls)
