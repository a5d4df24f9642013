# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges ema_update. It returns nothing, so observers report what became of the tensors."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import oracle, probe, quarters, tensors

SHAPES = ((3,), (2, 2), (), (1, 3), (2,))
DECAYS = (0.25, 0.75, 0.375, 0.625)
numbers = quarters()


def double(values):
    return torch.tensor(values, dtype=torch.float64)


def leaf(values):
    """A leaf that requires grad."""
    return double(values).requires_grad_()


def after_updates(namespace, targets, sources, decays):
    """Report the numbers of the caller's tensors after one update for each decay."""
    given = list(targets)
    for decay in decays:
        namespace["ema_update"](targets, sources, decay)
    numbers = {"targets": given, "sources": sources}
    return {name: [each.detach().clone() for each in held] for name, held in numbers.items()}


def what_stays(namespace, targets, sources, decay):
    """Report the targets and the sources after an update: numbers, gradients, flags, and whether they are the same."""
    given, versions = list(targets), [each._version for each in targets]
    namespace["ema_update"](targets, sources, decay)
    return {
        "targets": [each.detach().clone() for each in given],
        "targets_grad": [each.grad for each in given],
        "targets_require_grad": [each.requires_grad for each in given],
        "targets_are_leaves": [each.is_leaf for each in given],
        "same_objects": [one is other for one, other in zip(given, targets, strict=True)],
        "version_raised": [each._version > old for each, old in zip(given, versions, strict=True)],
        "sources": [each.detach().clone() for each in sources],
        "sources_grad": [each.grad for each in sources],
        "sources_require_grad": [each.requires_grad for each in sources],
    }


def pending_passes(namespace, target, source, weights, decay):
    """Report two backward passes pending during an update: one needs the old numbers, the other does not."""
    needs_them, needs_none = (weights * target**2).sum(), (weights * target).sum()
    namespace["ema_update"]([target], [source], decay)
    outcome = "no exception"
    try:
        torch.autograd.grad(needs_them, target)
    except RuntimeError:
        outcome = "RuntimeError"
    (gradient,) = torch.autograd.grad(needs_none, target)
    return {"target": target.detach().clone(), "needs the old numbers": outcome, "needs none": gradient}


def trained_on(namespace, target, source, weights, decay):
    """Report the gradient of a weighted sum of cubes of the updated target, and where one step of SGD leads."""
    given = [target]
    namespace["ema_update"](given, [source], decay)
    (weights * given[0] ** 3).sum().backward()
    torch.optim.SGD([target], lr=0.5).step()
    return {"gradient": target.grad, "after the step": target.detach().clone()}


@oracle
def averages(targets, sources, decays):
    """The recursion in Python's own floats."""
    found = []
    for target, source in zip(targets, sources, strict=True):
        olds, news = target.flatten().tolist(), source.flatten().tolist()
        for decay in decays:
            olds = [decay * old + (1 - decay) * new for old, new in zip(olds, news, strict=True)]
        found.append(torch.tensor(olds, dtype=target.dtype).reshape(target.shape))
    return found


def ask(student, targets, sources, decays):
    """Compare where the caller's tensors are after some updates."""
    expected = {"targets": averages(targets, sources, decays), "sources": [each.detach() for each in sources]}
    student.observe(after_updates, targets, sources, decays).must_equal(expected)


@st.composite
def pairs(draw, *, most):
    """Targets and sources of one to `most` pairs of unlike shapes."""
    shapes = draw(st.permutations(SHAPES))[: draw(st.integers(1, most))]
    targets = [draw(tensors(shape, elements=numbers, start=place)) for place, shape in enumerate(shapes)]
    return targets, [draw(tensors(shape, elements=numbers, start=place + 3)) for place, shape in enumerate(shapes)]


@st.composite
def single_updates(draw):
    """One update of one to four pairs; a target may require grad."""
    targets, sources = draw(pairs(most=4))
    for target in targets:
        target.requires_grad_(draw(st.booleans()))
    return targets, sources, [draw(st.sampled_from(DECAYS))]


@st.composite
def several_updates(draw):
    """Two to four updates of one or two pairs, all of which require grad."""
    targets, sources = draw(pairs(most=2))
    for tensor in (*targets, *sources):
        tensor.requires_grad_()
    return targets, sources, [draw(st.sampled_from(DECAYS)) for _ in range(draw(st.integers(2, 4)))]


