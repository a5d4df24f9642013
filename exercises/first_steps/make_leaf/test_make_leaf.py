"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import pytest
import torch
from make_leaf import make_leaf


@pytest.mark.parametrize("values", [2.5, [1, 2, 3], [[0.5, -1.0], [2.0, 4.0]]])
def test_numbers_and_lists_become_leaves(values):
    """A number and a list, whole numbers too, become a leaf that requires grad.

    一个数或一个列表（整数也行）变成要求梯度的叶子张量。
    """
    leaf = make_leaf(values)
    assert leaf.tolist() == values
    assert leaf.is_leaf
    assert leaf.requires_grad
    assert leaf.dtype is torch.float32


def test_a_gradient_arrives():
    """After a backward, .grad of the leaf is filled.

    做完 backward 之后，叶子张量的 .grad 里有梯度。
    """
    leaf = make_leaf([1, 2])
    (leaf[0] ** 2 * leaf[1]).backward()
    assert leaf.grad.tolist() == [4.0, 1.0]


def test_the_wanted_dtype():
    """The leaf has the dtype that was asked for.

    叶子张量的 dtype 就是所要求的 dtype。
    """
    leaf = make_leaf(torch.tensor([1.0, 2.0]), torch.float64)
    assert leaf.dtype is torch.float64
    assert leaf.is_leaf


def test_a_given_tensor_is_left_alone():
    """A tensor that was given neither changes nor starts to require grad.

    传入的张量既不改变，也不会变得要求梯度。
    """
    given = torch.tensor([1.0, 2.0])
    leaf = make_leaf(given)
    with torch.no_grad():
        leaf.zero_()
    assert given.tolist() == [1.0, 2.0]
    assert not given.requires_grad
