# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges intermediate_grads."""

import pytest
import torch
from hypothesis import strategies as st
from torch.autograd.functional import jacobian

from grader.judge.hidden import Snippet, oracle, pick, probe, quarters, tensors

DOUBLE = Snippet("lambda x: 2 * x")
WEIGHTED = Snippet("lambda y: (torch.tensor([0.1, 1.0, 0.0001]) * (2 * y)).sum()")
WEIGHTED_SQUARES = Snippet("lambda y: (torch.tensor([0.1, 1.0, 0.0001]) * y**2).sum()")
MIXED = Snippet("lambda x: torch.stack([x[0] * x[1], x[1] ** 3])")
ITSELF = Snippet("lambda x: x")
CUBES = Snippet("lambda y: (y**3).sum() - 2 * y[0] * y[1]")
LAST_IGNORED = Snippet("lambda y: y[:-1].exp().sum() * 0.5")
OVERWRITES_A_COPY = Snippet("def f2(y):\n    z = y.clone()\n    z[0] = 0.5 * z[1]\n    return (z**2).sum()\n")

SCALARS = (
    "({a} * y**3 - y).sum() + {b} * y[0] * y[-1]",
    "torch.sin({a} * y).sum() - {b} * y[0] ** 2 * y[-1]",
    "(y**2).sum() / {a} + torch.exp(y[0] / {b})",
)
INNER = ("torch.sin(x)", "(x**2)", "(x**3 - x)", "torch.tanh(x)")

a_factor, b_factor = (pick((2, 3, 4, 5, 0.5, 1.5, 2.5), place) for place in range(2))
numbers = quarters(-2, 2)


@oracle
def gradients(f1, f2, x):
    """The oracle: torch's own Jacobians of f2 at the value of y, and of both functions together at x."""
    at = x.detach()
    return jacobian(f2, f1(at).clone()), jacobian(lambda point: f2(f1(point)), at)


def plain():
    """A point that asks for no gradient."""
    return torch.tensor([1.5, -0.5], dtype=torch.float64)


def with_a_history():
    """A point that requires grad and holds an old gradient."""
    x = plain().requires_grad_()
    x.grad = torch.tensor([10.0, -4.0], dtype=torch.float64)
    return x


def watched(namespace, f1, f2, x):
    """Report the gradients, calls and backward passes, and whether a missing gradient of y was asked for too late."""
    counts = {"calls_of_f1": 0, "calls_of_f2": 0, "passes_through_f1": 0, "passes_through_f2": 0}
    results = []

    def count(what):
        counts[what] += 1

    def watched_function(f, name):
        def watching(argument):
            count(f"calls_of_{name}")
            result = f(argument)
            results.append(result)
            if result.requires_grad:
                result.register_hook(lambda _gradient: count(f"passes_through_{name}"))
            return result

        return watching

    given = watched_function(f1, "f1"), watched_function(f2, "f2"), x
    found = namespace["intermediate_grads"](*given)
    missing = isinstance(found, tuple) and None in [part for part in found if not isinstance(part, torch.Tensor)]
    return {
        "gradients": found,
        **counts,
        "retain_grad_too_late": missing and any(each.retains_grad for each in results),
    }


@st.composite
def of_vectors(draw):
    """From n entries to m others, and from there to one number."""
    n = draw(st.integers(1, 4))
    m = draw(st.integers(2, 4).filter(lambda size: size != n))
    matrix = draw(tensors((m, n), elements=numbers)).tolist()
    f1 = Snippet(f"lambda x: torch.tensor({matrix}, dtype=x.dtype) @ {draw(st.sampled_from(INNER))}")
    f2 = Snippet(f"lambda y: {draw(st.sampled_from(SCALARS)).format(a=draw(a_factor), b=draw(b_factor))}")
    return f1, f2, draw(tensors((n,), elements=numbers))


