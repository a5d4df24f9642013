# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges first_partials."""

import pytest
import torch
from hypothesis import strategies as st
from torch.autograd.functional import jacobian

from grader.judge.hidden import Snippet, oracle, pick, probe, tensors

TUTORIAL = Snippet("lambda x1, x2: x1**2 + x2**2 + x1 * x2")
CUBIC = Snippet("lambda x1, x2: x1**3 * x2**2 - 2 * x1")
FIRST_ONLY = Snippet("lambda x1, x2: x1**3")
SECOND_ONLY = Snippet("lambda x1, x2: 2.5 * x2**2")
CONSTANT = Snippet("lambda x1, x2: torch.tensor(4.0, dtype=torch.float64)")

POLYNOMIALS = (
    "{a} * x1**3 * x2**2 - {b} * x1**2 * x2 + {c} * x2",
    "{a} * x1 * x2**3 + {b} * x1**2 - {c} * x1 * x2",
    "{a} * x1**4 - {b} * x1 * x2**2 - {c} * x1 + x2",
    "(x1 - {a} * x2)**3 + {b} * x2**2 - {c} * x1",
)
COMPOSITIONS = (
    "torch.exp(x1 / {a}) * torch.cos({b} * x2) - {c} * x1",
    "x1**2 / (x2**2 + {a}) + {b} * x1 * x2 - {c} * x2",
    "torch.sin({a} * x1 * x2) + {b} * x1**2 - {c} * x2",
    "torch.sqrt(x1**2 + {a} * x2**2 + {b}) - {c} * x1 * x2",
)

FACTORS = (2, 3, 4, 5, 0.5, 1.5, 2.5)
a_factor, b_factor, c_factor = (pick(FACTORS, place) for place in range(3))
first_coordinate, second_coordinate = (tensors((), start=place) for place in range(2))


@oracle
def partials(f, x1, x2):
    """The oracle: torch's own Jacobian with respect to each argument."""
    return jacobian(f, (x1, x2))


def double(value):
    return torch.tensor(value, dtype=torch.float64)


def point():
    """Two tensors that ask for no gradient."""
    return double(2.0), double(-1.5)


def point_with_a_history():
    """Two tensors that require grad and hold an old gradient each."""
    x1, x2 = (x.requires_grad_() for x in point())
    x1.grad, x2.grad = double(10.0), double(-0.5)
    return x1, x2


def one_tensor_twice(namespace, f, x):
    """Report the derivatives when both arguments are the same object."""
    return namespace["first_partials"](f, x, x)


def watched(namespace, f, x1, x2):
    """Report the derivatives, the calls of f and the backward passes through its graph."""
    counts = {"calls_of_f": 0, "backward_passes": 0}

    def count(what):
        counts[what] += 1

    def watched_f(*arguments):
        count("calls_of_f")
        y = f(*arguments)
        if y.requires_grad:
            y.register_hook(lambda _gradient: count("backward_passes"))
        return y

    return {"derivatives": namespace["first_partials"](watched_f, x1, x2), **counts}


@st.composite
def filled_in(draw, templates):
    source = draw(st.sampled_from(templates)).format(a=draw(a_factor), b=draw(b_factor), c=draw(c_factor))
    return Snippet(f"lambda x1, x2: {source}"), draw(first_coordinate), draw(second_coordinate)


@pytest.mark.check("documented", points=0.75, covers=["d4-o4"])
def test_tutorial_function(student):
    """The derivatives of x1^2 + x2^2 + x1 x2: 2 x1 + x2 and 2 x2 + x1.

    x1^2 + x2^2 + x1 x2 的导数：2 x1 + x2 和 2 x2 + x1。
    """
    for x1, x2 in ((3.0, 1.0), (-0.5, 2.0)):
        expected = torch.tensor(2 * x1 + x2), torch.tensor(2 * x2 + x1)
        student.call(TUTORIAL, torch.tensor(x1), torch.tensor(x2)).must_equal(expected)


@pytest.mark.check("probes", points=0.75)
@probe(filled_in(POLYNOMIALS), examples=12)
def test_polynomials(student, case):
    """Polynomials in which the two variables play different parts.

    两个变量作用不同的多项式。
    """
    student.call(*case).must_equal(partials(*case))


@pytest.mark.check("probes", points=0.75)
@probe(filled_in(COMPOSITIONS), examples=12)
def test_compositions(student, case):
    """Exponentials, sines, roots and quotients of both variables.

    两个变量的指数、正弦、根式和商。
    """
    student.call(*case).must_equal(partials(*case))


@pytest.mark.check("edges", points=0.125)
def test_one_argument_ignored(student):
    """Functions that ignore one of their arguments.

    不用其中一个参数的函数。
    """
    student.call(FIRST_ONLY, *point()).must_equal((double(12.0), double(0.0)))
    student.call(SECOND_ONLY, *point()).must_equal((double(0.0), double(-7.5)))


@pytest.mark.check("edges", points=0.125)
def test_both_arguments_ignored(student):
    """A function that depends on both arguments, then one that always returns the same number.

    先是依赖两个参数的函数，然后是总返回同一个数的函数。
    """
    student.call(CUBIC, *point()).must_equal(partials(CUBIC, *point()))
    student.call(CONSTANT, *point()).must_equal((double(0.0), double(0.0)))


@pytest.mark.check("edges", points=0.125)
def test_one_tensor_twice(student):
    """One tensor passed as both arguments: each place has its own derivative.

    同一个张量传给两个参数：每个位置各有自己的导数。
    """
    student.observe(one_tensor_twice, CUBIC, double(2.0)).must_equal((double(46.0), double(32.0)))


@pytest.mark.check("edges", points=0.125)
def test_arguments_with_a_history(student):
    """Arguments that require grad and hold an old gradient: it has no influence and stays.

    参数已经要求梯度并带着旧的梯度：旧梯度不影响结果，也保持原样。
    """
    expected = partials(CUBIC, *point())
    student.call(CUBIC, *point_with_a_history()).must_equal(expected).must_leave_arguments()
    student.call(CUBIC, *point()).must_equal(expected).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_plain_results(student):
    """The derivatives carry no graph and lie in memory of their own, and a second call gives the same.

    两个导数不带计算图，占用自己的内存；再调用一次，答案相同。
    """
    for answer in student.call_twice(CUBIC, *point()):
        answer.must_equal(partials(CUBIC, *point())).must_carry_no_graph().must_own_its_storage()


@pytest.mark.check("edges", points=0.125)
def test_one_call_and_one_pass(student):
    """Both derivatives take one call of f and one backward pass.

    求出两个导数，只调用一次 f，只做一次反向传播。
    """
    expected = {"derivatives": partials(CUBIC, *point()), "calls_of_f": 1, "backward_passes": 1}
    student.observe(watched, CUBIC, *point()).must_equal(expected)
