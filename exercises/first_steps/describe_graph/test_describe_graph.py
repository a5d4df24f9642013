"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import torch
from describe_graph import describe_graph


def test_three_keys():
    """The dictionary has exactly the three keys.

    字典恰好有三个键。
    """
    assert set(describe_graph(torch.ones(2))) == {"requires_grad", "is_leaf", "grad_fn"}


def test_a_leaf_that_requires_grad():
    """A leaf of one's own has no node.

    自己建立的叶子张量没有节点。
    """
    x = torch.ones(2, 2, requires_grad=True)
    assert describe_graph(x) == {"requires_grad": True, "is_leaf": True, "grad_fn": None}


def test_a_recorded_result():
    """A result requires grad as well and is named after the operation that made it.

    运算结果同样要求梯度，名字来自产生它的运算。
    """
    x = torch.ones(2, 2, requires_grad=True)
    assert describe_graph(x * 3) == {"requires_grad": True, "is_leaf": False, "grad_fn": "MulBackward0"}


def test_a_detached_result():
    """A detached tensor is a leaf that does not require grad.

    detach 得到的张量是不要求梯度的叶子张量。
    """
    x = torch.ones(2, 2, requires_grad=True)
    assert describe_graph((x * 3).detach()) == {"requires_grad": False, "is_leaf": True, "grad_fn": None}
