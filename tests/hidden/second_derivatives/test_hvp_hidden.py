# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges hvp."""

import pytest
import torch
from hypothesis import strategies as st
from torch.autograd.functional import hessian

from grader.judge.hidden import Snippet, oracle, pick, probe, quarters, tensors

PRODUCT = Snippet("lambda x: x[0] ** 2 * x[1]")
CUBIC = Snippet("lambda x: x[0] ** 3 * x[1] - 2 * x[1] ** 2 * x[2] + x[0] * x[2]")
LINEAR = Snippet("lambda x: 3 * x[0] - 2 * x[2]")
CONSTANT = Snippet("lambda x: torch.tensor(4.0, dtype=torch.float64)")
LONG = Snippet("lambda x: (x[1:] * x[:-1] ** 2).sum() + x[0] * x[-1] ** 3")

TERMS = (
    "{a} * x[{i}] ** 3 * x[{j}] - {b} * x[{j}] ** 2 * x[{k}]",
    "torch.exp(x[{i}] / {a}) * x[{j}] + {b} * x[{k}] ** 3",
    "torch.sin({a} * x[{i}] * x[{j}]) - {b} * x[{k}] ** 2",
    "{a} * x[{i}] ** 2 / (x[{j}] ** 2 + {b}) + x[{i}] * x[{k}]",
)

a_factor, b_factor = (pick((2, 3, 4, 5, 0.5, 1.5, 2.5), place) for place in range(2))
numbers = quarters()


@oracle
def product(f, x, v):
    """The oracle: torch's own Hessian, contracted with v."""
    matrix = hessian(f, x).reshape(x.numel(), x.numel())
    return (matrix @ v.flatten()).reshape(x.shape)


def double(values):
    return torch.tensor(values, dtype=torch.float64)


def plain():
    """A point and a vector that ask for no gradient."""
    return double([1.5, -2.0, 0.5]), double([1.0, 3.0, -0.5])


def with_a_history():
    """A point and a vector that require grad and hold an old gradient each."""
    x, v = (tensor.requires_grad_() for tensor in plain())
    x.grad, v.grad = double([10.0, -4.0, 7.5]), double([0.25, 2.0, -6.0])
    return x, v


def watched(namespace, f, x, v):
    """Report the product, and whether f was called, and its graph walked, at most twice."""
    counts = {"calls": 0, "passes": 0}

    def count(what):
        counts[what] += 1

    def watched_f(argument):
        count("calls")
        seen = argument.view_as(argument)
        if seen.requires_grad:
            seen.register_hook(lambda _gradient: count("passes"))
        return f(seen)

    result = namespace["hvp"](watched_f, x, v)
    return {
        "product": result,
        "at_most_two_calls_of_f": counts["calls"] <= 2,
        "at_most_two_backward_passes": counts["passes"] <= 2,
    }


@st.composite
def quadratic_forms(draw):
    """x^T A x with an asymmetric A, and A itself for the closed form."""
    n = draw(st.integers(2, 4))
    matrix = draw(tensors((n, n), elements=numbers))
    f = Snippet(f"lambda x: x @ torch.tensor({matrix.tolist()}, dtype=x.dtype) @ x")
    return f, draw(tensors((n,), elements=numbers)), draw(tensors((n,), elements=numbers, start=1)), matrix


@st.composite
def curved(draw):
    """A function of three or more entries that play different parts, a point and a vector."""
    n = draw(st.integers(3, 5))
    i, j, k = draw(st.permutations(range(n)))[:3]
    source = draw(st.sampled_from(TERMS)).format(a=draw(a_factor), b=draw(b_factor), i=i, j=j, k=k)
    x, v = (draw(tensors((n,), elements=numbers, start=place)) for place in range(2))
    return Snippet(f"lambda x: {source}"), x, v


@st.composite
def of_matrices(draw):
    """A function of a matrix, a point and a matrix of weights."""
    shape = draw(st.sampled_from(((2, 2), (2, 3), (3, 2))))
    a, b = draw(a_factor), draw(b_factor)
    f = Snippet(f"lambda x: {a} * (x[0] ** 2 * x[1]).sum() - {b} * x[0, 1] ** 3 * x[1, 0]")
    return f, draw(tensors(shape, elements=numbers)), draw(tensors(shape, elements=numbers, start=1))


