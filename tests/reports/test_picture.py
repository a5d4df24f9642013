"""What each line of a student's function did, in words of both languages."""

import pytest

from grader.diagnosis.observations import NAMES
from grader.protocol.operations import OPERATIONS, REASONS
from grader.protocol.recording import Ended, Event, Recording, TensorSeen, Use
from grader.reports.picture import parameters_in, picture, what
from grader.results.facts import RecordingFacts, SourceLine
from grader.wording.message import table

LEAF = Use(0, requires_grad=True, has_graph=False, has_grad=False)
MADE = Use(1, requires_grad=True, has_graph=True, has_grad=False)
PLAIN = Use(2, requires_grad=False, has_graph=False, has_grad=False)


def event(name, line=1, **more):
    """Return a call."""
    return Event(name, line, 0, 1, "grad", **more)


def shown(*events, ended=None, lines=3, language="en", call="    f(x)"):
    """Return the picture of some calls."""
    recording = Recording(events, (TensorSeen((), floating=True, storage=0),) * 3, ((0,),), (), "none", ended)
    source = tuple(SourceLine(line=line, text=f"code {line}") for line in range(1, lines + 1))
    return picture(RecordingFacts(check="a", call=call, recording=recording, lines=source), language)


@pytest.mark.parametrize(
    ("call", "key"),
    [
        (event("backward", inputs=(MADE,), filled=(0,)), "did_filled"),
        (event("backward", inputs=(MADE,), added=(0,)), "did_added"),
        (event("autograd.backward", inputs=(MADE,)), "did_backward"),
        (event("autograd.grad", outputs=(PLAIN,)), "did_gradient"),
        (event("autograd.grad", outputs=(MADE,), options=("create_graph",)), "did_gradient_recorded"),
        (event("grad"), "did_grad_read"),
        (event("grad", options=("none",)), "did_grad_none"),
        (event("grad=", options=("none",)), "did_grad_emptied"),
        (event("grad="), "did_grad_set"),
        (event("zero_"), "did_cleared"),
        (event("requires_grad_"), "did_leaf"),
        (event("requires_grad=", options=("off",)), "did_no_leaf"),
        (event("grad_enabled", options=("off",)), "did_off"),
        (event("retain_grad"), "did_hook"),
        (event("add_", inputs=(PLAIN,)), "did_changed"),
        (event("detach", inputs=(MADE,), outputs=(PLAIN,)), "did_cut"),
        (event("detach", inputs=(PLAIN,), outputs=(PLAIN,)), "did_unrecorded"),
        (event("mul", inputs=(LEAF,), outputs=(MADE,)), "did_recorded"),
        (event("mul", inputs=(LEAF,), outputs=(MADE,), options=("inside",)), "did_function"),
        (event("backward", raised="freed"), "did_raised"),
    ],
)
def test_each_call_is_told_as_what_it_did(call, key):
    """The same name is told by what it met: filling and adding, cutting and copying, reading a number and None."""
    assert what(call) == key


def test_every_call_and_every_reason_has_its_sentence():
    """Whatever a recording may hold, there are words for it."""
    words = table("picture")
    options = ((), ("off",), ("none",), ("inside",), ("create_graph",))
    assert {what(event(name, options=each)) for name in OPERATIONS for each in options} <= words.keys()
    assert {f"reason_{reason}" for reason in REASONS} <= words.keys()
    assert {f"edge_{kind}" for kind in ("recorded", "plain", "cut", "backward")} <= words.keys()


@pytest.mark.parametrize(("language", "did"), [("en", "mul, sum: recorded"), ("zh", "mul, sum：已记录")])
def test_a_line_tells_what_it_did(language, did):
    """Calls of one kind in one line are one sentence; a line that did something in turn has one for each."""
    made = shown(
        event("mul", inputs=(LEAF,), outputs=(MADE,)),
        event("sum", inputs=(LEAF,), outputs=(MADE,)),
        event("backward", 2, inputs=(MADE,), filled=(0,)),
        language=language,
    )
    assert made.steps[0].did == (did,)
    assert [(each.line, each.code) for each in made.steps] == [(1, "code 1"), (2, "code 2"), (3, "code 3")]
    assert [len(each.did) for each in made.steps] == [1, 1, 0]


def test_what_stopped_a_call_is_told_at_its_line():
    """An operation that torch refused tells why, and the line tells the exception that ended the call."""
    made = shown(event("backward", 2, raised="no_graph"), ended=Ended("RuntimeError", "no_graph", 2, 0))
    assert made.steps[1].did == ("backward: stops, there is no graph to go back through", "ends with RuntimeError")


def test_arguments_are_called_by_the_names_of_the_call():
    """The names stand in the call as the message writes it; without one they are numbered."""
    assert parameters_in("    x = torch.ones(2)\n    weighted_grad(f, x, v)") == ("f", "x", "v")
    assert parameters_in("something else") == ()
    made = shown(event("mul", inputs=(LEAF,), outputs=(MADE,)), call="    double(point)")
    assert [node.name for node in made.nodes] == ["point", "mul"]
    assert made.told == ("point → mul: recorded",)


def test_nothing_recorded_is_no_picture():
    """A function that made no torch call has nothing to show."""
    assert shown() is None


def test_observations_have_their_sentences():
    """Each observation that can be made has its sentence, and no sentence is of one that can't be."""
    assert table("observations").keys() - {"line", "line_in_cell", "some_line"} == set(NAMES)
