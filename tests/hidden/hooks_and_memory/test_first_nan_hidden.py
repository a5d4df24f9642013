# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges first_nan. The names follow from the patterns; the oracle's test asks anomaly detection."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import Snippet, probe, quarters

EXAMPLE = Snippet("lambda x: torch.where(x > 0, torch.sqrt(2 * x), 0 * x).sum()")
ROOT = Snippet("lambda x: torch.sqrt(x).sum()")
MASKED_LOG = Snippet("lambda x: torch.where(x > 0, torch.log(x), 0 * x).sum()")

MASKED = (
    ("{}.sqrt()", "SqrtBackward0"),
    ("{}.log()", "LogBackward0"),
    ("{} ** 0.5", "PowBackward0"),
    ("1 / {}", "ReciprocalBackward0"),
    ("{}.rsqrt()", "RsqrtBackward0"),
)
TIMES_ZERO = (("0 * {}.sqrt()", "SqrtBackward0"), ("{} ** 0.25 * 0", "PowBackward0"))
BEFORE = ("2 * {}", "{}.tanh()", "{}.exp() - 1", "{} * 3", "{} + {} ** 2")
AFTER = ("2 * {}", "{} + 1", "{}.tanh()", "-{}", "{} - 0.5")
positive = quarters(0.25, 3)


def point(numbers, place):
    """Positive numbers with a zero at one place."""
    return torch.tensor([*numbers[:place], 0.0, *numbers[place:]], dtype=torch.float64)


def at():
    """A point that asks for no gradient."""
    return torch.tensor([0.0, 4.0])


def with_a_history():
    """A point that requires grad and holds an old gradient."""
    x = at().requires_grad_()
    x.grad = torch.tensor([10.0, -4.0])
    return x


def modes_afterwards(namespace, f, x):
    """Report the name, and whether anomaly detection or hooks on saved tensors are on afterwards."""
    before = torch.is_anomaly_enabled()
    found = namespace["first_nan"](f, x)
    modes = {"anomaly detection": torch.is_anomaly_enabled(), "grad mode": torch.is_grad_enabled()}
    torch.autograd.set_detect_anomaly(before)
    return {"nodes": [found], **modes}


@st.composite
def functions(draw, patterns, *, masked):
    """A pattern that gives nan at 0, among one to four harmless steps, a point with a zero, and the node's name."""
    before = [draw(st.sampled_from(BEFORE)) for _ in range(draw(st.integers(0, 2)))]
    after = [draw(st.sampled_from(AFTER)) for _ in range(draw(st.integers(1, 2)))]
    pattern, name = draw(st.sampled_from(patterns))
    inner = "x"
    for step in before:
        inner = step.replace("{}", inner if inner == "x" else f"({inner})")
    inner = inner if inner == "x" else f"({inner})"
    bad = pattern.format(inner)
    lines = f"    y = torch.where(x > 0, {bad}, x)\n" if masked else f"    y = {bad}\n"
    lines += "".join(f"    y = {step.replace('{}', 'y')}\n" for step in after)
    numbers = [draw(st.sampled_from(positive)) for _ in range(2)]
    return Snippet(f"def f(x):\n{lines}    return y.sum()\n"), point(numbers, draw(st.integers(0, 2))), name


def ask(student, case):
    """Compare the name; then at a point without a zero, where no gradient is nan."""
    f, x, name = case
    student.call(f, x).must_equal(name)
    student.call(f, x + 1).must_equal(None)


@pytest.mark.check("documented", points=0.5)
def test_worked_example(student):
    """The two functions of the README, and a masked logarithm.

    README 中的两个函数，以及一个被掩盖的对数。
    """
    for f, name in ((EXAMPLE, "SqrtBackward0"), (ROOT, None), (MASKED_LOG, "LogBackward0")):
        student.call(f, at()).must_equal(name)


@pytest.mark.check("documented", points=0.5)
def test_document_sum_of_squares(student):
    """The sum of x * x at 0, whose gradient is 0, and its square root there, whose gradient is nan.

    x * x 之和在 0 处，梯度为 0；它的平方根在同一点，梯度是 nan。
    """
    zero, total = torch.zeros(3), Snippet("lambda x: (x * x).sum()")
    for f, name in ((total, None), (Snippet("lambda x: (x * x).sum().sqrt()"), "MulBackward0")):
        student.call(f, zero).must_equal(name)
    student.call(Snippet("lambda x: (x**2).sum().sqrt()"), zero).must_equal("PowBackward0")


@pytest.mark.check("probes", points=1)
@probe(functions(MASKED, masked=True), examples=16)
def test_masked_steps(student, case):
    """A step with an infinite slope at 0 behind a where, among harmless steps; then away from 0.

    where 之后的某一步在 0 处斜率无穷大，前后都是无害的步骤；然后取不含 0 的点。
    """
    ask(student, case)


@pytest.mark.check("probes", points=1)
@probe(functions(TIMES_ZERO, masked=False), examples=12)
def test_factor_zero(student, case):
    """A step with an infinite slope at 0, multiplied by 0, among harmless steps; then away from 0.

    在 0 处斜率无穷大的一步再乘以 0，前后都是无害的步骤；然后取不含 0 的点。
    """
    f, x, name = case
    student.call(f, x).must_equal(name)
    student.call(f, x + 1).must_equal(None)


@pytest.mark.check("edges", points=0.25)
def test_infinite_and_no_graph(student):
    """An infinite gradient, and results without a graph, beside a gradient that is nan.

    无穷大的梯度、没有计算图的结果，以及确实是 nan 的梯度。
    """
    detached = Snippet("lambda x: x.detach().sqrt().sum()")
    for f, name in ((MASKED_LOG, "LogBackward0"), (ROOT, None), (detached, None)):
        student.call(f, at()).must_equal(name)


@pytest.mark.check("edges", points=0.25)
def test_two_culprits_and_nan_values(student):
    """Two steps that make nan, of which backward meets one first; and a step whose value is nan already.

    有两步都会制造 nan，反向传播先遇到其中一步；以及值本身已经是 nan 的一步。
    """
    both = "torch.where(x > 0, {} + {}, x).sum()"
    for first, second, name in (("x.log()", "x.sqrt()", "SqrtBackward0"), ("x.sqrt()", "x.log()", "LogBackward0")):
        student.call(Snippet(f"lambda x: {both.format(first, second)}"), at()).must_equal(name)
    student.call(Snippet("lambda x: (3 * (x - 5).sqrt()).sum()"), at()).must_equal("SqrtBackward0")


@pytest.mark.check("edges", points=0.25)
def test_x_stays(student):
    """The argument is left as it was, with and without an old gradient, and a second call gives the same.

    参数保持原样，不论有没有旧的梯度；再调用一次，答案相同。
    """
    for f, x, name in ((EXAMPLE, at(), "SqrtBackward0"), (MASKED_LOG, with_a_history(), "LogBackward0")):
        for answer in student.call_twice(f, x):
            answer.must_equal(name).must_leave_arguments()


@pytest.mark.check("edges", points=0.25)
def test_modes_are_restored(student):
    """Anomaly detection is off afterwards, whether a nan was found or not.

    之后异常检测是关着的，不论有没有找到 nan。
    """
    for f, name in ((EXAMPLE, "SqrtBackward0"), (MASKED_LOG, "LogBackward0"), (ROOT, None)):
        expected = {"nodes": [name], "anomaly detection": False, "grad mode": True}
        student.observe(modes_afterwards, f, at()).must_equal(expected)