@pytest.mark.check("documented", points=1.25)
def test_worked_example(student):
    """The example of the README, x0^2 x1 at (1, 2), with three different vectors.

    README 中的例子 x0^2 x1，在 (1, 2) 处，用三个不同的向量。
    """
    for v, expected in (([1.0, 1.0], [6.0, 2.0]), ([1.0, 3.0], [10.0, 2.0]), ([-0.5, 2.0], [2.0, -1.0])):
        student.call(PRODUCT, torch.tensor([1.0, 2.0]), torch.tensor(v)).must_equal(torch.tensor(expected))


@pytest.mark.check("probes", points=1.0)
@probe(quadratic_forms(), examples=12)
def test_quadratic_forms(student, case):
    """Quadratic forms x^T A x with an A that is not symmetric.

    二次型 x^T A x，其中 A 不对称。
    """
    f, x, v, matrix = case
    student.call(f, x, v).must_equal((matrix + matrix.T) @ v)


@pytest.mark.check("probes", points=1.0)
@probe(curved(), examples=12)
def test_curved_functions(student, case):
    """Cubics, exponentials, sines and quotients of several entries.

    由若干元素组成的三次式、指数、正弦和商。
    """
    student.call(*case).must_equal(product(*case))


@pytest.mark.check("probes", points=0.5)
@probe(of_matrices(), examples=8)
def test_matrices(student, case):
    """Functions of a matrix: the result has its shape.

    以矩阵为自变量的函数：结果的形状与它相同。
    """
    student.call(*case).must_equal(product(*case))


@pytest.mark.check("edges", points=0.25)
def test_nothing_left_to_differentiate(student):
    """A curved function, then a linear and a constant one.

    先是弯曲的函数，然后是线性函数和常数函数。
    """
    student.call(CUBIC, *plain()).must_equal(product(CUBIC, *plain()))
    for f in (LINEAR, CONSTANT):
        student.call(f, *plain()).must_equal(torch.zeros(3, dtype=torch.float64))


@pytest.mark.check("edges", points=0.125)
def test_zero_vector(student):
    """A vector of zeros, after one with a single entry that is not zero.

    先是只有一个元素不为零的向量，然后是零向量。
    """
    x, _ = plain()
    for v in (double([0.0, 2.0, 0.0]), double([0.0, 0.0, 0.0])):
        student.call(CUBIC, x, v).must_equal(product(CUBIC, x, v))


@pytest.mark.check("edges", points=0.25)
def test_old_grads_do_not_count(student):
    """Both x and v require grad and hold an old gradient; a second call gives the same answer.

    x 和 v 都已要求梯度并带着旧的梯度；再调用一次，答案相同。
    """
    for answer in student.call_twice(CUBIC, *with_a_history()):
        answer.must_equal(product(CUBIC, *plain()))


@pytest.mark.check("edges", points=0.25)
def test_arguments_are_left_alone(student):
    """Both x and v are left as they were, with and without an old gradient.

    x 和 v 保持原样，不论有没有旧的梯度。
    """
    for arguments in (plain(), with_a_history()):
        student.call(CUBIC, *arguments).must_equal(product(CUBIC, *plain())).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_plain_result(student):
    """The result carries no graph, also where v requires grad, and lies in memory of its own.

    结果不带计算图（v 要求梯度时也一样），占用自己的内存。
    """
    for arguments in (plain(), with_a_history()):
        answer = student.call(CUBIC, *arguments).must_equal(product(CUBIC, *plain()))
        answer.must_carry_no_graph().must_own_its_storage()


@pytest.mark.check("edges", points=0.25)
def test_cost_does_not_grow(student):
    """For twenty entries too, f is called at most twice, with at most two backward passes.

    即使有二十个元素，也最多调用两次 f，最多做两次反向传播。
    """
    x = torch.linspace(-1.5, 2.0, 20, dtype=torch.float64)
    v = torch.linspace(3.0, 0.5, 20, dtype=torch.float64)
    student.observe(watched, LONG, x, v).must_equal(
        {"product": product(LONG, x, v), "at_most_two_calls_of_f": True, "at_most_two_backward_passes": True}
    )
