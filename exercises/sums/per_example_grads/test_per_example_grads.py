"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import torch
from per_example_grads import per_example_grads


def test_each_row_has_its_own_gradient():
    """The gradient of x0^2 x1 at two rows.

    x0^2 x1 在两行处的梯度。
    """
    rows = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    assert per_example_grads(lambda x: x[0] ** 2 * x[1], rows).tolist() == [[4.0, 1.0], [24.0, 9.0]]


def test_more_rows_than_entries():
    """Three rows of two entries: the result has the shape of X.

    三行、每行两个元素：结果的形状与 X 相同。
    """
    rows = torch.tensor([[1.0, -2.0], [0.5, 3.0], [2.0, 2.0]])
    torch.testing.assert_close(per_example_grads(lambda x: (x * x).sum(), rows), 2 * rows)


def test_f_sees_one_row_at_a_time():
    """f is given the rows, not the batch.

    传给 f 的是一行，而不是整个批次。
    """
    shapes = []

    def f(x):
        shapes.append(tuple(x.shape))
        return x.prod()

    per_example_grads(f, torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]))
    assert shapes == [(3,), (3,)]


def test_x_is_left_alone():
    """Afterwards X holds no gradient and still does not ask for one.

    调用之后，X 没有梯度，也仍然不要求梯度。
    """
    rows = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    per_example_grads(lambda x: x.prod(), rows)
    assert rows.grad is None
    assert not rows.requires_grad
