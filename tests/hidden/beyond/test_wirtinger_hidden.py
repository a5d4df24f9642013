# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges wirtinger."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import Snippet, oracle, pick, probe, quarters, tensors

SQUARE = Snippet("lambda z: z**2")
SQUARE_AND_CONJUGATE = Snippet("lambda z: z**2 + 3 * z.conj()")
MIXED = Snippet("lambda z: (2 - 1j) * z**2 * z.conj() + z.conj() ** 2")
CONJUGATE_CUBE = Snippet("lambda z: z.conj() ** 3")
ABSOLUTE_SQUARE = Snippet("lambda z: z.abs() ** 2")
REAL_PART = Snippet("lambda z: 3 * z.real - z.imag")
WITHOUT_Z = Snippet("lambda z: torch.ones_like(z) * 2")
EXPONENTIAL = Snippet("lambda z: torch.exp(z / 2)")
COEFFICIENTS = (1 + 2j, 2 - 1j, 3j, -1 + 1j, 2 + 0j)
STEP = 1e-4
AT = [[1 + 2j, -0.5 + 1j], [0.25 - 1.5j, 2 + 0j]]

numbers = quarters(-2, 2)


def complex128(values):
    return torch.tensor(values, dtype=torch.complex128)


def used():
    """A point that requires grad and holds an old .grad."""
    z = complex128(AT).requires_grad_()
    z.grad = torch.full_like(z, 10 - 3j).detach()
    return z


@oracle
def derivatives(f, z):
    """The oracle: differences along 1 and along i, extrapolated once, in complex128."""

    def slope(direction):
        def quotient(step):
            ahead, behind = (f(z.detach() + sign * step * direction) for sign in (1, -1))
            return (ahead - behind) / (2 * step)

        return (4 * quotient(STEP) - quotient(2 * STEP)) / 3

    along_x, along_y = slope(1).to(torch.complex128), slope(1j).to(torch.complex128)
    return (along_x - 1j * along_y) / 2, (along_x + 1j * along_y) / 2


def mixed(z):
    """The derivatives of MIXED in closed form."""
    other = z.conj()
    return (2 - 1j) * 2 * z * other, ((2 - 1j) * z**2 + 2 * other).resolve_conj()


@st.composite
def points(draw):
    """A vector or a small matrix of complex numbers."""
    shape = draw(pick(((3,), (2,), (2, 2)), 0))
    real, imaginary = draw(tensors(shape, elements=numbers)), draw(tensors(shape, elements=numbers, start=3))
    return torch.complex(real, imaginary)


@st.composite
def polynomials(draw):
    """A polynomial of z and its conjugate with complex coefficients, and its two derivatives in closed form."""
    a, b, c = (draw(pick(COEFFICIENTS, place)) for place in range(3))
    n, m = draw(pick((2, 1, 3), 0)), draw(pick((1, 2), 0))
    z = draw(points())
    f = Snippet(f"lambda z: {a} * z**{n} + {b} * z.conj()**{m} + {c} * z * z.conj()")
    other = z.conj().resolve_conj()
    return f, z, (a * n * z ** (n - 1) + c * other, b * m * other ** (m - 1) + c * z)


@st.composite
def other_functions(draw):
    """An exponential, absolute values, real and imaginary parts, with complex coefficients."""
    a, b = (draw(pick(COEFFICIENTS, place)) for place in range(2))
    f = draw(
        st.sampled_from(
            (
                "{a} * torch.exp(z / 2) + {b} * z.conj()",
                "{a} * z.abs() ** 2 + {b} * z",
                "{a} * z.real ** 2 + {b} * z.imag * z",
                "torch.exp({a} * z.conj() / 4) * z",
                "z.abs() ** 2 * z.real",
            )
        )
    )
    return Snippet(f"lambda z: {f.format(a=a, b=b)}"), draw(points())


