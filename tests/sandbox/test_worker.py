"""Inside a student process: what its code sees, what it is given, and that one call leaves nothing to the next."""

import os

import pytest
import torch

from grader.protocol.messages import Call, Load, Loaded, Observe
from grader.protocol.snippet import Snippet
from grader.protocol.values import Foreign
from grader.sandbox.process import Stopped

STATE = """
import random
import numpy
import torch

def f():
    seen = [torch.is_grad_enabled(), str(torch.get_default_dtype())]
    seen += [torch.rand(1).item(), torch.rand(1).item(), random.random(), float(numpy.random.rand())]
    torch.set_grad_enabled(False)
    torch.set_default_dtype(torch.float64)
    return seen
"""


def test_a_call_leaves_no_state_to_the_next(start):
    """Grad mode, default dtype and random numbers are the same at the start of each call, whatever the last one did."""
    student = start(f"{STATE}\nf()")
    first, second = student.value(), student.value()
    assert first[:2] == [True, "torch.float32"]
    assert first == second
    assert len(set(first[2:])) == 4


def test_a_call_leaves_its_number_of_threads_to_nobody(start):
    """The number of threads is the same at the start of each call, whatever the last one set."""
    student = start(
        "import torch\ndef f():\n    seen = torch.get_num_threads()\n    torch.set_num_threads(2)\n    return seen"
    )
    assert [student.value(), student.value()] == [1, 1]


def test_a_process_leaves_nothing_to_the_next(start):
    """What one student process changes in torch, in Python and in its environment no other one sees."""
    change = (
        "import os, sys, torch\n"
        "torch.set_default_dtype(torch.float64)\n"
        "torch.allclose = lambda *arguments: True\n"
        "sys.left = os.environ['LEFT'] = 'x'\n"
    )
    look = "import os, sys, torch\ndef f(): return hasattr(sys, 'left'), 'LEFT' in os.environ, torch.allclose.__name__"
    changed, other = start(change + look), start(look)
    assert changed.value() == (True, True, "<lambda>")
    assert other.value() == (False, False, "allclose")


def test_two_processes_at_once_are_apart(start):
    """Two student processes of one sandbox answer in turn, each from its own submission and its own memory."""
    source = "calls = []\ndef f(x):\n    calls.append(x)\n    return {0!r}, calls"
    one, two = start(source.format("one")), start(source.format("two"))
    assert one.process.pid != two.process.pid
    assert [one.value(1), two.value(2), one.value(3), two.value(4)] == [
        ("one", [1]),
        ("two", [2]),
        ("one", [1, 3]),
        ("two", [2, 4]),
    ]
    one.process.close()
    assert two.value(5) == ("two", [2, 4, 5])


def test_arguments_arrive_in_their_state(start):
    """Tensors arrive as leaves with values, `requires_grad` and `.grad`; containers and plain values as they are."""
    source = (
        "def f(x, parts, text):\n"
        "    y = parts[0]['y']\n"
        "    return x.is_leaf, x.requires_grad, x.grad, y.tolist(), y.requires_grad, y.grad, type(parts).__name__, text"
    )
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    x.grad = torch.tensor([3.0, 4.0])
    seen = start(source).value(x, ({"y": torch.tensor([5, 6])},), "π")
    assert seen[:2] == (True, True)
    assert seen[2].tensor().tolist() == [3.0, 4.0]
    assert seen[3:] == ([5, 6], False, None, "tuple", "π")


def test_arguments_are_observed_as_the_call_left_them(start):
    """After a call the judge sees each argument's values, `.grad` and `requires_grad`, changed or not."""
    source = (
        "import torch\n"
        "def f(x, y, z):\n"
        "    x.grad.add_(1)\n"
        "    y.requires_grad_()\n"
        "    y.grad = torch.ones(2)\n"
        "    z.append(y)\n"
        "    x.data.mul_(2)\n"
    )
    x, y = torch.tensor([1.0, 2.0], requires_grad=True), torch.zeros(2)
    x.grad = torch.tensor([3.0, 4.0])
    after_x, after_y, after_z = start(source).call(x, y, []).arguments
    assert after_x.tensor().tolist() == [2.0, 4.0]
    assert after_x.grad.tensor().tolist() == [4.0, 5.0]
    assert (after_x.requires_grad, after_y.requires_grad) == (True, True)
    assert after_y.grad.tensor().tolist() == [1.0, 1.0]
    assert after_z == [after_y]
    untouched = start("def f(x, y, z): pass").call(x, y, []).arguments
    assert untouched[0].tensor().tolist() == [1.0, 2.0]
    assert untouched[0].grad.tensor().tolist() == [3.0, 4.0]
    assert (untouched[1].requires_grad, untouched[1].grad, untouched[2]) == (False, None, [])


