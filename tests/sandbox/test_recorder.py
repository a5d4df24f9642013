"""What a recorder notes of a function, what it can't see, and that it changes nothing."""

import weakref

import pytest
import torch

from grader.protocol.recording import MOST_EVENTS, MOST_TENSORS, decode_recording, encode_recording
from grader.protocol.snippet import Snippet
from grader.sandbox.recorder import record

NAME = "answer.py"


@pytest.fixture
def recorded():
    """Return what records a call of `answer`, defined by a source whose first line is line 1."""

    def run(source, *arguments, times=1):
        namespace = {"torch": torch}
        exec(compile(source, NAME, "exec"), namespace)
        found = record(namespace["answer"], arguments, times=times, filename=NAME)
        assert decode_recording(encode_recording(found.recording)) == found.recording
        return found

    return run


def calls(found):
    """Return the name and the line of each event."""
    return [(each.name, each.line) for each in found.recording.events]


def only(found, name):
    """Return the only event of a name."""
    (event,) = (each for each in found.recording.events if each.name == name)
    return event


X = (1.0, 2.0, 3.0)


def point(**options):
    """Return a fresh point."""
    return torch.tensor(X, **options)


def test_calls_are_noted_with_their_lines(recorded):
    """Each torch call is one event, at the line of the student's source."""
    source = (
        "def answer(x):\n    leaf = x.detach().clone().requires_grad_()\n    (leaf * 2).sum().backward()\n"
        "    return leaf.grad"
    )
    found = recorded(source, point())
    assert calls(found) == [
        ("detach", 2), ("clone", 2), ("requires_grad_", 2), ("mul", 3), ("sum", 3), ("backward", 3), ("grad", 4),
    ]  # fmt: skip
    assert found.recording.returned == "tensor"
    assert found.recording.arguments == ((0,),)


def test_states_are_those_before_and_after_a_call(recorded):
    """An input is described as it was before the call, an output as it was after it."""
    found = recorded("def answer(x):\n    return x.requires_grad_() * 2", point())
    switched, product = found.recording.events
    assert not switched.inputs[0].requires_grad
    assert switched.outputs[0].requires_grad
    assert switched.outputs[0].tensor == switched.inputs[0].tensor == 0
    assert (product.outputs[0].has_graph, product.inputs[0].is_leaf) == (True, True)


def test_a_leaf_that_got_a_gradient_is_told_from_one_to_which_it_was_added(recorded):
    """The first backward fills `.grad`, the second adds to it."""
    source = (
        "def answer(x):\n    leaf = x.clone().requires_grad_()\n    leaf.sum().backward()\n    leaf.prod().backward()"
    )
    first, second = (each for each in recorded(source, point()).recording.events if each.name == "backward")
    assert (first.filled, first.added) == ((1,), ())
    assert (second.filled, second.added) == ((), (1,))


def test_roles_of_a_backward_call_are_told_apart(recorded):
    """What is differentiated, by which weights and with respect to what are separate, however they were given."""
    source = (
        "def answer(x, v):\n"
        "    y = x.requires_grad_() * 2\n"
        "    torch.autograd.grad(y, [x], grad_outputs=v, retain_graph=True)\n"
        "    torch.autograd.backward(y, v, retain_graph=True, inputs=[x])\n"
        "    y.backward(v, create_graph=True)\n"
    )
    found = recorded(source, point(), point())
    for name in ("autograd.grad", "autograd.backward", "backward"):
        event = only(found, name)
        assert [event.inputs[0].tensor, event.weights[0].tensor] == [2, 1]
        assert "weighted" in event.options
    assert only(found, "autograd.grad").sought[0].tensor == only(found, "autograd.backward").sought[0].tensor == 0
    assert "retain_graph" in only(found, "autograd.grad").options
    assert "create_graph" in only(found, "backward").options