@pytest.mark.check("documented", points=0.375)
def test_worked_example(student):
    """The example of the README, and the same pair with another decay.

    README 中的例子，以及同一对张量换一个衰减系数。
    """
    for decay in (0.75, 0.25):
        ask(student, [leaf([1.0, 2.0])], [double([3.0, 6.0])], [decay])


@pytest.mark.check("documented", points=0.375)
def test_descent_as_an_average(student):
    """Gradient descent on a square is such an average: from 1 to 0.8 and to 0.64 with the source 0; then other sources.

    在平方函数上做梯度下降也是这样的平均：source 为 0 时，从 1 到 0.8，再到 0.64；然后换成别的 source。
    """
    for source in (0.0, 2.0, -1.5):
        ask(student, [leaf([1.0])], [double([source])], [0.8, 0.8])


@pytest.mark.check("probes", points=0.75)
@probe(single_updates(), examples=12)
def test_one_update(student, case):
    """One update of one to four pairs of unlike shapes.

    一到四对不同形状的张量，更新一次。
    """
    ask(student, *case)


@pytest.mark.check("probes", points=0.75)
@probe(several_updates(), examples=12)
def test_several_updates(student, case):
    """Two to four updates in a row, with a decay of their own each; targets and sources require grad.

    连续更新两到四次，每次用各自的衰减系数；target 和 source 都要求梯度。
    """
    ask(student, *case)


@pytest.mark.check("edges", points=0.25)
def test_pending_backward(student):
    """A backward pass that needs the old numbers raises after the update; one that needs none of them works.

    更新之后，需要旧数的反向传播会报错；不需要旧数的反向传播照常进行。
    """
    for decay in (0.75, 0.25):
        target, source, weights = [1.0, -2.0], double([3.0, 6.0]), double([2.0, 0.5])
        (average,) = averages([double(target)], [source], [decay])
        expected = {"target": average, "needs the old numbers": "RuntimeError", "needs none": weights}
        student.observe(pending_passes, leaf(target), source, weights, decay).must_equal(expected)


@pytest.mark.check("edges", points=0.125)
def test_keeping_all_or_nothing(student):
    """A decay of 0.5, then 0, where the target becomes the source, then 1, where it stays.

    衰减系数先取 0.5，再取 0（target 变成 source），再取 1（target 不变）。
    """
    for decays in ([0.25, 0.5], [0.25, 0.0], [0.25, 1.0]):
        ask(student, [leaf([[1.5, -2.0]])], [double([[4.0, 0.25]])], decays)


@pytest.mark.check("edges", points=0.25)
def test_what_stays(student):
    """Targets keep their flags and their .grad, the list holds the same tensors, and sources stay as they were.

    target 的标志和 .grad 不变，列表里仍是原来的张量，source 保持原样。
    """
    targets, sources = [leaf([1.0, 2.0]), double([[3.0]])], [leaf([-1.0, 4.0]), double([[0.5]])]
    for index, tensor in enumerate((targets[0], sources[0])):
        tensor.grad = double([10.0 + index, -4.0])
    expected = {
        "targets": averages(targets, sources, [0.75]),
        "targets_grad": [double([10.0, -4.0]), None],
        "targets_require_grad": [True, False],
        "targets_are_leaves": [True, True],
        "same_objects": [True, True],
        "version_raised": [True, True],
        "sources": [double([-1.0, 4.0]), double([[0.5]])],
        "sources_grad": [double([11.0, -4.0]), None],
        "sources_require_grad": [True, False],
    }
    student.observe(what_stays, targets, sources, 0.75).must_equal(expected)


@pytest.mark.check("edges", points=0.125)
def test_training_goes_on(student):
    """The updated target takes part in a loss, and an optimizer moves it from its new place.

    更新后的 target 参与计算损失，优化器从新的位置移动它。
    """
    for decay in (0.75, 0.25):
        target, source, weights = [1.0, -2.0], double([3.0, 1.0]), double([2.0, 0.5])
        (average,) = averages([double(target)], [source], [decay])
        gradient = 3 * weights * average**2
        expected = {"gradient": gradient, "after the step": average - 0.5 * gradient}
        student.observe(trained_on, leaf(target), source, weights, decay).must_equal(expected)
