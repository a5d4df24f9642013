"""When a failed call is recorded, and when its recording is not used."""

import pytest
import torch

from grader.comparison.evidence import Aspect, Seen
from grader.judge.outcome import Check, Ending, Outcome
from grader.judge.record_failure import record_failure
from grader.protocol.messages import Load, Loaded, Observation, Observed, Raised, Record, Recorded
from grader.protocol.recording import Event, Recording
from grader.results.verdicts import Part, Verdict
from grader.sandbox.process import Stopped

HIDDEN = '''
@pytest.mark.check("documented", points=0.5)
def test_first(student):
    """First.

    一。
    """
    student.call(torch.tensor([1.0, 2.0])).must_equal(torch.tensor([2.0, 4.0]))


@pytest.mark.check("edges", points=0.25)
def test_twice(student):
    """Twice.

    二。
    """
    first, second = student.call_twice(torch.tensor([5.0]))
    first.must_equal(torch.tensor([10.0]))
    second.must_equal(torch.tensor([10.0]))


@pytest.mark.check("edges", points=0.25)
def test_watched(student):
    """Watched.

    三。
    """
    student.observe(lambda code, x: code["answer"](x) + 1, torch.tensor([7.0])).must_equal(torch.tensor([15.0]))
'''

RIGHT = "def answer(x):\n    return x * 2"
WRONG = "def answer(x):\n    return x * 3"
STOPPED = "import os\ndef answer(x):\n    return x * 3 if x.numel() == 2 else os._exit(1)"
RANDOM = "import time\ndef answer(x):\n    return x * time.perf_counter()"
SECOND = (
    "seen = set()\ndef answer(x):\n    again = id(x) in seen\n    seen.add(id(x))\n    return x * (3 if again else 2)"
)
WATCHED = "def answer(x):\n    return x * (3 if x[0] == 7 else 2)"


@pytest.fixture(scope="module")
def recorded(judged_of):
    """Return what was recorded of each source."""
    sources = {"right": RIGHT, "wrong": WRONG, "moved": f"\n\n\n{WRONG}", "stopped": STOPPED, "random": RANDOM,
               "second": SECOND, "watched": WATCHED}  # fmt: skip
    return {name: judged.recorded for name, judged in zip(sources, judged_of(HIDDEN, *sources.values()), strict=True)}


def names_and_lines(found):
    """Return the events of a recorded failure."""
    return [(each.name, each.line) for each in found.recording.events]


def test_the_first_failed_check_is_recorded(recorded):
    """The call that failed in it is made once more and recorded; its text is that of a finding."""
    found = recorded["wrong"]
    assert (found.check, found.call) == ("first", "    x = torch.tensor([1.0, 2.0])\n    answer(x)")
    assert names_and_lines(found) == [("mul", 2)]


def test_lines_are_each_students_own(recorded):
    """Whoever gives the same answers from other lines meets remembered outcomes and is recorded all the same."""
    assert names_and_lines(recorded["moved"]) == [("mul", 5)]


def test_a_second_call_is_recorded_with_the_first(recorded):
    """Where only the second call on the same arguments goes wrong, both are recorded."""
    found = recorded["second"]
    assert (found.check, [each.call for each in found.recording.events if each.name == "mul"]) == ("twice", [1, 2])


def test_an_observer_is_recorded_where_nothing_else_failed(recorded):
    """Then the student's own lines are noted, and not what the observer does itself."""
    found = recorded["watched"]
    assert (found.check, [line for _, line in names_and_lines(found)]) == ("watched", [2, 2, 2])


@pytest.mark.parametrize("name", ["right", "stopped", "random"])
def test_nothing_is_recorded_of_what_passed_was_stopped_or_changes(recorded, name):
    """Nothing after a stop, and nothing where the recorded call does something else than the one before."""
    assert recorded[name] is None


CALL = Seen("answer", (1.0,), 1, (Observation(2.0),))
FAILED = Outcome(
    Check("a", {"en": "a", "zh": "a"}, Part.EDGES, 1.0), Ending(Verdict.FAILED, aspect=Aspect.VALUE), calls=(CALL,)
)


def replying(reply):
    """Return the script of a process that answers a request for a recording."""

    def script(request):
        if isinstance(request, Load):
            return Loaded((), {"answer": "(x)"}, ("answer",))
        assert isinstance(request, Record)
        if isinstance(reply, Exception):
            raise reply
        return reply

    return script


LIKE = (Observation(2.0),)
GOOD = Recorded(LIKE, Recording())


@pytest.mark.parametrize(
    "reply",
    [
        Observed(LIKE),
        Recorded((Observation(3.0),), Recording()),
        Recorded((), Recording()),
        Recorded(LIKE * 2, Recording()),
        Recorded((Observation(raised=Raised("ValueError", (), "no")),), Recording()),
        Recorded(LIKE, Recording((Event("add", 99, 0, 1, "grad"),))),
        Recorded(LIKE, Recording((Event("add", 1, 1, 1, "grad"),))),
        Stopped("cpu", "cpu"),
    ],
    ids=["unrecorded", "other value", "no call", "two calls", "raised", "no such line", "no such cell", "stopped"],
)
def test_an_answer_that_does_not_fit_is_not_used(scripted, reply):
    """What a process says of itself is used only where it did the same again and names lines that are there."""
    assert record_failure(scripted(replying(reply)).run, [FAILED]) is None
    assert record_failure(scripted(replying(GOOD)).run, [FAILED]).recording == Recording()


def test_lines_of_the_exception_may_differ(scripted):
    """A remembered exception stood in another student's line: the same type and text are the same behaviour."""
    there, here = (Observation(raised=Raised("ValueError", (), "no", line)) for line in (7, 1))
    failed = Outcome(FAILED.check, FAILED.ending, calls=(Seen("answer", (1.0,), 1, (there,)),))
    assert record_failure(scripted(replying(Recorded((here,), Recording()))).run, [failed]) is not None


def test_not_a_number_is_like_itself(scripted):
    """A call that gives NaN again did the same again."""
    seen = Seen("answer", (torch.ones(1),), 1, (Observation(float("nan")),))
    failed = Outcome(FAILED.check, FAILED.ending, calls=(seen,))
    reply = Recorded((Observation(float("nan")),), Recording())
    assert record_failure(scripted(replying(reply)).run, [failed]) is not None
