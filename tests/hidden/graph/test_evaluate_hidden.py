# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges evaluate. A model crosses no border, so observers build it beside the student's code."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import probe, quarters, tensors

EPS = 1e-5
numbers = quarters(-2, 2)
positive = quarters(0.25, 3)


def build(layers, outer):
    """Return a model made of layers, each given as its kind, its training flag and its numbers."""
    modules = []
    for kind, training, *given in layers:
        if kind == "linear":
            weight, bias = given
            module = torch.nn.Linear(weight.shape[1], weight.shape[0])
            module.weight, module.bias = torch.nn.Parameter(weight), torch.nn.Parameter(bias)
        elif kind == "norm":
            mean, var = given
            module = torch.nn.BatchNorm1d(len(mean), dtype=mean.dtype)
            module.running_mean, module.running_var = mean, var
        else:
            module = torch.nn.Dropout(0.5) if kind == "dropout" else torch.nn.ReLU()
        module.training = training
        modules.append(module)
    model = torch.nn.Sequential(*modules)
    model.training = outer
    return model


def state(model):
    """Return the modes of a model's modules and the two modes of torch."""
    modes = [module.training for module in model.modules()]
    return {"modes": modes, "grad_mode": torch.is_grad_enabled(), "inference_mode": torch.is_inference_mode_enabled()}


def one_run(namespace, layers, outer, batch):
    """Report the value, whether it requires grad, and the modes afterwards."""
    model = build(layers, outer)
    torch.manual_seed(1)
    result = namespace["evaluate"](model, batch)
    return {"value": result, "requires_grad": getattr(result, "requires_grad", None), **state(model)}


def under_no_grad(namespace, layers, outer, batch):
    """Report one run with recording switched off by the caller, and one with recording on."""
    with torch.no_grad():
        off = one_run(namespace, layers, outer, batch)
    return {"off": off, "on": one_run(namespace, layers, outer, batch)}


def with_a_broken_part(namespace, layers, outer, batch):
    """Report the modes after a forward that raises, and one run of the model without the broken part."""

    class Broken(torch.nn.Module):
        def forward(self, _batch):
            raise KeyError("broken on purpose")

    whole = build(layers, outer)
    model = torch.nn.Sequential(whole, Broken())
    raised = False
    try:
        namespace["evaluate"](model, batch)
    except KeyError:
        raised = True
    after = state(model)
    return {"exception_let_through": raised, **after, "next": one_run(namespace, layers, outer, batch)}


def what_stays(namespace, layers, outer, batch, gradients):
    """Report one value, and the parameters' flags and .grad, the statistics and the batch afterwards."""
    model = build(layers, outer)
    for parameter, gradient in zip(model.parameters(), gradients, strict=True):
        parameter.grad = gradient.clone()
    torch.manual_seed(1)
    result = namespace["evaluate"](model, batch)
    return {
        "value": result,
        "requires_grad": getattr(result, "requires_grad", None),
        "parameters_require_grad": [parameter.requires_grad for parameter in model.parameters()],
        "parameters_grad": [parameter.grad for parameter in model.parameters()],
        "statistics": list(model.buffers()),
        "batch": batch.detach(),
        "batch_grad": batch.grad,
        "batch_requires_grad": batch.requires_grad,
    }


def value_of(layers, batch):
    """The value in eval mode, layer by layer, written down by hand."""
    for kind, _training, *given in layers:
        if kind == "linear":
            batch = batch @ given[0].T + given[1]
        elif kind == "norm":
            batch = (batch - given[0]) / (given[1] + EPS).sqrt()
        elif kind == "relu":
            batch = batch.clamp(min=0)
    return batch


def expected_run(layers, outer, batch, *, grad_mode=True):
    """What one run must report."""
    modes = [outer, *(training for _kind, training, *_given in layers)]
    value = {"value": value_of(layers, batch), "requires_grad": False}
    return {**value, "modes": modes, "grad_mode": grad_mode, "inference_mode": False}


def double(values):
    return torch.tensor(values, dtype=torch.float64)


def example(weight):
    """A linear model, Dropout, and a Dropout in eval mode."""
    return [("linear", True, double(weight), double([0.0])), ("dropout", True), ("dropout", False)]


def network():
    """A small network with every kind of layer, two of them in eval mode."""
    first = ("linear", True, double([[1.0, -2.0], [0.5, 1.5], [-1.0, 0.25]]), double([0.5, -0.25, 1.0]))
    norm = ("norm", True, double([0.5, -1.0, 0.25]), double([2.0, 0.5, 1.25]))
    last = ("linear", False, double([[2.0, -1.0, 0.5]]), double([0.75]))
    return [first, norm, ("relu", True), ("dropout", False), ("dropout", True), last]


