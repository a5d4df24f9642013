# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges graph_nodes."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import Snippet, probe, quarters, tensors

LEAF = "torch::autograd::AccumulateGrad"
SHARED = Snippet("lambda x: (x * x + x.exp()).sum()")
SHORT = Snippet("lambda x: torch.tanh(3 * x)")
ITSELF = Snippet("lambda x: x")
DETACHED = Snippet("lambda x: (x * x + x.exp()).detach().sum()")
SECOND_LEAF = Snippet("lambda x: (x * torch.ones(2, requires_grad=True) - torch.tensor([0.5, 2.0])).sum()")
DOUBLED = Snippet("def f(x):\n    for _ in range(40):\n        x = x + x\n    return x\n")

OPERATIONS = (
    ("{a} + {b}", "AddBackward0"),
    ("{a} - {b}", "SubBackward0"),
    ("{a} * {b}", "MulBackward0"),
    ("torch.sin({a})", "SinBackward0"),
    ("torch.exp({a})", "ExpBackward0"),
    ("torch.tanh({a})", "TanhBackward0"),
    ("{a} ** 2", "PowBackward0"),
    ("-{a}", "NegBackward0"),
)
WITH_CONSTANTS = (
    ("3 * {a}", "MulBackward0"),
    ("{a} + 0.5", "AddBackward0"),
    ("{a} / 4", "DivBackward0"),
    ("{a} - torch.tensor([2.0, 0.5])", "SubBackward0"),
    ("torch.tensor([1.5, 3.0]) * {a}", "MulBackward0"),
    ("{a}.detach() + {b}", "AddBackward0"),
)


def at():
    """A point that asks for no gradient."""
    return torch.tensor([1.5, -0.5])


def with_a_history():
    """A point that requires grad and holds an old gradient."""
    x = at().requires_grad_()
    x.grad = torch.tensor([10.0, -4.0])
    return x


def watched(namespace, f, x):
    """Report the names, and how often f was called and a gradient came by."""
    counts = {"calls_of_f": 0, "backward_passes": 0}

    def count(what):
        counts[what] += 1

    def watched_f(argument):
        count("calls_of_f")
        y = f(argument)
        if y.requires_grad:
            y.register_hook(lambda _gradient: count("backward_passes"))
        return y

    return {"nodes": namespace["graph_nodes"](watched_f, x), **counts}


def names_behind(steps):
    """Return the names of the nodes that the last step leads back to, and of the leaf x, sorted."""
    reached, names = {len(steps)}, []
    for number in range(len(steps), 0, -1):
        if number in reached:
            name, operands = steps[number - 1]
            names.append(name)
            reached.update(operands)
    return sorted([*names, LEAF] if 0 in reached else names)


@st.composite
def expressions(draw, operations, least=3):
    """A function of 3 to 8 steps that uses results again, and the names behind its result."""
    lines, steps = [], []
    for number in range(1, draw(st.integers(least, 8)) + 1):
        template, name = draw(st.sampled_from(operations))
        a, b = (draw(st.integers(max(0, number - 3), number - 1)) for _ in range(2))
        texts = {"a": f"y{a}" if a else "x", "b": f"y{b}" if b else "x"}
        lines.append(f"    y{number} = {template.format(**texts)}\n")
        tracked = [index for index, hole in ((a, "{a}"), (b, "{b}")) if hole in template.replace("{a}.detach()", "")]
        steps.append((name, tracked))
    source = "".join(["def f(x):\n", *lines, f"    return y{len(lines)}.sum()\n"])
    steps.append(("SumBackward0", [len(steps)]))
    return Snippet(source), draw(tensors((2,), elements=quarters())), names_behind(steps)