def test_arguments_are_observed_when_the_call_raised(start):
    """What a failing call did to its arguments before it failed is seen as well."""
    seen = start("def f(x):\n    x.zero_()\n    return x.no_such_thing").call(torch.ones(2))
    assert (seen.raised.type, seen.raised.line) == ("AttributeError", 3)
    assert seen.arguments[0].tensor().tolist() == [0.0, 0.0]


def test_shared_memory_is_told_by_number(start):
    """A returned tensor that shares its memory with an argument, its `.grad` or another result has its number."""
    source = (
        "import torch\n"
        "def f(x):\n"
        "    own = torch.ones(2)\n"
        "    return x.detach()[1:], x.grad, x.clone(), own, own.view(1, 2)"
    )
    x = torch.ones(2, requires_grad=True)
    x.grad = torch.ones(2)
    seen = start(source).call(x)
    view, grad, copy, own, same = (each.storage for each in seen.value)
    argument = seen.arguments[0]
    assert (view, grad) == (argument.storage, argument.grad.storage)
    assert own == same
    assert len({view, grad, copy, own}) == 4
    assert start("def f(x): return x + x").call(x).value.requires_grad


def test_twice_means_on_the_very_same_objects(start):
    """A call of two times is given one set of argument objects: the second finds what the first left."""
    source = (
        "seen = []\n"
        "def f(x, steps):\n"
        "    seen.append((x, steps))\n"
        "    steps.append(len(seen))\n"
        "    x.add_(1)\n"
        "    return seen[0][0] is x and seen[0][1] is steps, list(steps), x.clone()"
    )
    reply = start(source).process.ask(Call("f", (torch.zeros(1), []), times=2))
    first, second = reply.observations
    assert first.value[:2] == (True, [1])
    assert second.value[:2] == (True, [1, 2])
    assert [each.value[2].tensor().item() for each in (first, second)] == [1.0, 2.0]


def test_both_times_are_observed_after_the_second(start):
    """The first observation, too, shows arguments and what was returned as the second call left them."""
    source = "def f(x, steps):\n    steps.append(x.add_(1).item())\n    return steps"
    reply = start(source).process.ask(Call("f", (torch.zeros(1), []), times=2))
    for seen in reply.observations:
        assert seen.value == seen.arguments[1] == [1.0, 2.0]
        assert seen.arguments[0].tensor().item() == 2.0


def test_twice_is_two_observations_though_both_raise(start):
    """A call that raises is called the second time all the same, and each exception is told."""
    source = "calls = []\ndef f():\n    calls.append(0)\n    raise ValueError(len(calls))"
    reply = start(source).process.ask(Call("f", (), times=2))
    assert [each.raised.message for each in reply.observations] == ["1", "2"]


def test_a_function_that_is_not_there_is_a_type_error(start, sandbox):
    """Calling a name that the submission lacks, or any before a submission is loaded, is told as Python tells it."""
    raised = start("def g(): pass").call().raised
    assert (raised.type, raised.message, raised.line) == ("TypeError", "'NoneType' object is not callable", 0)
    process = sandbox.start()
    assert process.ask(Call("f", ())).observations[0].raised.type == "TypeError"
    process.close()


def test_a_probe_runs_beside_the_submission(start):
    """A probe is given the submission's names and its arguments, and reports what it saw as values."""
    source = "limit = 3\ndef f(x): return x * limit\nclass Square:\n    side = 2"
    student = start(source)

    def look(names, x, g):
        return {"f": names["f"](x), "g": g(x), "side": names["Square"].side, "kind": names["Square"]}

    reply = student.process.ask(Observe(look, (torch.ones(2), Snippet("lambda x: -x"))))
    value = reply.observations[0].value
    assert value["f"].tensor().tolist() == [3.0, 3.0]
    assert value["g"].tensor().tolist() == [-1.0, -1.0]
    assert value["side"] == 2
    assert isinstance(value["kind"], Foreign)
    assert reply.observations[0].arguments[0].tensor().tolist() == [1.0, 1.0]


