# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges vjp_setitem."""

import pytest
import torch
from hypothesis import strategies as st

from grader.judge.hidden import oracle, probe, quarters, tensors

numbers = quarters()


def double(values):
    return torch.tensor(values, dtype=torch.float64)


def with_history(*given):
    """The tensors, each requiring grad and with an old gradient."""
    for number, tensor in enumerate(given):
        tensor.requires_grad_()
        tensor.grad = torch.full_like(tensor, 10.0 + number).detach()
    return given


@oracle
def gradients(base, value, index, v):  # noqa: ARG001 - the values of base play no part
    """By hand: v with zeros at the index, and the weights at the index summed to the shape of value."""
    d_base, there = v.detach().clone(), v.detach()[index]
    d_base[index] = 0
    extra = value.dim() - there.dim()
    there = there.reshape((1,) * extra + tuple(there.shape))
    return d_base, there.sum_to_size(value.shape).clone()


def led_on_to_x(namespace, x, v):
    """Report the gradient at x of the three powers that are written one after the other, by the chain rule."""
    gradient = torch.zeros(2)
    for place, (entry, power) in enumerate(((0, 2), (1, 3), (1, 4))):
        _, collected = namespace["vjp_setitem"](torch.full((3, 1), 7.0), x[entry] ** power, place, v)
        gradient[entry] += power * x[entry] ** (power - 1) * collected
    return {"gradient at x": gradient}


def vector_case():
    """Two places of a vector that one number is written into."""
    return double([1.5, -0.5, 2.0, 0.25]), double(-3.0), [3, 0], double([2.0, -0.75, 5.0, 0.5])


def ask(student, base, value, index, v):
    student.call(base, value, index, v).must_equal(gradients(base, value, index, v))


@st.composite
def written_vectors(draw):
    """A vector, an int or a list of different ints, and one number or one for each place."""
    size = 5
    places = draw(st.permutations(range(size)))[: draw(st.integers(1, 4))]
    signed = [place - size if draw(st.booleans()) else place for place in places]
    index = draw(st.sampled_from([signed, signed[0], (signed[0],)]))
    shapes = [(), (len(signed),), (1,)] if index is signed else [(), (1,)]
    value = draw(tensors(draw(st.sampled_from(shapes)), elements=numbers, start=5))
    return draw(tensors((size,), elements=numbers)), value, index, draw(tensors((size,), elements=numbers, start=2))


@st.composite
def written_matrices(draw):
    """A matrix of three rows, a row, rows or an entry, and a value of a shape that fits."""
    rows = draw(st.permutations(range(3)))[:2]
    kind = draw(st.sampled_from(["row", "rows", "entry"]))
    if kind == "row":
        index, shapes = rows[0] - draw(st.sampled_from([0, 3])), [(), (4,), (1,), (1, 4)]
    elif kind == "rows":
        index, shapes = rows, [(), (4,), (2, 4), (2, 1), (1, 4)]
    else:
        index, shapes = (rows[0], draw(st.integers(-4, 3))), [(), (1,)]
    value = draw(tensors(draw(st.sampled_from(shapes)), elements=numbers, start=5))
    return draw(tensors((3, 4), elements=numbers)), value, index, draw(tensors((3, 4), elements=numbers, start=2))


@pytest.mark.check("documented", points=0.5)
def test_worked_example(student):
    """The example of the README, and the same tensors with other places.

    README 中的例子，以及同样的张量换成别的位置。
    """
    base, v = torch.tensor([1.0, 2.0, 3.0]), torch.tensor([5.0, 7.0, 9.0])
    student.call(base, torch.tensor(10.0), [0, 2], v).must_equal((torch.tensor([0.0, 7.0, 0.0]), torch.tensor(14.0)))
    student.call(base, torch.tensor(10.0), [1, 2], v).must_equal((torch.tensor([5.0, 0.0, 0.0]), torch.tensor(16.0)))


@pytest.mark.check("documented", points=0.5, covers=["d1-o6", "d1-o8"])
def test_document_output_that_is_filled(student):
    """The output of shape (3, 1) that is filled with x0^2, x1^3 and x1^4: what these collect, led on to x.

    形状为 (3, 1) 的输出，填入 x0^2、x1^3 和 x1^4：它们收到的权重再传到 x。
    """
    x = torch.tensor([-1.5, 2.7])
    for v, gradient in (([1.0, 1.0, 1.0], [-3.0, 100.602]), ([0.5, -2.0, 1.5], [-1.5, 74.358])):
        weights = torch.tensor(v).reshape(3, 1)
        student.observe(led_on_to_x, x, weights).must_equal({"gradient at x": torch.tensor(gradient)})


@pytest.mark.check("probes", points=1)
@probe(written_vectors(), examples=12)
def test_vectors(student, case):
    """Vectors of five entries, with an int or a list of ints as the index.

    五个元素的向量，下标是一个整数或一列整数。
    """
    ask(student, *case)


@pytest.mark.check("probes", points=1)
@probe(written_matrices(), examples=16)
def test_matrices(student, case):
    """Matrices: a row, two rows or a single entry is written, and value is broadcast in every way.

    矩阵：写入一行、两行或一个元素，value 以各种方式广播。
    """
    ask(student, *case)


@pytest.mark.check("edges", points=0.125)
def test_everything_is_overwritten(student):
    """Nearly every entry is overwritten, then all of them: base gets zeros.

    先覆盖几乎所有元素，再全部覆盖：base 的梯度全为零。
    """
    base, value, _, v = vector_case()
    for index in ([1, 3, 0], [1, 3, 0, 2]):
        ask(student, base, value, index, v)


@pytest.mark.check("edges", points=0.125)
def test_old_gradients(student):
    """Base, value and v that require grad and hold an old .grad; then a second call.

    base、value、v 都要求梯度并带着旧的 .grad；然后再调用一次。
    """
    base, value, index, v = vector_case()
    expected = gradients(base, value, index, v)
    for answer in student.call_twice(*with_history(base, value), index, *with_history(v)):
        answer.must_equal(expected)


@pytest.mark.check("edges", points=0.25)
def test_arguments_stay(student):
    """Nothing is written into the arguments: they keep their data, .grad and requires_grad.

    不向参数写入任何内容：它们的数据、.grad 和 requires_grad 都不变。
    """
    base, value, index, v = vector_case()
    expected = gradients(base, value, index, v)
    student.call(base, value, index, v).must_equal(expected).must_leave_arguments()
    student.call(*with_history(base, value), index, *with_history(v)).must_equal(expected).must_leave_arguments()


@pytest.mark.check("edges", points=0.25)
def test_no_graph(student):
    """The results carry no graph, even if base, value and v require grad.

    即使 base、value、v 都要求梯度，结果也不带计算图。
    """
    base, value, index, v = vector_case()
    expected = gradients(base, value, index, v)
    student.call(*with_history(base, value), index, *with_history(v)).must_equal(expected).must_carry_no_graph()


@pytest.mark.check("edges", points=0.25)
def test_own_storage(student):
    """The results share no memory with the arguments or each other.

    结果不与参数共享内存，彼此之间也不共享。
    """
    base, _, _, v = vector_case()
    for value, index in ((double(-3.0), 2), (double([1.5, 4.0]), [0, 2])):
        student.call(base, value, index, v).must_equal(gradients(base, value, index, v)).must_own_its_storage()
