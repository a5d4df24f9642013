# canary: autograd-grader-withheld-5c1f9a2e7b
"""What judges per_example_grads."""

import pytest
import torch
from hypothesis import strategies as st
from torch.autograd.functional import jacobian

from grader.judge.hidden import Snippet, nonzero, oracle, probe, quarters, sum_of, tensors

SQUARES = Snippet("lambda x: (x * x).sum()")
PRODUCT = Snippet("lambda x: x[0] ** 2 * x[1]")
GATED = Snippet("lambda x: torch.relu(x[0]) ** 2 * x[1]")
COUPLED = Snippet("lambda x: x[0] * x[1] ** 2 - x[2] * x[0]")
ROWS = ((1.5, -0.5, 2.0), (-1.0, 3.0, 0.25))
GRADIENTS = torch.tensor([[0.25 - 2.0, -1.5, -1.5], [9.0 - 0.25, -6.0, 1.0]], dtype=torch.float64)
"""The gradients of COUPLED at ROWS, by hand."""


@oracle
def row_by_row(f, rows):
    """The gradient of each row by itself, from torch's own Jacobian."""
    return torch.stack([jacobian(f, row).reshape(row.shape) for row in rows.detach()])


def plain():
    """A batch that asks for no gradient."""
    return torch.tensor(ROWS, dtype=torch.float64)


def used():
    """A batch that already requires grad and holds an old .grad."""
    rows = plain().requires_grad_()
    rows.grad = torch.full_like(rows, 7.5).detach()
    return rows


def counted(code, f, X):
    """Compute the gradients; note what f is given and count the backward passes that reach its losses."""
    shapes, passes = [], set()

    def f_counted(row):
        shapes.append(tuple(row.shape))
        loss = f(row)
        if loss.requires_grad:
            loss.register_hook(lambda _: passes.add(torch._C._current_graph_task_id()))
        return loss

    gradients = code["per_example_grads"](f_counted, X)
    return {"gradients": gradients, "shapes given to f": shapes, "backward passes": len(passes)}


@st.composite
def batches(draw):
    """A batch without zeros, with another number of rows than of entries in a row."""
    rows, width = draw(st.sampled_from([(2, 3), (2, 4), (3, 2), (3, 4), (4, 2), (4, 3), (5, 2), (5, 3)]))
    return draw(tensors((rows, width), elements=quarters(-2, 2)))


@st.composite
def polynomial_cases(draw):
    """A cubic of the entries of a row with products between them, and a batch."""
    batch = draw(batches())
    last = batch.shape[1] - 1
    terms = ["x[0] ** 3", f"x[0] * x[{last}]", f"x[{last}] ** 2"]
    return Snippet(f"lambda x: {sum_of([(draw(nonzero(place)), term) for place, term in enumerate(terms)])}"), batch


@st.composite
def exponential_cases(draw):
    """An exponential of a weighted sum, times an entry, and a batch."""
    batch = draw(batches())
    weights = draw(tensors((batch.shape[1],), elements=quarters(-0.5, 0.5))).tolist()
    scale = draw(nonzero())
    body = sum_of([(scale, f"torch.exp((torch.tensor({weights}) * x).sum()) * x[0]")])
    return Snippet(f"lambda x: ({body}).reshape(1)"), batch


@pytest.mark.check("documented", points=0.5, covers=["d3-o1"])
def test_sum_of_squares(student):
    """The sum of squares of each row, for one row and for two.

    每一行的平方和，先是一行，再是两行。
    """
    for rows in (torch.arange(4.0).reshape(1, 4), torch.arange(8.0).reshape(2, 4)):
        student.call(SQUARES, rows).must_equal(2 * rows)


@pytest.mark.check("documented", points=0.5)
def test_square_times_entry(student):
    """The square of the first entry times the second, for two rows and for three.

    第一个元素的平方乘以第二个元素，先是两行，再是三行。
    """
    rows = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    student.call(PRODUCT, rows).must_equal(torch.tensor([[4.0, 1.0], [24.0, 9.0]]))
    rows = torch.tensor([[-2.0, 0.5], [1.0, -1.0], [0.5, 3.0]])
    student.call(PRODUCT, rows).must_equal(torch.stack([2 * rows[:, 0] * rows[:, 1], rows[:, 0] ** 2], dim=1))


@pytest.mark.check("probes", points=1)
@probe(polynomial_cases(), examples=12)
def test_random_polynomials(student, case):
    """Random polynomials with products inside a row.

    随机多项式，一行之内的元素相乘。
    """
    student.call(*case).must_equal(row_by_row(*case))


@pytest.mark.check("probes", points=1)
@probe(exponential_cases(), examples=12)
def test_random_exponentials(student, case):
    """Random exponentials of a weighted sum of a row, with results of shape (1,).

    一行加权和的随机指数函数，结果的形状为 (1,)。
    """
    student.call(*case).must_equal(row_by_row(*case))


@pytest.mark.check("edges", points=0.125)
def test_one_row(student):
    """A batch of a single row is still a batch.

    只有一行的批次仍然是批次。
    """
    student.call(COUPLED, plain()[:1].clone()).must_equal(GRADIENTS[:1])


@pytest.mark.check("edges", points=0.125)
def test_flat_rows_and_unused_entries(student):
    """Rows at which the function is flat, and an entry that makes no difference, have the gradient zero.

    函数在其上平坦的那些行，以及不起作用的元素，梯度为零。
    """
    rows = torch.tensor([[2.0, -0.5, 1.0], [-1.0, 3.0, 2.0], [1.5, 4.0, -1.0]], dtype=torch.float64)
    student.call(GATED, rows).must_equal(row_by_row(GATED, rows))


@pytest.mark.check("edges", points=0.125)
def test_old_grad_does_not_count(student):
    """An X that requires grad and holds an old .grad gives the same answer, in a second call too.

    要求梯度、带着旧 .grad 的 X 得到同样的答案，再调用一次也一样。
    """
    first, second = student.call_twice(COUPLED, used())
    first.must_equal(GRADIENTS)
    second.must_equal(GRADIENTS)


@pytest.mark.check("edges", points=0.125)
def test_batch_stays_as_it_was(student):
    """Values, .grad and requires_grad of X are after the call what they were before.

    调用之后，X 的数值、.grad 和 requires_grad 与调用之前相同。
    """
    for rows in (plain(), used()):
        student.call(COUPLED, rows).must_equal(GRADIENTS).must_leave_arguments()


@pytest.mark.check("edges", points=0.125)
def test_result_carries_no_graph(student):
    """The result is a plain tensor that does not require grad, whether or not X does.

    无论 X 是否要求梯度，结果都是不要求梯度的普通张量。
    """
    for rows in (plain(), used()):
        student.call(COUPLED, rows).must_equal(GRADIENTS).must_carry_no_graph()


@pytest.mark.check("edges", points=0.125)
def test_result_owns_its_memory(student):
    """The result shares no memory with X or with the .grad of X.

    结果不与 X 或 X 的 .grad 共享内存。
    """
    for rows in (plain(), used()):
        student.call(COUPLED, rows).must_equal(GRADIENTS).must_own_its_storage()


@pytest.mark.check("edges", points=0.25)
def test_one_pass_for_the_batch(student):
    """The function f is called once for each row, with that row alone, and one backward pass serves the whole batch.

    每一行调用 f 一次，只传入这一行；整个批次只做一次反向传播。
    """
    seen = {"gradients": GRADIENTS, "shapes given to f": [(3,), (3,)], "backward passes": 1}
    student.observe(counted, COUPLED, plain()).must_equal(seen)
