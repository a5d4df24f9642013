# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges unbroadcast."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import oracle, probe, quarters, tensors

G_AT = ((0.5, -2.0, 1.25), (3.0, 0.25, -1.5))
ROW_SUMS = torch.tensor([[-0.25], [1.75]], dtype=torch.float64)
"""The sums of the rows of G_AT, by hand."""


@oracle
def sent_back(g, shape):
    """What autograd sends back to a tensor of that shape that was expanded to the shape of g."""
    small = torch.zeros(shape, dtype=g.dtype, requires_grad=True)
    return torch.autograd.grad(small.expand(g.shape), small, g.detach())[0]


def plain():
    """A gradient that asks for none itself."""
    return torch.tensor(G_AT, dtype=torch.float64)


def used():
    """A gradient that requires grad and holds an old .grad."""
    g = plain().requires_grad_()
    g.grad = torch.full_like(g, 7.5).detach()
    return g


@st.composite
def cases(draw, *, in_front, stretched):
    """A gradient with unlike sizes, and the shape that was broadcast to it, in one way or in both."""
    dimensions = draw(st.integers(2, 4) if in_front else st.integers(1, 3))
    sizes = draw(st.permutations(range(2, 6)))[:dimensions]
    shape = list(sizes[draw(st.integers(1, min(2, dimensions - 1))) if in_front else 0 :])
    for place in draw(st.sets(st.integers(0, len(shape) - 1), min_size=1)) if stretched else ():
        shape[place] = 1
    return draw(tensors(sizes, elements=quarters())), tuple(shape)


def ask(student, g, shape):
    """Compare one gradient."""
    return student.call(g, shape).must_equal(sent_back(g, shape))


@pytest.mark.check("documented", points=0.375)
def test_bias_of_four_rows(student):
    """A bias that was added to four rows, and a column that was added to three columns.

    加到四行上的偏置，以及加到三列上的一列。
    """
    student.call(torch.ones(4, 3), (3,)).must_equal(torch.full((3,), 4.0))
    student.call(torch.ones(4, 3), (4, 1)).must_equal(torch.full((4, 1), 3.0))


@pytest.mark.check("documented", points=0.375)
def test_twelve_numbers(student):
    """The numbers 0 to 11 in the shape (2, 2, 3), brought back to a column and to a row.

    形状为 (2, 2, 3) 的 0 到 11，回到一列，再回到一行。
    """
    g = torch.arange(12.0).reshape(2, 2, 3)
    student.call(g, (2, 1)).must_equal(torch.tensor([[24.0], [42.0]]))
    student.call(g, (1, 3)).must_equal(torch.tensor([[18.0, 22.0, 26.0]]))


@pytest.mark.check("probes", points=0.5)
@probe(cases(in_front=True, stretched=False), examples=10)
def test_dimensions_put_in_front(student, case):
    """Random gradients with one or two more dimensions in front.

    前面多出一维或两维的随机梯度。
    """
    ask(student, *case)


@pytest.mark.check("probes", points=0.5)
@probe(cases(in_front=False, stretched=True), examples=10)
def test_stretched_dimensions(student, case):
    """Random gradients in which one or more dimensions were stretched from size 1.

    有一个或多个维度从大小 1 拉伸而来的随机梯度。
    """
    ask(student, *case)


@pytest.mark.check("probes", points=0.5)
@probe(cases(in_front=True, stretched=True), examples=10)
def test_both_at_once(student, case):
    """Random gradients with dimensions in front and stretched ones.

    既有前面多出的维度、又有被拉伸的维度的随机梯度。
    """
    ask(student, *case)


@pytest.mark.check("edges", points=0.125)
def test_a_single_number(student):
    """A number without dimensions that was broadcast to a vector and to a matrix.

    被广播到向量和矩阵的零维的数。
    """
    ask(student, plain(), ())
    ask(student, plain()[0].clone(), ())


@pytest.mark.check("edges", points=0.125)
def test_size_one_on_both_sides(student):
    """A dimension of size 1 that was not stretched, beside one that was.

    没有被拉伸的、大小为 1 的维度，旁边是被拉伸的维度。
    """
    g = plain().reshape(2, 1, 3)
    for shape in ((2, 1, 1), (1, 1, 3), (1, 3)):
        ask(student, g.clone(), shape)


@pytest.mark.check("edges", points=0.125)
def test_nothing_to_sum(student):
    """Where nothing was stretched the result is a copy with memory of its own; elsewhere it is a sum.

    没有拉伸任何维度时，结果是有自己内存的副本；否则是求和的结果。
    """
    student.call(plain(), (2, 1)).must_equal(ROW_SUMS).must_own_its_storage()
    for g in (plain(), used()):
        ask(student, g, (2, 3)).must_own_its_storage()


@pytest.mark.check("edges", points=0.125)
def test_g_stays_as_it_was(student):
    """Values, .grad and requires_grad of g are after the call what they were before.

    调用之后，g 的数值、.grad 和 requires_grad 与调用之前相同。
    """
    for g in (plain(), used()):
        student.call(g, (2, 1)).must_equal(ROW_SUMS).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_result_carries_no_graph(student):
    """The result is a plain tensor that does not require grad, whether or not g does.

    无论 g 是否要求梯度，结果都是不要求梯度的普通张量。
    """
    for g in (plain(), used()):
        student.call(g, (2, 1)).must_equal(ROW_SUMS).must_carry_no_graph()


@pytest.mark.check("edges", points=0.125)
def test_the_same_call_twice(student):
    """The second call with the same arguments gives the same answer as the first.

    用同样的参数调用第二次，答案与第一次相同。
    """
    first, second = student.call_twice(used(), (2, 1))
    first.must_equal(ROW_SUMS)
    second.must_equal(ROW_SUMS)
