"""Naming the misconception that alone explains every failed check."""

import pytest
import torch

from grader.comparison.compare import DEFAULT_TOLERANCES
from grader.comparison.evidence import Aspect, Evidence, Seen
from grader.diagnosis.diagnose import Diagnosis, diagnose
from grader.diagnosis.rival import as_received
from grader.judge.findings import CheckFailed, StudentStopped, SubmissionUnusable
from grader.judge.outcome import Check, Outcome, ending_of
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


def saw(function, *arguments, aspect=Aspect.VALUE, times=1):
    """Return the evidence of one call of a student's function."""
    before = as_sent(Call("answer", arguments))[1]
    given = [argument.clone() if torch.is_tensor(argument) else argument for argument in arguments]
    observations = []
    for _ in range(times):
        value = function(*given)
        raised = value if isinstance(value, Raised) else None
        observations.append(Observation(None if raised else value, raised, tuple(given)))
    return Evidence(aspect, (Seen("answer", before, times, as_received(observations)),))


def together(*evidence):
    """Return the calls of several examples as the evidence of one check."""
    return Evidence(evidence[0].aspect, tuple(seen for each in evidence for seen in each.calls))


ONE, TWO = torch.ones(1), torch.full((1,), 2.0)


def test_exactly_one_is_named(wrongs):
    """When one misconception alone does what the student did, it is named."""
    failed = [saw(lambda x: 2 * x, ONE), saw(lambda x: 2 * x, TWO)]
    found = diagnose(failed, wrongs, DEFAULT_TOLERANCES)
    assert found == Diagnosis(("M01",), tried=True)
    assert found.misconception == "M01"


def test_several_are_not_named(wrongs):
    """When several misconceptions would do the same, none is named and all are told."""
    found = diagnose([saw(lambda x: x.clone(), ONE)], wrongs, DEFAULT_TOLERANCES)
    assert found.misconception is None
    assert found.candidates == ("M02", "M05")


def test_one_misconception_acted_out_twice_is_one(wrong_solution):
    """Two wrong solutions of the same misconception that agree with the student are no ambiguity."""
    wrongs = [wrong_solution(f"m02_{name}", FORGETS_BOTH) for name in "ab"]
    assert diagnose([saw(lambda x: x.clone(), ONE)], wrongs, DEFAULT_TOLERANCES).misconception == "M02"


def test_any_way_of_acting_it_out_will_do(wrong_solution):
    """A misconception is named when its second wrong solution agrees though its first does not."""
    wrongs = [wrong_solution("m02_a", FORGETS_ONE), wrong_solution("m02_b", FORGETS_BOTH)]
    assert diagnose([saw(lambda x: x.clone(), ONE)], wrongs, DEFAULT_TOLERANCES).misconception == "M02"


def test_none_is_said_to_be_none(wrongs):
    """When no misconception explains the results, that is said, and it was asked."""
    assert diagnose([saw(lambda x: 5 * x, ONE)], wrongs, DEFAULT_TOLERANCES) == Diagnosis((), tried=True)


def test_nothing_failed_is_nothing_asked(wrongs):
    """Without evidence nothing is diagnosed, and no wrong solution is run."""
    assert diagnose([], wrongs, DEFAULT_TOLERANCES) == Diagnosis((), tried=False)


def test_one_mind_must_explain_every_failed_check(wrongs):
    """A misconception that explains one failed check and not the other is not named."""
    failed = [saw(lambda x: 2 * x, ONE), saw(lambda x: 5 * x, ONE)]
    assert diagnose(failed, wrongs, DEFAULT_TOLERANCES).candidates == ()
    mixed = [saw(lambda x: 2 * x, ONE), saw(lambda x: x.clone(), ONE)]
    assert diagnose(mixed, wrongs, DEFAULT_TOLERANCES).candidates == ()


def test_every_example_of_a_check_counts(wrong_solution):
    """A further example of the same check, such as the smallest counterexample, tells two misconceptions apart."""
    wrongs = [
        wrong_solution("m01_doubles", FORGETS_ONE),
        wrong_solution("m02_squares", "def answer(x):\n    return x * x"),
    ]
    alike = saw(lambda x: 2 * x, TWO)
    assert diagnose([alike], wrongs, DEFAULT_TOLERANCES).candidates == ("M01", "M02")
    assert diagnose([together(alike, saw(lambda x: 2 * x, ONE))], wrongs, DEFAULT_TOLERANCES).misconception == "M01"