def test_a_probe_may_change_what_the_student_calls(start):
    """A probe sees and replaces the submission's names, for the calls after it too."""
    student = start("def helper(): return 1\ndef f(): return helper()")
    student.process.ask(Observe(lambda names: names.update(helper=lambda: 7), ()))
    assert student.value() == 7


def test_what_a_probe_meets_in_the_students_code_is_told_there(start):
    """An exception of the student's code under a probe is told at the student's line, one of the probe's at none."""
    student = start("def f(x):\n    return 1 / x")
    raised = student.process.ask(Observe(lambda names: names["f"](0), ())).observations[0].raised
    assert (raised.type, raised.line) == ("ZeroDivisionError", 2)
    raised = student.process.ask(Observe(lambda names: names["missing"], ())).observations[0].raised
    assert (raised.type, raised.line) == ("KeyError", 0)


def test_a_probe_before_any_submission_has_no_names(sandbox):
    """Until a submission is loaded a probe is given an empty set of names."""
    process = sandbox.start()
    assert process.ask(Observe(dict, ())).observations[0].value == {}
    process.close()


def test_a_process_may_load_again(start):
    """After a second source was loaded in the same process, calls are of that one."""
    student = start("def f(): return 1\ndef g(): return 2")
    again = Load("again.py", ("def f():\n    return 1 / 0",), notebook=False, entries=("f", "g"))
    reply = student.process.ask(again)
    assert reply == Loaded(signatures={"f": "()"}, functions=("f",))
    assert student.call().raised.line == 2


def test_no_address_is_told(start):
    """An exception's text has its memory addresses masked, of a call and of loading alike, and where it is cut too."""
    student = start("def f(x):\n    raise ValueError('x' * x, f)\nraise ValueError(f)")
    assert student.loaded.raised[0].message == "<function f at 0x…>"
    assert student.call(1).raised.message == "('x', <function f at 0x…>)"
    texts = {student.call(length).raised.message[length + 2 :] for length in range(1965, 1985)}
    assert all(set(text.partition("0x")[2]) <= set("…>)") for text in texts)


def test_the_streams_are_the_students_own(start):
    """Nothing can be read, what is written by any name arrives, and text that UTF-8 can't carry does no harm."""
    source = (
        "import os, sys\n"
        "def f():\n"
        "    print('a\\ud800b')\n"
        "    sys.__stdout__.write('c')\n"
        "    sys.stderr.write('d\\udfff')\n"
        "    sys.stdout.flush()\n"
        "    os.write(2, b'e')\n"
        "    return sys.stdin.read()"
    )
    student = start(source)
    assert student.value() == ""
    assert sorted(student.process.printed.decode()) == sorted("a\\ud800b\ncd\\udfffe")


@pytest.mark.parametrize(
    "replaced",
    ["None", "7", "type('Loud', (), {'flush': lambda self: sys.exit(3)})()", "open(os.devnull)"],
)
def test_a_replaced_stream_does_no_harm(start, replaced):
    """A student's code may put anything in the place of its output and is still answered for."""
    student = start(f"import os, sys\ndef f():\n    sys.stdout = sys.stderr = {replaced}\n    return 7")
    assert student.value() == 7
    assert student.value() == 7


def test_a_process_ends_by_itself_when_the_judge_is_gone(start, ends):
    """A student process whose requests are closed ends in order, with exit code 0."""
    student = start("def f(): pass")
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, student.process.pipes.requests)
    os.close(null)
    assert ends(student.process.handle)
    assert student.process.close() == 0


def test_code_that_breaks_the_worker_ends_its_own_process(start):
    """A submission that sabotages what the worker itself uses is told as a crash."""
    with pytest.raises(Stopped, match="exit code 1"):
        start("import torch\ntorch.set_grad_enabled = None\ndef f(): pass").call()