def batch():
    """Three examples of two entries."""
    return double([[1.5, -0.5], [2.0, 1.0], [-1.0, 0.75]])


@st.composite
def stacks(draw, *, norm):
    """Layers with drawn numbers and flags, at least one Dropout among them in training mode, and a batch."""
    n, m, k = (draw(st.integers(1, 3)) for _ in range(3))
    flags = [draw(st.booleans()) for _ in range(4)]
    layers = [("linear", flags[0], draw(tensors((m, n), elements=numbers)), draw(tensors((m,), elements=numbers)))]
    if norm:
        layers.append(("norm", True, draw(tensors((m,), elements=numbers)), draw(tensors((m,), elements=positive))))
    layers += [("dropout", True), ("relu", flags[1]), ("dropout", flags[2])]
    layers.append(("linear", flags[3], draw(tensors((k, m), elements=numbers)), draw(tensors((k,), elements=numbers))))
    return layers, draw(st.booleans()), draw(tensors((3, n), elements=numbers))


@pytest.mark.check("documented", points=0.75)
def test_linear_model(student):
    """The linear model of the README with Dropout, for two different weights.

    README 中带 Dropout 的线性模型，用两组不同的权重。
    """
    for weight in ([[1.0, 2.0]], [[-0.5, 3.0]]):
        case = example(weight), True, double([[3.0, 4.0]])
        student.observe(one_run, *case).must_equal(expected_run(*case))


@pytest.mark.check("probes", points=0.75)
@probe(stacks(norm=False), examples=10)
def test_networks_with_dropout(student, case):
    """Networks with Dropout, some of their parts in eval mode before.

    带 Dropout 的网络，其中一些部分原来就处于 eval 模式。
    """
    student.observe(one_run, *case).must_equal(expected_run(*case))


@pytest.mark.check("probes", points=0.75)
@probe(stacks(norm=True), examples=10)
def test_networks_with_batch_norm(student, case):
    """Networks with BatchNorm and Dropout, some of their parts in eval mode before.

    带 BatchNorm 和 Dropout 的网络，其中一些部分原来就处于 eval 模式。
    """
    student.observe(one_run, *case).must_equal(expected_run(*case))


@pytest.mark.check("edges", points=0.125)
def test_model_in_eval_mode(student):
    """A model that is wholly in eval mode already stays so, and one in training mode stays in that.

    原来完全处于 eval 模式的模型保持 eval 模式，处于训练模式的保持训练模式。
    """
    for training in (False, True):
        layers = [(kind, training, *given) for kind, _training, *given in network()]
        student.observe(one_run, layers, training, batch()).must_equal(expected_run(layers, training, batch()))


@pytest.mark.check("edges", points=0.125)
def test_caller_records_nothing(student):
    """Recording is off afterwards where the caller had switched it off, and on where it was on.

    调用者关掉了记录的，之后仍然关着；开着的，之后仍然开着。
    """
    case = network(), True, batch()
    expected = {"off": expected_run(*case, grad_mode=False), "on": expected_run(*case)}
    student.observe(under_no_grad, *case).must_equal(expected)


@pytest.mark.check("edges", points=0.25)
def test_forward_raises(student):
    """After a forward that raises, the modes are back, and the exception has reached the caller.

    前向计算抛出异常之后，各个模式都已恢复，异常也传到了调用者。
    """
    case = network(), True, batch()
    run = expected_run(*case)
    after = {"modes": [True, *run["modes"], True], "grad_mode": True, "inference_mode": False}
    expected = {"exception_let_through": True, **after, "next": run}
    student.observe(with_a_broken_part, *case).must_equal(expected)


@pytest.mark.check("edges", points=0.25)
def test_model_and_batch_stay(student):
    """Parameters with their .grad, the statistics of BatchNorm, and a batch that requires grad are left as they were.

    参数及其 .grad、BatchNorm 的统计量，以及要求梯度的数据都保持原样。
    """
    layers = network()
    shapes = [layers[0][2].shape, layers[0][3].shape, (3,), (3,), layers[-1][2].shape, layers[-1][3].shape]
    gradients = [torch.full(shape, 1.5 - index, dtype=torch.float64) for index, shape in enumerate(shapes)]
    given, old = batch().requires_grad_(), torch.full((3, 2), 7.0, dtype=torch.float64)
    given.grad = old
    expected = {
        "value": value_of(layers, batch()),
        "requires_grad": False,
        "parameters_require_grad": [True] * 6,
        "parameters_grad": gradients,
        "statistics": [layers[1][2], layers[1][3], torch.tensor(0)],
        "batch": batch(),
        "batch_grad": old,
        "batch_requires_grad": True,
    }
    student.observe(what_stays, layers, True, given, gradients).must_equal(expected)  # noqa: FBT003 - as it is drawn
