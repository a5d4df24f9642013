# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges describe_graph."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import Snippet, oracle, probe, tensors

STEPS = (
    "{} + 1.5", "{} - 0.5", "3 * {}", "{} / 2", "{}**2", "-{}", "{}.exp()", "{}.sin()", "{}.tanh()", "{}.abs()",
    "{}.clone()",
)  # fmt: skip
LAST_STEPS = (*STEPS, "{}.sum()")


def described(code, make, x):
    """Describe the tensor that make builds from x."""
    return with_short_name(code["describe_graph"](make(x)))


def with_short_name(answer):
    """Leave out the C++ namespace, which a node's name() gives for some nodes and its type's name does not."""
    name = answer.get("grad_fn") if isinstance(answer, dict) else None
    return {**answer, "grad_fn": name.rpartition("::")[2]} if isinstance(name, str) else answer


def described_after_backward(code, make, x):
    """Describe a leaf once its .grad is filled, and the result that filled it."""
    y = make(x)
    y.backward(retain_graph=True)
    return code["describe_graph"](x), code["describe_graph"](y)


def described_and_left(code, make, x):
    """Describe a leaf and a result; tell what can be seen of both afterwards."""
    y = make(x)
    answers = code["describe_graph"](x), code["describe_graph"](y)
    y.sum().backward()
    return {"answers": answers, "x.grad": x.grad, "flags": (x.requires_grad, x.is_leaf, y.requires_grad, y.is_leaf),
            "changes in place": (x._version, y._version)}  # fmt: skip


def recorded(name):
    """The description of a recorded result."""
    return {"requires_grad": True, "is_leaf": False, "grad_fn": name}


LEAF = {"requires_grad": True, "is_leaf": True, "grad_fn": None}
PLAIN = {"requires_grad": False, "is_leaf": True, "grad_fn": None}


@oracle
def of_chain(make, x):
    """The description of a chain's result, its node's name from the same chain built here."""
    return recorded(make(x.detach().requires_grad_()).grad_fn.name())


def ask(student, source, x, answer):
    """Compare the description of what a source builds from x."""
    student.observe(described, Snippet(source), x).must_equal(answer)


def leaf(*numbers):
    """A leaf that requires grad."""
    return torch.tensor(numbers, requires_grad=True)


def chain(steps, shown):
    """The source of a chain of steps that gives the tensor after the first few of them."""
    lines = [f"    {name} = {step.format(before)}" for name, before, step in zip("abcd", "xabc", steps, strict=False)]
    return Snippet("\n".join(["def make(x):", *lines, f"    return {'abcd'[shown - 1]}"]))


@st.composite
def chains(draw):
    """A chain of one to four steps, which of its results is described, and where it starts."""
    steps = [*draw(st.lists(st.sampled_from(STEPS), max_size=3)), draw(st.sampled_from(LAST_STEPS))]
    shown = draw(st.integers(1, len(steps)))
    return chain(steps, shown), draw(tensors((draw(st.integers(2, 3)),), elements=range(1, 7)))


@pytest.mark.check("documented", points=0.25, covers=["d0-o1", "d0-o3", "d1-o7", "d4-o2", "d4-o6", "d4-o8"])
def test_names_of_common_operations(student):
    """A sum, products, a mean, a matrix product and a view, each named after its operation.

    和、乘积、平均值、矩阵乘积与 view，各以其运算命名。
    """
    x = torch.ones(2, 2, requires_grad=True)
    ask(student, "lambda x: torch.add(x, 1)", x, recorded("AddBackward0"))
    ask(student, "lambda x: 2 * x", leaf(1.0, 2.0, 3.0, 4.0), recorded("MulBackward0"))
    ask(student, "lambda x: (2 * x).view(2, 2)", leaf(1.0, 2.0, 3.0, 4.0), recorded("ViewBackward0"))
    ask(student, "lambda x: (3 * (x + 2) * (x + 2)).mean()", x, recorded("MeanBackward0"))
    ask(student, "lambda x: 3 * x[1] ** 2 + 4 * x[1] ** 3", leaf(-1.5, 2.7), recorded("AddBackward0"))
    ask(student, "lambda x: x @ torch.tensor([[1.0, 2.0], [3.0, 4.0]]).T", x, recorded("MmBackward0"))