def test_calls_in_a_given_function_count_at_the_line_that_called_it(recorded):
    """The student's line is told, and that a given function made the call there."""
    found = recorded("def answer(f, x):\n    y = f(x)\n    return y + 1", Snippet("lambda x: x ** 2"), point())
    power, plus = found.recording.events
    assert (power.name, power.line, "inside" in power.options) == ("pow", 2, True)
    assert "inside" not in plus.options


def test_grad_mode_is_noted(recorded):
    """no_grad and inference_mode show at the calls within, and switching shows as an event."""
    source = (
        "def answer(x):\n    with torch.no_grad():\n        a = x * 2\n"
        "    with torch.inference_mode():\n        b = x * 3\n    return x * 4"
    )
    found = recorded(source, point())
    assert [each.mode for each in found.recording.events if each.name == "mul"] == ["no_grad", "inference", "grad"]
    assert [("off" in each.options) for each in found.recording.events if each.name == "grad_enabled"] == [True, False]


def test_shared_memory_has_one_number(recorded):
    """A view, detach() and .data lie in the memory of their original; a clone does not."""
    found = recorded("def answer(x):\n    return x[1:], x.detach(), x.data, x.clone()", point())
    storages = [found.recording.tensors[use.tensor].storage for use in found.recording.results]
    assert storages == [0, 0, 0, 4]


@pytest.mark.parametrize(
    ("line", "name", "option"),
    [
        ("x.grad", "grad", "none"),
        ("x.grad = None", "grad=", "none"),
        ("del x.grad", "grad=", "none"),
        ("x.grad = x * 1", "grad=", None),
        ("x.requires_grad = True", "requires_grad=", None),
        ("x.requires_grad_(False)", "requires_grad_", "off"),
        ("x.data = x * 2", "data=", None),
        ("x[0] = 5", "setitem", None),
        ("x += 1", "add_", None),
        ("2 - x", "sub", None),
        ("x.tolist()", "tolist", None),
        ("float(x[0])", "item", None),
        ("x.numpy()", "numpy", None),
        ("torch.tensor([1.0])", "tensor", None),
        ("torch.linalg.norm(x)", "other", None),
        ("x.sigmoid_()", "other_", None),
    ],
)
def test_operations_have_their_names(recorded, line, name, option):
    """Each way of writing an operation is noted under its one name."""
    event = only(recorded(f"def answer(x):\n    {line}", point()), name)
    assert option is None or option in event.options


@pytest.mark.parametrize(
    "line",
    [
        "torch.Tensor([1.0])",
        "torch.from_numpy(__import__('numpy').ones(2))",
        "torch.nn.Parameter(x)",
        "Double.apply(x)",
        "y.grad_fn(w)",
    ],
)
def test_what_the_recorder_does_not_see(recorded, line):
    """These leave no event of their own, so nothing may be concluded from their absence."""
    source = (
        "class Double(torch.autograd.Function):\n"
        "    forward = staticmethod(lambda ctx, x: x.new_empty(3))\n"
        "    backward = staticmethod(lambda ctx, g: g)\n"
        f"def answer(x, y, w):\n    marker = x.cos()\n    {line}\n    return x.sin()"
    )
    seen = [name for name, _ in calls(recorded(source, point(), point(requires_grad=True) * 2, point()))]
    assert [each for each in seen if each not in ("new_empty", "grad_fn", "detach")] == ["cos", "sin"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("(x * 2).backward()", "no_graph"),
        ("(x.requires_grad_() * 2).backward()", "not_scalar"),
        ("y = x.requires_grad_().prod(); y.backward(); y.backward()", "freed"),
        ("(x.requires_grad_() * 2).backward(torch.ones(2))", "weights"),
        ("(x.requires_grad_() * 2).backward([1.0, 1.0, 1.0])", "weights"),
        ("x.requires_grad_(); x.add_(1)", "leaf_changed"),
        ("x.long().requires_grad_()", "not_floating"),
        ("y = x.requires_grad_() * 1; z = y * y; y.add_(1); z.sum().backward()", "changed"),
        ("torch.autograd.grad(x.sum(), x)", "no_graph"),
        ("a = x.clone().requires_grad_(); torch.autograd.grad((x.requires_grad_() * 2).sum(), a)", "unused"),
        ("x.requires_grad_().numpy()", "has_graph"),
        ("x + torch.ones(2)", "shape"),
        ("x.grad.zero_()", "none"),
        ("{}['no key']", "other"),
    ],
)
def test_an_exception_is_noted_by_its_reason(recorded, body, reason):
    """How a call ended is told in closed words, whatever torch or the student's code says."""
    ended = recorded(f"def answer(x):\n    {body}", point()).recording.ended
    assert (ended.reason, ended.line) == (reason, 2)


