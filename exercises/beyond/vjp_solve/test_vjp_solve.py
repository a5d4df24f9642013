"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import torch
from vjp_solve import vjp_solve


def test_the_example():
    """A system with the solution (1, 2), of which the first entry counts.

    解为 (1, 2) 的方程组，只计第一个元素。
    """
    A = torch.tensor([[2.0, 1.0], [0.0, 1.0]])
    dA, db = vjp_solve(A, torch.tensor([4.0, 2.0]), torch.tensor([1.0, 0.0]))
    torch.testing.assert_close(dA, torch.tensor([[-0.5, -1.0], [0.5, 1.0]]))
    torch.testing.assert_close(db, torch.tensor([0.5, -0.5]))


def test_a_single_number():
    """For one number, z = b / a has the slopes 1 / a and -b / a^2.

    只有一个数时，z = b / a 的斜率是 1 / a 和 -b / a^2。
    """
    dA, db = vjp_solve(torch.tensor([[4.0]]), torch.tensor([8.0]), torch.tensor([3.0]))
    torch.testing.assert_close(dA, torch.tensor([[-1.5]]))
    torch.testing.assert_close(db, torch.tensor([0.75]))


def test_arguments_stay_as_they_were():
    """The arguments are not touched, and the results carry no graph.

    参数保持原样，结果不带计算图。
    """
    A = torch.tensor([[2.0, 1.0], [0.0, 1.0]], requires_grad=True)
    b, v = torch.tensor([4.0, 2.0]), torch.tensor([1.0, 0.0])
    dA, db = vjp_solve(A, b, v)
    assert A.grad is None
    assert v.tolist() == [1.0, 0.0]
    assert not dA.requires_grad
    assert not db.requires_grad