def looked_at(namespace, f, z):
    """Report both derivatives and whether their conjugation is still to be carried out."""
    by_z, by_conjugate = namespace["wirtinger"](f, z)
    return {"df/dz": by_z, "df/dz*": by_conjugate, "is_conj": [by_z.is_conj(), by_conjugate.is_conj()]}


@pytest.mark.check("documented", points=0.5)
def test_the_square(student):
    """The square at complex points, whose second derivative is 0.

    在复数点处的平方，它的第二个导数为 0。
    """
    for z in (torch.tensor([1 + 2j]), torch.tensor([3 - 1j, 0.5j])):
        student.call(SQUARE, z).must_equal((2 * z, torch.zeros_like(z)))


@pytest.mark.check("documented", points=0.5)
def test_worked_example(student):
    """The example of the README, at two points.

    README 中的例子，在两个点处。
    """
    for z in (torch.tensor([1 + 2j]), torch.tensor([-2 + 0.5j])):
        student.call(SQUARE_AND_CONJUGATE, z).must_equal((2 * z, torch.full_like(z, 3)))


@pytest.mark.check("probes", points=1)
@probe(polynomials(), examples=12)
def test_polynomials(student, case):
    """Polynomials of z and its conjugate with complex coefficients.

    z 及其共轭的多项式，系数为复数。
    """
    f, z, expected = case
    student.call(f, z).must_equal(expected)


@pytest.mark.check("probes", points=1)
@probe(other_functions(), examples=12)
def test_exponentials_and_absolute_values(student, case):
    """Exponentials, absolute values, real and imaginary parts.

    指数、绝对值、实部与虚部。
    """
    f, z = case
    student.call(f, z).must_equal(derivatives(f, z))


@pytest.mark.check("edges", points=0.25)
def test_one_derivative_is_zero(student):
    """Without a conjugate in the formula, and with nothing but the conjugate; and a function that ignores z.

    公式里没有共轭，公式里只有共轭，以及不用 z 的函数。
    """
    z = complex128([1 + 2j, -0.5 + 1j])
    zero, other = torch.zeros_like(z), z.conj().resolve_conj()
    student.call(EXPONENTIAL, z).must_equal((torch.exp(z / 2) / 2, zero))
    student.call(CONJUGATE_CUBE, z).must_equal((zero, 3 * other**2))
    student.call(WITHOUT_Z, z).must_equal((zero, zero))


@pytest.mark.check("edges", points=0.25)
def test_real_values(student):
    """Functions with real values, in both complex dtypes.

    实值函数，两种复数 dtype。
    """
    for dtype in (torch.complex128, torch.complex64):
        z = torch.tensor([1 + 2j, -0.5 + 1j], dtype=dtype)
        student.call(ABSOLUTE_SQUARE, z).must_equal((z.conj().resolve_conj(), z))
        both = torch.full_like(z, 1.5 + 0.5j), torch.full_like(z, 1.5 - 0.5j)
        student.call(REAL_PART, z).must_equal(both)


@pytest.mark.check("edges", points=0.25)
def test_contract(student):
    """An old .grad of z does not count, z is left as it was, and the results carry no graph and own their memory.

    z 的旧 .grad 不影响结果，z 保持原样，结果不带计算图，占用自己的内存。
    """
    for z in (complex128(AT), used()):
        for answer in student.call_twice(MIXED, z):
            answer.must_equal(mixed(complex128(AT))).must_leave_arguments().must_carry_no_graph().must_own_its_storage()


@pytest.mark.check("edges", points=0.25)
def test_conjugation_is_carried_out(student):
    """No conjugation is left for later in either result.

    两个结果都没有留待以后执行的共轭。
    """
    for f, z, (by_z, by_conjugate) in (
        (MIXED, complex128(AT), mixed(complex128(AT))),
        (CONJUGATE_CUBE, complex128([2j, 1 + 1j]), (complex128([0, 0]), 3 * complex128([2j, 1 + 1j]).conj() ** 2)),
    ):
        seen = {"df/dz": by_z, "df/dz*": by_conjugate, "is_conj": [False, False]}
        student.observe(looked_at, f, z).must_equal(seen)
