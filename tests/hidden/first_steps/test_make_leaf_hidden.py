# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges make_leaf."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import probe, quarters, tensors

SHAPES = ((), (2,), (3,), (2, 3), (2, 1, 2))


def leaf_and_backward(code, values, dtype, weights):
    """Make a leaf, look at it, and go backward from a weighted sum of its squares."""
    leaf = code["make_leaf"](values, *(() if dtype is None else (getattr(torch, dtype),)))
    if not isinstance(leaf, torch.Tensor):
        return leaf
    facts = {
        "values": leaf.detach().clone(),
        "is_leaf": leaf.is_leaf,
        "requires_grad": leaf.requires_grad,
        "dtype": str(leaf.dtype).removeprefix("torch."),
        "memory": memory_of(leaf, values),
        ".grad at first": None if leaf.grad is None else leaf.grad.clone(),
    }
    if leaf.requires_grad:
        (weights * leaf**2).sum().backward()
    return {**facts, ".grad after backward": leaf.grad}


def memory_of(leaf, values):
    """Tell whose memory a leaf has."""
    if leaf is values:
        return "the very tensor that was given"
    is_tensor = isinstance(values, torch.Tensor)
    return "shared" if is_tensor and leaf.untyped_storage().data_ptr() == values.untyped_storage().data_ptr() else "own"


def leaf_of_a_result(code, start, factor, weights):
    """Make a leaf of a computed tensor, go backward from the leaf, and look at both ends."""
    leaf = code["make_leaf"](start * factor, torch.float64)
    (weights * leaf**2).sum().backward()
    return {"is_leaf": leaf.is_leaf, "leaf.grad": leaf.grad, "start.grad": start.grad}


def after_one_step(code, values, weights, lr):
    """Hand the leaf to an optimizer and take one step on a weighted sum of squares."""
    leaf = code["make_leaf"](values)
    optimizer = torch.optim.SGD([leaf], lr=lr)
    (weights * leaf**2).sum().backward()
    optimizer.step()
    return leaf.detach()


def expected(values, dtype, weights):
    """What a right leaf with these values shows, written down by hand."""
    numbers = torch.as_tensor(values, dtype=torch.float64).detach()
    wanted = getattr(torch, dtype or "float32")
    return {
        "values": numbers.to(wanted),
        "is_leaf": True,
        "requires_grad": True,
        "dtype": dtype or "float32",
        "memory": "own",
        ".grad at first": None,
        ".grad after backward": (2 * weights * numbers).to(wanted),
    }


def check(student, values, dtype, weights):
    """Ask for one leaf and compare all that it shows."""
    return student.observe(leaf_and_backward, values, dtype, weights).must_equal(expected(values, dtype, weights))


dtypes = st.sampled_from(["float32", "float64"])
QUARTERS = (*quarters(), 0.0)
WHOLE = (*range(1, 10), *range(-1, -10, -1), 0)


def weights(shape):
    """Weights of a sum."""
    return tensors(shape, start=1)


@st.composite
def list_cases(draw):
    """A number or a nested list, whole or fractional, a dtype, and weights."""
    shape = draw(st.sampled_from(SHAPES))
    whole = draw(st.booleans())
    values = draw(tensors(shape, elements=WHOLE if whole else QUARTERS))
    return (
        (values.int() if whole else values).tolist(),
        draw(dtypes),
        draw(weights(shape)),
    )


@st.composite
def tensor_cases(draw):
    """A tensor of some dtype, which may require grad and hold an old .grad, a dtype, and weights."""
    shape = draw(st.sampled_from(SHAPES))
    values = draw(tensors(shape, elements=WHOLE))
    values = values.to(draw(st.sampled_from([torch.float32, torch.float64, torch.int64])))
    if values.is_floating_point() and draw(st.booleans()):
        values.requires_grad_()
        values.grad = torch.full_like(values, 7.0).detach()
    return values, draw(dtypes), draw(weights(shape))