def test_two_calls_are_told_apart(recorded):
    """A function that is called twice is recorded twice, and the events say which call they belong to."""
    found = recorded("def answer(x):\n    return x * 2", point(), times=2)
    assert [each.call for each in found.recording.events] == [1, 2]
    assert len(found.observations) == 2


def test_a_long_recording_is_cut(recorded):
    """A loop without end in sight fills the record and no more, and the record says so."""
    found = recorded(
        f"def answer(x):\n    for _ in range({MOST_EVENTS} + 50):\n        x = x * 1\n    return x", point()
    )
    assert len(found.recording.events) <= MOST_EVENTS
    assert len(found.recording.tensors) <= MOST_TENSORS
    assert found.recording.is_cut
    assert torch.equal(found.observations[0].value, point())


def test_a_recorded_tensor_and_its_graph_die_as_ever(recorded):
    """The recorder keeps neither tensors nor graphs alive, while it records and afterwards."""
    died = []

    class Hook:
        """A hook, which lives as long as the graph that it is part of."""

        def __call__(self, gradient):
            return gradient

    def watch(y):
        weakref.finalize(hook := Hook(), died.append, "graph")
        y.register_hook(hook)

    source = (
        "def answer(x, watch, died):\n    y = x.requires_grad_() * 2\n    watch(y)\n    assert not died\n"
        "    del y\n    return list(died)"
    )
    assert recorded(source, point(), watch, died).observations[0].value == ["graph"]


def test_numbers_of_dead_tensors_do_not_come_back(recorded):
    """Tensors that live one after the other at one address have numbers of their own, and so has their memory."""
    source = "def answer(x):\n    for _ in range(20):\n        x + 1\n    return x"
    found = recorded(source, point())
    assert len({each.outputs[0].tensor for each in found.recording.events}) == 20
    assert len({found.recording.tensors[each.outputs[0].tensor].storage for each in found.recording.events}) == 20


def test_a_popped_recorder_leaves_torch_as_it_was(recorded):
    """A source that takes the recorder away is called as ever; later calls go by unseen."""
    before = torch._C._len_torch_function_stack()
    source = "def answer(x):\n    y = x + 1\n    torch._C._pop_torch_function_stack()\n    return y * 2"
    found = recorded(source, point())
    assert calls(found) == [("add", 2)]
    assert torch.equal(found.observations[0].value, (point() + 1) * 2)
    assert torch._C._len_torch_function_stack() == before


def test_modes_that_a_source_leaves_behind_are_taken_away(recorded):
    """Modes pushed by the student's code and left there do not outlive the recording."""
    before = torch._C._len_torch_function_stack()
    recorded(
        "from torch.overrides import BaseTorchFunctionMode\ndef answer(x):\n    BaseTorchFunctionMode().__enter__()",
        point(),
    )
    assert torch._C._len_torch_function_stack() == before


def test_a_tensor_that_refuses_to_be_read_changes_no_call(recorded):
    """A subclass whose properties raise is called as ever; the recording is cut."""
    source = (
        "class Mute(torch.Tensor):\n    grad_fn = property(lambda self: 1 / 0)\n"
        "def answer(x):\n    return x.as_subclass(Mute).exp().as_subclass(torch.Tensor)"
    )
    found = recorded(source, point())
    assert torch.equal(found.observations[0].value, point().exp())
    assert found.recording.is_cut