@st.composite
def of_matrices(draw):
    """From a matrix to its row sums, weighted, and from there to one number."""
    rows, columns = draw(st.integers(2, 3)), draw(st.integers(1, 3))
    f1 = Snippet(f"lambda x: {draw(a_factor)} * {draw(st.sampled_from(INNER))}.sum(dim=1) - x[0, 0]")
    f2 = Snippet(f"lambda y: {draw(st.sampled_from(SCALARS)).format(a=draw(a_factor), b=draw(b_factor))}")
    return f1, f2, draw(tensors((rows, columns), elements=numbers))


@pytest.mark.check("documented", points=0.75, covers=["d4-o10"])
def test_two_doublings(student):
    """Weights 0.1, 1, 0.0001 through one doubling and through two; then weighted squares.

    权重 0.1、1、0.0001 经过一次加倍和两次加倍；然后是加权的平方。
    """
    v = torch.tensor([0.1, 1.0, 0.0001])
    student.call(DOUBLE, WEIGHTED, torch.ones(3)).must_equal((2 * v, 4 * v))
    student.call(DOUBLE, WEIGHTED_SQUARES, torch.ones(3)).must_equal((4 * v, 8 * v))


@pytest.mark.check("probes", points=0.75)
@probe(of_vectors(), examples=12)
def test_vectors(student, case):
    """Vectors: y has another size than x.

    向量：y 的大小与 x 不同。
    """
    student.call(*case).must_equal(gradients(*case))


@pytest.mark.check("probes", points=0.75)
@probe(of_matrices(), examples=12)
def test_matrices(student, case):
    """Matrices: y is a vector of row sums.

    矩阵：y 是由各行之和组成的向量。
    """
    student.call(*case).must_equal(gradients(*case))


@pytest.mark.check("edges", points=0.125)
def test_y_is_x_itself(student):
    """A first function that returns x itself, after one that computes something else.

    先是真正做了计算的 f1，然后是直接返回 x 的 f1。
    """
    for f1 in (MIXED, ITSELF):
        student.call(f1, CUBES, plain()).must_equal(gradients(f1, CUBES, plain()))


@pytest.mark.check("edges", points=0.125)
def test_part_of_y_is_not_used(student):
    """A second function that ignores an entry of y, and one that overwrites an entry of a copy.

    一个不用 y 的某个元素的 f2，和一个改写副本中某个元素的 f2。
    """
    for f2 in (LAST_IGNORED, OVERWRITES_A_COPY):
        student.call(MIXED, f2, plain()).must_equal(gradients(MIXED, f2, plain()))


@pytest.mark.check("edges", points=0.125)
def test_argument_with_a_history(student):
    """An argument that requires grad and holds an old gradient: it has no influence and stays.

    参数已经要求梯度并带着旧的梯度：旧梯度不影响结果，也保持原样。
    """
    expected = gradients(MIXED, CUBES, plain())
    student.call(MIXED, CUBES, with_a_history()).must_equal(expected).must_leave_arguments()
    student.call(MIXED, CUBES, plain()).must_equal(expected).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_no_graph_and_second_call(student):
    """Both gradients carry no graph, and a second call gives the same.

    两个梯度都不带计算图；再调用一次，答案相同。
    """
    for answer in student.call_twice(MIXED, CUBES, with_a_history()):
        answer.must_equal(gradients(MIXED, CUBES, plain())).must_carry_no_graph()


@pytest.mark.check("edges", points=0.125)
def test_memory_of_their_own(student):
    """The two gradients share no memory, also where y is x itself.

    两个梯度不共享内存，y 就是 x 本身时也一样。
    """
    for f1 in (MIXED, ITSELF):
        student.call(f1, CUBES, plain()).must_equal(gradients(f1, CUBES, plain())).must_own_its_storage()


@pytest.mark.check("edges", points=0.125)
def test_one_call_and_one_pass(student):
    """One call of each function, and one backward pass through each part of the graph.

    两个函数各调用一次，计算图的每一段只反向走一遍。
    """
    once = {"calls_of_f1": 1, "calls_of_f2": 1, "passes_through_f1": 1, "passes_through_f2": 1}
    expected = {"gradients": gradients(MIXED, CUBES, plain()), **once, "retain_grad_too_late": False}
    student.observe(watched, MIXED, CUBES, plain()).must_equal(expected)
