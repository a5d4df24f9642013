"""What a recording shows: each observation on code that shows it, with its lines, and none on code that does not."""

import textwrap
import warnings

import pytest
import torch

from grader.diagnosis.observations import NAMES, observations_of
from grader.protocol.recording import Recording
from grader.protocol.snippet import Snippet
from grader.sandbox.recorder import record

F = Snippet("lambda x: x ** 2")
LINEAR = Snippet("lambda x: (3 * x).sum()")
LEAF = "leaf = x.detach().clone().requires_grad_()"


def seen(body, *, old_grad=False):
    """Return the observations of a body, counting its lines from 1, as name to line and cause."""
    source = "def answer(f, g, x, v):\n" + textwrap.indent("\n".join(body), "    ")
    namespace = {"torch": torch}
    exec(compile(source, "answer.py", "exec"), namespace)
    x, v = torch.tensor([1.0, 2.0, 3.0]), torch.tensor([2.0, 5.0, 7.0])
    if old_grad:
        x.requires_grad_().grad = torch.ones(3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch warns of some of these mistakes
        found = record(namespace["answer"], (F, LINEAR, x, v), times=1, filename="answer.py")
    return {each.name: (max(0, each.line - 1), max(0, each.cause - 1)) for each in observations_of(found.recording)}


SHOWN = {
    "no_leaf": ([ "leaf = x.detach().clone()", "f(leaf).sum().backward()"], (2, 0)),
    "leaf_not_used": ([LEAF, "f(x).sum().backward()"], (2, 0)),
    "requires_grad_too_late": (["y = f(x).sum()", "y.requires_grad_()", "y.backward()"], (2, 1)),
    "cut_by_detach": ([LEAF, "y = f(leaf).detach()", "y.sum().backward()"], (3, 2)),
    "cut_by_data": ([LEAF, "y = f(leaf).data", "y.sum().backward()"], (3, 2)),
    "cut_by_item": ([LEAF, "y = torch.tensor(f(leaf).sum().item())", "y.backward()"], (3, 2)),
    "cut_by_numpy": ([LEAF, "n = f(leaf.detach()).numpy()", "torch.from_numpy(n).sum().backward()"], (3, 2)),
    "cut_by_tensor": ([LEAF, "y = torch.tensor(f(leaf).sum())", "y.backward()"], (3, 2)),
    "cut_by_no_grad": ([LEAF, "with torch.no_grad():", "    y = f(leaf)", "y.sum().backward()"], (4, 2)),
    "cut_by_inference": ([LEAF, "with torch.inference_mode():", "    y = f(leaf)", "y.sum().backward()"], (4, 3)),
    "derivative_not_recorded": (
        [LEAF, "d, = torch.autograd.grad(f(leaf).sum(), leaf)", "torch.autograd.grad(d.sum(), leaf)"], (3, 2)),
    "retained_not_created": (
        [LEAF, "d, = torch.autograd.grad(f(leaf).sum(), leaf, retain_graph=True)", "d.sum().backward()"], (3, 2)),
    "constant_derivative": (
        [LEAF, "d, = torch.autograd.grad(g(leaf), leaf, create_graph=True)", "d.sum().backward()"], (3, 2)),
    "derivative_detached": (
        [LEAF, "d, = torch.autograd.grad(f(leaf).sum(), leaf, create_graph=True)", "d = d.detach()",
         "d.sum().backward()"], (4, 3)),
    "not_scalar": ([LEAF, "f(leaf).backward()"], (2, 0)),
    "derivative_not_scalar": (
        [LEAF, "d, = torch.autograd.grad(f(leaf).sum(), leaf, create_graph=True)", "torch.autograd.grad(d * v, leaf)"],
        (3, 0)),
    "weights_of_other_shape": ([LEAF, "w = torch.ones(2)", "f(leaf).backward(w)"], (3, 2)),
    "weights_not_tensor": ([LEAF, "f(leaf).backward([1.0, 1.0, 1.0])"], (2, 0)),
    "graph_used_twice": ([LEAF, "y = f(leaf).sum()", "y.backward()", "y.backward()"], (4, 3)),
    "old_history_used": (
        [LEAF, "h = f(leaf)", "h.sum().backward()", "h = f(h)", "h.sum().backward()"], (5, 3)),
    "leaf_changed_in_place": ([LEAF, "leaf.add_(1)"], (2, 0)),
    "saved_value_changed": ([LEAF, "y = leaf * 1", "z = y ** 2", "y.mul_(2)", "z.sum().backward()"], (5, 4)),
    "whole_numbers_asked": (["x.long().requires_grad_()"], (1, 0)),
    "unused_input": ([LEAF, "w = v.clone().requires_grad_()", "torch.autograd.grad(g(leaf), w)"], (3, 0)),
    "clone_is_no_leaf": (["x.requires_grad_()", "c = x.clone()", "f(c).sum().backward()", "return c.grad"], (4, 2)),
    "non_leaf_grad": ([LEAF, "t = leaf * 1.0", "f(t).sum().backward()", "return t.grad"], (4, 2)),
    "grad_of_a_part": ([LEAF, "t = leaf[0]", "f(t).backward()", "return t.grad"], (4, 2)),
    "retain_grad_too_late": (
        [LEAF, "t = leaf * 2", "f(t).sum().backward()", "t.retain_grad()", "return t.grad"], (5, 4)),
    "autograd_grad_fills_nothing": ([LEAF, "torch.autograd.grad(g(leaf), leaf)", "return leaf.grad"], (3, 2)),
    "grad_was_none": ([LEAF, "leaf.grad.zero_()"], (2, 0)),
    "grad_stayed_none": ([LEAF, "w = v.clone().requires_grad_()", "g(leaf).backward()", "return w.grad"], (4, 3)),
    "none_used": ([LEAF, "leaf.grad.zero_()"], (2, 2)),
    "missing_gradient": (
        [LEAF, "w = v.clone().requires_grad_()", "torch.autograd.grad(g(leaf), w, allow_unused=True)"], (3, 0)),
    "name_for_grad": (
        [LEAF, "g(leaf).backward()", "a = leaf.grad", "g(leaf).backward()", "return a, leaf.grad.clone()"], (3, 4)),
    "grad_replaced": (
        [LEAF, "g(leaf).backward()", "a = leaf.grad", "leaf.grad = None", "g(leaf).backward()", "return a"], (3, 4)),
    "weights_twice": ([LEAF, "y = f(leaf) * v", "y.backward(v)"], (3, 2)),
    "outputs_summed": ([LEAF, "torch.autograd.grad([g(leaf), f(leaf).sum()], leaf)"], (2, 0)),
    "part_detached": ([LEAF, "w = leaf.detach()", "y = leaf * w", "y.sum().backward()"], (3, 2)),
    "nothing_returned": (["return None"], (0, 0)),
    "tuple_returned": ([LEAF, "return torch.autograd.grad(g(leaf), leaf)"], (2, 0)),
    "grad_never_cleared": ([LEAF, "g(leaf).backward()", "f(leaf).sum().backward()", "return leaf.grad"], (3, 2)),
    "cleared_before_read": ([LEAF, "g(leaf).backward()", "leaf.grad.zero_()", "return leaf.grad"], (3, 2)),
    "cleared_between": (
        [LEAF, "g(leaf).backward()", "a = leaf.grad.clone()", "leaf.grad.zero_()", "g(leaf).backward()",
         "return a, leaf.grad"], (4, 2)),
    "argument_changed": (["x.detach().mul_(2)"], (1, 0)),
    "argument_requires_grad": (["x.requires_grad_()"], (1, 0)),
    "argument_grad_filled": (["x.requires_grad_()", "g(x).backward()"], (2, 0)),
    "argument_grad_cleared": (["x.grad = None"], (1, 0)),
    "result_has_graph": ([LEAF, "return g(leaf)"], (2, 0)),
    "result_is_argument_grad": (["x.requires_grad_()", "g(x).backward()", "return x.grad"], (3, 0)),
    "result_shares_argument": (["return x[1:]"], (1, 0)),
    "results_share_memory": (["y = x * 2", "return y, y"], (1, 0)),
    "weights_of_ones": ([LEAF, "y = f(leaf)", "y.backward(torch.ones_like(y).reshape(3))"], (3, 3)),
}  # fmt: skip


@pytest.mark.parametrize("name", SHOWN)
def test_what_went_wrong_is_observed_with_its_lines(name):
    """The line where it shows is told, and the line that led to it."""
    body, lines = SHOWN[name]
    assert seen(body)[name] == lines


VIEWED = {
    "a view of .grad that is kept": (
        "name_for_grad",
        [LEAF, "g(leaf).backward()", "a = leaf.grad.view(3, 1)", "leaf.grad.zero_()", "return torch.cat([a, a])"],
        (3, 4),
    ),
    "a view taken of a kept .grad": (
        "name_for_grad",
        [LEAF, "g(leaf).backward()", "a = leaf.grad", "leaf.grad.zero_()", "return torch.cat([a.reshape(1, -1)])"],
        (3, 4),
    ),
    "a view of a detached part": (
        "part_detached", [LEAF, "w = leaf.data.view(3, 1)", "y = leaf * w", "y.sum().backward()"], (3, 2)),
}  # fmt: skip


@pytest.mark.parametrize("case", VIEWED)
def test_views_hide_nothing(case):
    """What is observed of a tensor is observed through a view of it, too."""
    name, body, lines = VIEWED[case]
    assert seen(body)[name] == lines


def test_a_copy_of_a_view_is_no_name_for_grad():
    """A view that is copied at once shares nothing with .grad."""
    body = [
        LEAF,
        "g(leaf).backward()",
        "a = leaf.grad.view(3, 1).clone()",
        "leaf.grad.zero_()",
        "return torch.cat([a])",
    ]
    assert "name_for_grad" not in seen(body)


def test_every_observation_has_an_example():
    """No observation goes untested."""
    assert set(SHOWN) == set(NAMES)


RIGHT = {
    "backward": [LEAF, "f(leaf).sum().backward()", "return leaf.grad"],
    "backward with weights": [LEAF, "f(leaf).backward(v)", "return leaf.grad"],
    "read twice": [LEAF, "g(leaf).backward()", "assert leaf.grad is not None", "return leaf.grad"],
    "autograd.grad": [LEAF, "return torch.autograd.grad(g(leaf), leaf)[0]"],
    "an old gradient": [LEAF, "g(leaf).backward()", "return leaf.grad.clone()"],
    "second derivative": [
        LEAF, "d, = torch.autograd.grad(f(leaf).sum(), leaf, create_graph=True)",
        "return torch.autograd.grad(d.sum(), leaf)[0]",
    ],
    "rows": [
        LEAF, "y = f(leaf)", "rows = []", "for each in y:", "    leaf.grad = None",
        "    each.backward(retain_graph=True)", "    rows.append(leaf.grad)", "return torch.stack(rows)",
    ],
    "in NumPy": ["return torch.from_numpy(2 * x.detach().numpy())"],
    "retain_grad in time": [LEAF, "t = leaf * 2", "t.retain_grad()", "g(t).backward()", "return t.grad.clone()"],
    "torch.func": ["return torch.func.grad(g)(x)"],
    "a jacobian": ["return torch.autograd.functional.jacobian(f, x)"],
    "an optimizer": [
        LEAF, "o = torch.optim.SGD([leaf], lr=1.0)", "o.zero_grad()", "g(leaf).backward()", "o.step()",
        "return leaf.detach().clone()",
    ],
}  # fmt: skip
NEUTRAL = {"cleared_between", "grad_replaced"}
"""What right code shows too: a row that is kept before `.grad` is set to None is no mistake."""


@pytest.mark.parametrize("name", RIGHT)
@pytest.mark.parametrize("old_grad", [False, True])
def test_right_code_shows_nothing_amiss(name, old_grad):
    """Ways to a right answer are not talked into a mistake, whatever state the argument is in."""
    assert set(seen(RIGHT[name], old_grad=old_grad)) <= NEUTRAL


def test_an_empty_recording_shows_that_nothing_was_returned():
    """Where torch was not called at all only the returned value is told."""
    assert [each.name for each in observations_of(Recording())] == ["nothing_returned"]
    assert observations_of(Recording(returned="number")) == ()
