# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges saved_for_backward. The table was made by hand, from the derivative of each operation."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import Snippet, probe, quarters, tensors

TABLE = (
    ("{}.exp()", False, True),
    ("{}.sin()", True, False),
    ("3 * {}", False, False),
    ("{}.sqrt()", False, True),
    ("{} ** 2", True, False),
    ("{}.cumsum(0)", False, False),
    ("{}.sigmoid()", False, True),
    ("{}.log()", True, False),
    ("{} + 1", False, False),
    ("{}.tanh()", False, True),
    ("-{}", False, False),
    ("{}.relu()", False, True),
    ("{}.softmax(0)", False, True),
    ("{}.sum(0)", False, False),
)
"""Each operation, and whether its derivative needs the input and the output."""

NEITHER = Snippet("lambda x: x + 1")
numbers = quarters(0.25, 3)


def at():
    """A point that asks for no gradient."""
    return torch.tensor([1.0, 2.0])


def with_a_history():
    """A point that requires grad and holds an old gradient."""
    x = at().requires_grad_()
    x.grad = torch.tensor([10.0, -4.0])
    return x


def ask(student, *cases):
    """Compare the answers for functions that are given as source text."""
    for source, expected in cases:
        student.call(Snippet(f"lambda x: {source}"), at()).must_equal(expected)


@st.composite
def operations(draw, count):
    """A chain of so many operations and a point; only the first sees x, and only the last makes y."""
    chosen = [draw(st.sampled_from(TABLE)) for _ in range(count)]
    source = "x"
    for template, _, _ in chosen:
        source = template.format(f"({source})" if source != "x" else source)
    return Snippet(f"lambda x: {source}"), draw(tensors((2, 3), elements=numbers)), (chosen[0][1], chosen[-1][2])


@pytest.mark.check("documented", points=0.5)
def test_worked_example(student):
    """The operations of the example: exp, sin, 3 x and relu.

    示例中的运算：exp、sin、3x 和 relu。
    """
    ask(student, *[(template.format("x"), kept) for template, *kept in (TABLE[0], TABLE[1], TABLE[2], TABLE[11])])


@pytest.mark.check("documented", points=0.5)
def test_document_functions(student):
    """Two functions of this course, 4 x^2 and 2 x; with x + 2 in the place of x, what the square keeps is not x.

    本课程中的两个函数：4 x^2 和 2x；把 x 换成 x + 2，平方所保存的就不是 x。
    """
    ask(student, ("4 * x**2", (True, False)), ("4 * (x + 2) ** 2", (False, False)), ("2 * x", (False, False)))
    ask(student, ("(x + 2).exp()", (False, True)))


@pytest.mark.check("probes", points=1)
@probe(operations(1), examples=20)
def test_single_operations(student, case):
    """Single operations, from exp to softmax.

    单个运算，从 exp 到 softmax。
    """
    f, x, kept = case
    student.call(f, x).must_equal(kept)
    student.call(NEITHER, x).must_equal((False, False))
    student.call(Snippet("lambda x: x.sin().exp()"), x).must_equal((True, True))


@pytest.mark.check("probes", points=1)
@probe(operations(2), examples=20)
def test_chains_of_two(student, case):
    """Chains of two operations: what stands between them is neither x nor y.

    两个运算组成的链：中间的张量既不是 x，也不是 y。
    """
    f, x, kept = case
    student.call(f, x).must_equal(kept)
    student.call(NEITHER, x).must_equal((False, False))
    student.call(Snippet("lambda x: x.sin().exp()"), x).must_equal((True, True))


@pytest.mark.check("edges", points=0.25)
def test_views(student):
    """The graph keeps a view of x, and y is a view of what it keeps; then views alone, of which nothing is kept.

    计算图保存了 x 的视图；y 是所保存张量的视图；最后只有视图，什么也没有保存。
    """
    ask(student, ("x[1:].sin()", (True, False)), ("x.exp().reshape(2, 1)", (False, True)))
    ask(student, ("x.view(2, 1).log()", (True, False)), ("x.view(2, 1)", (False, False)))


@pytest.mark.check("edges", points=0.25)
def test_equal_numbers_elsewhere(student):
    """What is kept has the numbers of x or of y, but stands in other memory; then x itself is kept.

    保存的张量与 x 或 y 数值相同，却在另一块内存里；然后保存的是 x 本身。
    """
    ask(student, ("(x * 1).sin()", (False, False)), ("x.exp() * 1", (False, False)), ("x.sin() * 1", (True, False)))


@pytest.mark.check("edges", points=0.25)
def test_no_graph(student):
    """Functions that return x itself or a detached tensor, beside ones that keep both ends.

    原样返回 x 或返回 detach 结果的函数，以及两端都保存的函数。
    """
    ask(student, ("x.prod()", (True, True)), ("x", (False, False)), ("x.exp().detach()", (False, False)))


@pytest.mark.check("edges", points=0.25)
def test_argument_is_left_alone(student):
    """The argument is left as it was, with and without an old gradient, and a second call gives the same.

    参数保持原样，不论有没有旧的梯度；再调用一次，答案相同。
    """
    sine, exponential = Snippet("lambda x: x.sin()"), Snippet("lambda x: x.exp()")
    for f, x, kept in ((sine, at(), (True, False)), (exponential, with_a_history(), (False, True))):
        for answer in student.call_twice(f, x):
            answer.must_equal(kept).must_leave_arguments()