@pytest.mark.check("documented", points=0.25, covers=["d1-o1"])
def test_leaf_from_a_vector(student):
    """A tensor with a single 1 becomes a leaf, and so does a list of two numbers.

    只含一个 1 的张量变成叶子张量，两个数的列表也一样。
    """
    check(student, torch.ones(1), None, torch.tensor([2.5]))
    check(student, [0.5, -2.0], None, torch.tensor([1.0, 3.0]))


@pytest.mark.check("documented", points=0.25, covers=["d4-o1"])
def test_leaf_from_a_matrix(student):
    """A 2 x 2 tensor of ones becomes a leaf, and so does a matrix given as a list of lists.

    2 x 2 的全 1 张量变成叶子张量，写成嵌套列表的矩阵也一样。
    """
    check(student, torch.ones(2, 2), None, torch.tensor([[1.0, -2.0], [0.5, 3.0]]))
    check(student, [[1.0, 0.5, -1.0], [2.0, 0.0, 4.0]], None, torch.tensor([[1.0, 2.0, 3.0], [-1.0, 1.0, 0.5]]))


@pytest.mark.check("probes", points=0.5)
@probe(list_cases(), examples=12)
def test_leaves_from_numbers_and_lists(student, case):
    """Random numbers and lists, whole or fractional, in both dtypes; then a backward fills .grad.

    随机的数和列表（整数或小数），两种 dtype；随后的 backward 会填入 .grad。
    """
    check(student, *case)


@pytest.mark.check("probes", points=0.5)
@probe(tensor_cases(), examples=16)
def test_leaves_from_tensors(student, case):
    """Random tensors, some of whole numbers, some that require grad; then a backward fills .grad.

    随机的张量，有的是整数，有的已经要求梯度；随后的 backward 会填入 .grad。
    """
    check(student, *case)


@pytest.mark.check("edges", points=0.125)
def test_whole_numbers_in_a_list(student):
    """A list of whole numbers becomes a floating point leaf; in float64 a number may be too large for float32.

    整数列表变成浮点的叶子张量；dtype 为 float64 时，数可以大到 float32 放不下。
    """
    check(student, [[1, 0]], None, torch.tensor([[2.0, -1.0]]))
    check(student, [[0, 1]], "float64", torch.tensor([[0.5, 4.0]]))
    check(student, [1e300, 0.25], "float64", torch.tensor([0.5, -2.0], dtype=torch.float64))


@pytest.mark.check("edges", points=0.125)
def test_result_of_a_computation(student):
    """A leaf made of a computed tensor has no history: a backward from it stops there.

    由计算结果做成的叶子张量没有历史：从它出发的 backward 到它为止。
    """
    start = torch.tensor([1.0, -0.5], dtype=torch.float64, requires_grad=True)
    factor, weights = torch.tensor([3.0, 2.0], dtype=torch.float64), torch.tensor([0.25, 5.0], dtype=torch.float64)
    seen = {"is_leaf": True, "leaf.grad": 2 * weights * start.detach() * factor, "start.grad": None}
    student.observe(leaf_of_a_result, start, factor, weights).must_equal(seen)


@pytest.mark.check("edges", points=0.125)
def test_nothing_to_convert(student):
    """A tensor of the right dtype, with a .grad of its own, stays as it was; the leaf is another tensor.

    dtype 已经合适、自带 .grad 的张量保持原样；叶子张量是另一个张量。
    """
    x = torch.tensor([1.5, -2.0], dtype=torch.float64, requires_grad=True)
    x.grad = torch.tensor([7.0, 3.0], dtype=torch.float64)
    for values in (x, torch.tensor([0.5, 2.0], dtype=torch.float64)):
        check(student, values, "float64", torch.tensor([1.0, -3.0])).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_optimizer_takes_the_leaf(student):
    """An optimizer accepts the leaf, and one step moves it.

    优化器接受这个叶子张量，更新一步后它的值随之改变。
    """
    values, weights = torch.tensor([2.0, -1.0]), torch.tensor([0.5, 3.0])
    student.observe(after_one_step, values, weights, 0.25).must_equal(values - 0.25 * 2 * weights * values)
