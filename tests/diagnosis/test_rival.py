"""A known-wrong solution as something to compare a student with."""

import warnings

import pytest
import torch

from grader.comparison.evidence import Seen
from grader.diagnosis.rival import load_rival
from grader.errors import ContentError
from grader.judge.student import as_sent
from grader.protocol.messages import Call
from grader.protocol.snippet import Snippet
from grader.protocol.values import TensorRecord


def seen(*arguments, entry="answer", times=1):
    """Return a call as it was seen of a student."""
    return Seen(entry, as_sent(Call("answer", arguments))[1], times, ())


def leaf(*numbers, requires_grad=False, old=None):
    """Return a leaf with an old gradient."""
    x = torch.tensor(numbers, requires_grad=requires_grad)
    x.grad = None if old is None else torch.full_like(x, old).detach()
    return x


def test_a_rival_is_observed_as_a_student_is(wrong_solution):
    """A wrong solution gets the arguments that the student got, and is described by value and what it left."""
    source = "def answer(f, x):\n    y = f(x)\n    x.detach().zero_()\n    return y"
    rival = load_rival(wrong_solution("m01_a", source))
    (found,) = rival.observe(seen(Snippet("lambda x: 3 * x"), leaf(2.0, requires_grad=True, old=7.0)))
    assert rival.misconception == "M01"
    assert isinstance(found.value, TensorRecord)
    assert found.value.tensor().tolist() == [6.0]
    assert found.value.requires_grad
    left = found.arguments[1]
    assert left.tensor().tolist() == [0.0]
    assert left.grad.tensor().tolist() == [7.0]


def test_what_a_rival_does_to_arguments_is_undone(wrong_solution):
    """A wrong solution that changes its arguments gets them fresh the next time."""
    rival = load_rival(wrong_solution("m01_b", "def answer(x):\n    x.add_(1)\n    return x.clone()"))
    call = seen(leaf(1.0))
    assert [rival.observe(call)[0].value.tensor().item() for _ in range(3)] == [2.0] * 3


LEFT_ON = """
import torch


def answer(x):
    torch.autograd.set_detect_anomaly(True)
    torch.autograd.graph.saved_tensors_hooks(lambda t: 7, lambda _seven: 7).__enter__()
    return x + 1
"""


def test_modes_that_a_rival_leaves_on_are_switched_off(wrong_solution):
    """Anomaly detection and hooks on saved tensors end with the call, so that the next one meets neither."""
    rival = load_rival(wrong_solution("m01_d", LEFT_ON))
    assert [rival.observe(seen(leaf(1.0)))[0].value.tensor().item() for _ in range(2)] == [2.0, 2.0]
    assert not torch.is_anomaly_enabled()
    assert (leaf(2.0, requires_grad=True) ** 2).grad_fn._saved_self.item() == 2.0


def test_calling_twice_is_on_the_same_arguments(wrong_solution):
    """Where the student was called twice, the rival is: on the very same objects."""
    source = "def answer(x):\n    (x * x).sum().backward()\n    return x.grad.clone()"
    rival = load_rival(wrong_solution("m01_c", source))
    first, second = rival.observe(seen(leaf(3.0, requires_grad=True), times=2))
    assert (first.value.tensor().item(), second.value.tensor().item()) == (6.0, 12.0)


def test_an_observer_runs_beside_a_rival(wrong_solution):
    """Where an observer reported on the student, the same observer reports on the rival."""
    rival = load_rival(wrong_solution("m01_f", "def answer(x):\n    return 3 * x"))
    before = as_sent(Call("answer", (leaf(2.0),)))[1]
    call = Seen("answer", before, 1, (), lambda names, x: (names["answer"](x), "seen"))
    ((value, word),) = [found.value for found in rival.observe(call)]
    assert (value.tensor().tolist(), word) == ([6.0], "seen")


def test_a_rivals_exception_is_an_observation(wrong_solution):
    """A wrong solution whose symptom is an exception is described by it."""
    (found,) = load_rival(wrong_solution("m01_d", "def answer(x):\n    raise KeyError('k')")).observe(seen(1.0))
    assert (found.raised.type, found.raised.message, found.raised.line) == ("KeyError", "'k'", 2)


def test_a_rival_without_the_function_does_nothing(wrong_solution):
    """A wrong solution that does not define the entry point is not observed there."""
    assert load_rival(wrong_solution("m01_e", "def other(x):\n    return x")).observe(seen(1.0)) == ()


def test_a_rival_keeps_its_warnings_and_modes_to_itself(wrong_solution):
    """A wrong solution that warns is no error of ours, and it is run with gradients on, whatever the judge is in."""
    source = "import warnings\ndef answer(x):\n    warnings.warn('loud')\n    return (2 * x).requires_grad"
    rival = load_rival(wrong_solution("m01_f", source))
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("error")
        assert rival.observe(seen(leaf(1.0, requires_grad=True)))[0].value is True


@pytest.mark.parametrize(
    ("name", "source", "words"),
    [
        ("m02_syntax", "def answer(x)\n    return x", "SyntaxError"),
        ("m02_import", "import not_installed_here", "not_installed_here"),
        ("m02_raises", "1 / 0", "ZeroDivisionError"),
    ],
)
def test_a_rival_that_does_not_load_is_the_authors(wrong_solution, name, source, words):
    """A wrong solution that can't be run is told with its path and the reason."""
    wrong = wrong_solution(name, source)
    with pytest.raises(ContentError, match="this wrong solution does not load") as caught:
        load_rival(wrong)
    assert words in caught.value.problem
    assert caught.value.path == wrong.path


def test_a_missing_rival_is_the_authors(wrong_solution):
    """A wrong solution that is gone since it was listed is told with its path."""
    wrong = wrong_solution("m02_gone", "")
    wrong.path.unlink()
    with pytest.raises(ContentError, match="does not load") as caught:
        load_rival(wrong)
    assert caught.value.path == wrong.path


def test_a_rival_is_loaded_once(wrong_solution):
    """A wrong solution is run when it is first asked for, and not again for the next student."""
    wrong = wrong_solution("m03_a", "def answer(x):\n    return x")
    assert load_rival(wrong) is load_rival(wrong)