@pytest.mark.check("documented", points=0.375, covers=["d4-o2", "d4-o6"])
def test_addition_and_mean(student):
    """First x + 1, then the mean of 3 (x + 2)^2 written as 3 * y * y.

    先是 x + 1，然后是 3 (x + 2)^2 的均值，其中的平方写成 3 * y * y。
    """
    ones = torch.ones(2, 2)
    student.call(Snippet("lambda x: torch.add(x, 1)"), ones).must_equal(["AddBackward0", LEAF])
    mean = Snippet("def f(x):\n    y = x + 2\n    z = 3 * y * y\n    return z.mean()\n")
    names = ["AddBackward0", "MeanBackward0", "MulBackward0", "MulBackward0", LEAF]
    student.call(mean, ones).must_equal(names)


@pytest.mark.check("documented", points=0.375, covers=["d4-o8", "d0-o1"])
def test_matrix_product_and_view(student):
    """A product of two matrices, then a doubled vector seen as a matrix.

    先是两个矩阵的乘积，然后是乘以 2 后再看作矩阵的向量。
    """
    product = Snippet("lambda x: x @ torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]).T")
    x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]])
    student.call(product, x).must_equal(["MmBackward0", LEAF])
    view = Snippet("lambda x: (2 * x).view(2, 2)")
    student.call(view, torch.tensor([1.0, 2.0, 3.0, 4.0])).must_equal(["MulBackward0", "ViewBackward0", LEAF])


@pytest.mark.check("probes", points=0.75)
@probe(expressions(OPERATIONS), examples=16)
def test_shared_parts(student, case):
    """Computations that use their results again.

    中间结果被反复使用的计算。
    """
    f, x, names = case
    student.call(f, x).must_equal(names)


@pytest.mark.check("probes", points=0.75)
@probe(expressions(WITH_CONSTANTS), examples=16)
def test_constants(student, case):
    """Computations with constants and detached parts, which lead nowhere.

    含有常数和 detach 部分的计算，这些部分不通向任何节点。
    """
    f, x, names = case
    student.call(f, x).must_equal(names)


@pytest.mark.check("edges", points=0.125)
def test_no_graph_at_all(student):
    """A computation with a graph, then x itself and a detached result, which have no grad_fn.

    先是有计算图的计算，然后是 x 本身和 detach 得到的结果：它们没有 grad_fn。
    """
    names = ["AddBackward0", "ExpBackward0", "MulBackward0", "SumBackward0", LEAF]
    for f, expected in ((SHARED, names), (ITSELF, []), (DETACHED, [])):
        student.call(f, at()).must_equal(expected)


@pytest.mark.check("edges", points=0.125)
def test_second_leaf(student):
    """A function that brings a leaf of its own: each leaf has its node.

    函数自带一个叶子张量：每个叶子各有自己的节点。
    """
    student.call(SECOND_LEAF, at()).must_equal(["MulBackward0", "SubBackward0", "SumBackward0", LEAF, LEAF])


@pytest.mark.check("edges", points=0.25)
def test_forty_doublings(student):
    """The sum x + x, forty times over: 2^40 ways, 41 nodes.

    把 x 与自己相加，反复四十次：有 2^40 条路，只有 41 个节点。
    """
    student.call(DOUBLED, at()).must_equal([*["AddBackward0"] * 40, LEAF])


@pytest.mark.check("edges", points=0.125)
def test_argument_is_left_alone(student):
    """The argument is left as it was, with and without an old gradient, and a second call gives the same.

    参数保持原样，不论有没有旧的梯度；再调用一次，答案相同。
    """
    names = ["AddBackward0", "ExpBackward0", "MulBackward0", "SumBackward0", LEAF]
    for f, x, expected in ((SHARED, at(), names), (SHORT, with_a_history(), ["MulBackward0", "TanhBackward0", LEAF])):
        for answer in student.call_twice(f, x):
            answer.must_equal(expected).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_no_backward_pass(student):
    """One call of f, and no backward pass.

    只调用一次 f，不做反向传播。
    """
    names = ["AddBackward0", "ExpBackward0", "MulBackward0", "SumBackward0", LEAF]
    student.observe(watched, SHARED, at()).must_equal({"nodes": names, "calls_of_f": 1, "backward_passes": 0})