@pytest.mark.check("documented", points=0.25, covers=["d4-o3"])
def test_requires_grad_switched_on_later(student):
    """A computed plain tensor becomes a leaf that requires grad; after one more operation the name holds no leaf.

    由普通张量算出的张量打开 requires_grad 后是叶子张量；再做一步运算，这个名字指的就不是叶子张量了。
    """
    a = torch.tensor([[0.5, 3.0], [-2.0, 0.25]])
    ask(student, "lambda a: (3 * a) / (a - 1)", a, PLAIN)
    ask(student, "lambda a: ((3 * a) / (a - 1)).requires_grad_()", a, LEAF)
    ask(student, "lambda a: ((3 * a) / (a - 1)).requires_grad_() + 1", a, recorded("AddBackward0"))


@pytest.mark.check("probes", points=0.75)
@probe(chains(), examples=16)
def test_chains_from_a_leaf(student, case):
    """Random chains of operations on a leaf that requires grad, read at their end or in the middle.

    从要求梯度的叶子张量出发的随机运算链，在末尾或中途读取。
    """
    make, x = case
    student.observe(described, make, x.requires_grad_()).must_equal(of_chain(make, x))


@pytest.mark.check("probes", points=0.25)
@probe(chains(), examples=6)
def test_chains_with_and_without_recording(student, case):
    """The same chain twice: from a plain tensor nothing is recorded, from a leaf that requires grad all is.

    同一条运算链做两次：从普通张量出发什么都不记录，从要求梯度的叶子张量出发则全部记录。
    """
    make, x = case
    student.observe(described, make, x.clone()).must_equal(PLAIN)
    student.observe(described, make, x.requires_grad_()).must_equal(of_chain(make, x))


@pytest.mark.check("edges", points=0.125)
def test_leaf_with_a_filled_grad(student):
    """A leaf whose .grad is filled, and the result whose backward has filled it.

    .grad 里已有梯度的叶子张量，以及用 backward 填入它的那个结果。
    """
    make = Snippet("lambda x: (x * x).sum()")
    student.observe(described_after_backward, make, leaf(1.0, -2.0)).must_equal((LEAF, recorded("SumBackward0")))


@pytest.mark.check("edges", points=0.125)
def test_results_without_a_history(student):
    """A detached result, one computed under no_grad, and one that was recorded.

    detach 得到的结果、在 no_grad 中算出的结果，以及被记录的结果。
    """
    under_no_grad = "def make(x):\n    with torch.no_grad():\n        return 2 * x"
    ask(student, "lambda x: (2 * x).detach()", leaf(1.0, 2.0), PLAIN)
    ask(student, under_no_grad, leaf(1.0, 2.0), PLAIN)
    ask(student, "lambda x: 2 * x.detach() - x", leaf(1.0, 2.0), recorded("SubBackward0"))


@pytest.mark.check("edges", points=0.125)
def test_result_filled_in_place(student):
    """A tensor of zeros into which a tracked value was written, and a single entry of it.

    写入了被跟踪数值的全零张量，以及它的一个元素。
    """
    filled = "def make(x):\n    y = torch.zeros(3)\n    y[0] = x[0] ** 2\n    return y"
    ask(student, filled, leaf(1.5, 2.0), recorded("CopySlices"))
    ask(student, filled.replace("return y", "return y[0]"), leaf(1.5, 2.0), recorded("SelectBackward0"))


@pytest.mark.check("edges", points=0.125)
def test_looking_changes_nothing(student):
    """After a look at it a tensor is as before: flags, .grad, and the graph, through which a backward still runs.

    查看之后张量与之前一样：标志、.grad 都不变，计算图也还在，backward 照样能走完。
    """
    seen = {
        "answers": (LEAF, recorded("PowBackward0")),
        "x.grad": torch.tensor([3.0, 12.0]),
        "flags": (True, True, True, False),
        "changes in place": (0, 0),
    }
    student.observe(described_and_left, Snippet("lambda x: x**3"), leaf(1.0, -2.0)).must_equal(seen)