def test_an_exception_is_explained_by_the_same_one(wrongs):
    """A student's exception is explained by a wrong solution that raises the same type with the same first line."""
    raised = Raised("ValueError", ("ValueError",), "no such thing\ntensor([9.])", line=40)
    assert diagnose([saw(lambda _: raised, ONE)], wrongs, DEFAULT_TOLERANCES).misconception == "M03"
    for other in (Raised("KeyError", (), "no such thing"), Raised("ValueError", (), "something else")):
        assert diagnose([saw(lambda _, other=other: other, ONE)], wrongs, DEFAULT_TOLERANCES).candidates == ()


def test_the_aspect_of_the_check_is_what_is_compared(wrongs):
    """A check on the graph is explained by what carries one, and one on storage by what shares it, values apart."""
    graph = saw(lambda x: 9 * x.requires_grad_(), ONE, aspect=Aspect.GRAPH)
    assert diagnose([graph], wrongs, DEFAULT_TOLERANCES).misconception == "M04"
    storage = saw(lambda x: x.add_(3), ONE, aspect=Aspect.STORAGE)
    assert diagnose([storage], wrongs, DEFAULT_TOLERANCES).misconception == "M05"


def test_what_passed_breaks_a_tie(wrong_solution):
    """Of several misconceptions that explain what failed, one that would have failed what passed is dropped."""
    wrongs = [
        wrong_solution("m01_doubles", FORGETS_ONE),
        wrong_solution("m02_squares", "def answer(x):\n    return x * x"),
    ]
    failed, passed = [saw(lambda x: 2 * x, TWO)], [saw(lambda x: 2 * x, ONE)]
    assert diagnose(failed, wrongs, DEFAULT_TOLERANCES).candidates == ("M01", "M02")
    assert diagnose(failed, wrongs, DEFAULT_TOLERANCES, passed=passed).misconception == "M01"


def test_what_passed_does_not_rule_out_everything(wrong_solution):
    """When what passed contradicts all that explain what failed, or the only one, they are told all the same."""
    wrongs = [wrong_solution(f"m0{number}_a", FORGETS_ONE) for number in (1, 2)]
    failed, passed = [saw(lambda x: 2 * x, TWO)], [saw(lambda x: 9 * x, ONE)]
    assert diagnose(failed, wrongs, DEFAULT_TOLERANCES, passed=passed).candidates == ("M01", "M02")
    assert diagnose(failed, wrongs[:1], DEFAULT_TOLERANCES, passed=passed).misconception == "M01"


def test_a_call_made_twice_is_explained_by_both(wrong_solution):
    """Where the student was called twice, both results must be explained."""
    source = "def answer(x):\n    x.add_(1)\n    return x.clone()"
    wrongs = [wrong_solution("m01_grows", source), wrong_solution("m02_adds", "def answer(x):\n    return x + 1")]
    failed = [saw(lambda x: x.add_(1).clone(), ONE, times=2)]
    assert diagnose(failed, wrongs, DEFAULT_TOLERANCES).misconception == "M01"


def test_the_tolerance_of_the_course_decides(wrong_solution):
    """A wrong solution agrees as far as the tolerances in force let it."""
    wrongs = [wrong_solution("m01_doubles", FORGETS_ONE)]
    failed = [saw(lambda x: 2.001 * x, ONE)]
    assert diagnose(failed, wrongs, DEFAULT_TOLERANCES).candidates == ()
    loose = {**DEFAULT_TOLERANCES, "float32": DEFAULT_TOLERANCES["bfloat16"]}
    assert diagnose(failed, wrongs, loose).misconception == "M01"


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
    assert Outcome(check, ending_of(problem), calls=calls).evidence is None
    failed = CheckFailed(message("judge.carries_graph"), Aspect.GRAPH)
    assert Outcome(check, ending_of(failed), calls=calls).evidence == Evidence(Aspect.GRAPH, calls)
