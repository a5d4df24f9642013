"""When the processes of a submission are started, started anew and given up, and what their answers may be."""

import pytest

from grader.errors import InternalError
from grader.judge.findings import EnoughShrinking, StudentRaised, StudentStopped
from grader.protocol.messages import Begin, Call, Load, Loaded, Observation, Observe, Observed, Raised
from grader.sandbox.process import Lost, Stopped

LOADED = Loaded((), {"answer": "(x)"}, ("answer",))


def finding_of(kind, call):
    """Return what `call` raises, having seen that both languages can say its finding."""
    with pytest.raises(kind) as caught:
        call()
    assert caught.value.finding.text("zh")
    return caught.value


def answering(reply):
    """Return a script of a process that loads and then answers every call with `reply`, or raises it."""

    def script(request):
        if isinstance(request, Load):
            return LOADED
        if isinstance(reply, Exception):
            raise reply
        return reply

    return script


OBSERVED = Observed((Observation(1.0),))


def test_a_process_is_loaded_once(scripted):
    """A process is started and given the source before the first call, and serves every later one."""
    made = scripted(answering(OBSERVED))
    for _ in range(3):
        made.student().call(1.0)
    assert [type(request) for request in made.source.requests] == [Load, Begin, Call, Call, Call]
    assert made.source.started == 1


def test_calls_are_sent_as_asked(scripted):
    """Entry, arguments and number of times are sent as the hidden test gave them."""

    def script(request):
        if isinstance(request, Load):
            return LOADED
        return Observed((Observation(),) * getattr(request, "times", 1))

    made = scripted(script)
    student = made.student()
    student.call_twice(1.0, [2])
    student.observe(len, "abc")
    assert made.source.requests[2:] == [Call("answer", (1.0, [2]), 2), Observe(len, ("abc",))]


@pytest.mark.parametrize(
    "reply",
    [
        LOADED,
        Observed(()),
        Observed((Observation(1.0),)),
        Observed((Observation(1.0), Observation(1.0), Observation(1.0))),
    ],
)
def test_an_answer_to_another_question_costs_the_student(scripted, reply):
    """A process that answers with too few or too many observations, or none, is stopped: it has been tampered with."""
    made = scripted(answering(reply))
    student = made.student()
    problem = finding_of(StudentStopped, lambda: student.call_twice(1.0))
    assert problem.limit == "message"
    assert made.source.closed == 1


def test_a_call_that_raised_may_be_the_only_one(scripted):
    """Of a call made twice, one observation will do when it is of an exception."""
    made = scripted(answering(Observed((Observation(raised=Raised("ValueError", (), "no")),))))
    student = made.student()
    finding_of(StudentRaised, lambda: student.call_twice(1.0))


def test_a_reply_that_is_no_loading_costs_the_student(scripted):
    """A process that answers the source with something else has been tampered with: every check ends alike."""
    made = scripted(lambda _request: OBSERVED)
    for _ in range(2):
        assert finding_of(StudentStopped, made.student).limit == "message"
    assert made.source.started == 1


@pytest.mark.parametrize("limit", [None, "cpu"])
def test_it_is_given_up_after_the_restarts(scripted, limit):
    """A process that is stopped again and again is started anew as often as the limits say, and given up for that."""
    made = scripted(answering(Stopped(limit, "signal 11")))
    restarts = made.source.limits.restarts
    for _ in range(restarts + 1):
        assert finding_of(StudentStopped, lambda: made.student().call(1.0)).limit == limit
    problem = finding_of(StudentStopped, made.student)
    assert problem.limit == limit
    assert f"stopped {restarts + 1} times" in problem.finding.text("en")
    assert made.source.started == restarts + 1


@pytest.mark.parametrize("limit", ["cpu", "wall"])
def test_no_process_is_started_past_the_budget(scripted, limit):
    """When the processes of an exercise have used up its time, no other is started, and the budget is told."""
    made = scripted(answering(Stopped("cpu", "cpu")))
    finding_of(StudentStopped, lambda: made.student().call(1.0))
    setattr(made.run.spent, f"{limit}_seconds", 99.0)
    problem = finding_of(StudentStopped, made.student)
    assert problem.limit == limit
    budget = getattr(made.source.limits, f"total_{limit}_seconds")
    assert f"used up the {budget:g} s" in problem.finding.text("en")
    assert made.source.started == 1


def test_a_lost_process_costs_the_student_nothing(scripted):
    """A process that ended through no fault of the student's is replaced, and what it was asked is asked again."""
    lost = [Lost("the zygote ended")]

    def script(request):
        if isinstance(request, Load):
            return LOADED
        if lost:
            raise lost.pop()
        return OBSERVED

    made = scripted(script)
    made.student().call(1.0).must_equal(1.0)
    assert made.source.started == 2
    assert made.run.spent.stops == 0


def test_processes_that_are_lost_again_and_again_are_our_failure(scripted):
    """When one process after the other is lost, the exercise is given up as the grader's failure."""
    made = scripted(answering(Lost("the zygote ended")))
    with pytest.raises(InternalError, match="through no fault of the student's"):
        made.student().call(1.0)


def test_evidence_is_of_the_first_and_the_last_example_kept(scripted):
    """Of the examples kept, the first and the last remain as evidence; of a check without examples, its calls."""
    made = scripted(answering(OBSERVED))
    student = made.student()
    for number in range(4):
        student.begin_example()
        student.call(number)
        student.keep_example()
    assert [seen.before for seen in student.calls.telling()] == [(0,), (3,)]
    student = made.student()
    student.call(7)
    assert [seen.before for seen in student.calls.telling()] == [(7,)]


def test_a_check_has_a_budget_for_shrinking(scripted):
    """A check may spend so many attempts on a smaller counterexample, whatever the checks before it spent."""
    made = scripted(answering(OBSERVED))
    for _ in range(3):
        student = made.student()
        student.begin_shrinking()
        for _ in range(student.shrinking_attempts):
            student.spend_attempt()
        with pytest.raises(EnoughShrinking):
            student.spend_attempt()
