"""Public tests: run `pytest` in this folder. Passing them is a start, not the whole exercise.

公开测试：在本文件夹中运行 `pytest`。通过它们只是开始，并不等于完成了练习。
"""

import torch
from graph_nodes import graph_nodes

LEAF = "torch::autograd::AccumulateGrad"


def test_one_operation():
    """One operation on a leaf: its node, and the node of the leaf.

    对叶子做一次运算：运算的节点，以及叶子的节点。
    """
    assert graph_nodes(lambda x: x.exp(), torch.tensor([1.0, 2.0])) == ["ExpBackward0", LEAF]


def test_paths_that_meet_again():
    """Three ways lead to the leaf, but its node counts once.

    有三条路通向叶子，但它的节点只算一次。
    """
    nodes = graph_nodes(lambda x: (x * x + x.exp()).sum(), torch.tensor([1.0, 2.0]))
    assert nodes == ["AddBackward0", "ExpBackward0", "MulBackward0", "SumBackward0", LEAF]


def test_two_nodes_of_one_name():
    """Two multiplications are two nodes.

    两次乘法是两个节点。
    """
    assert graph_nodes(lambda x: 3 * x * x, torch.tensor(2.0)) == ["MulBackward0", "MulBackward0", LEAF]


def test_argument_stays_as_it_was():
    """The caller's x is not touched.

    调用者的 x 保持原样。
    """
    x = torch.tensor([1.0, 2.0])
    graph_nodes(lambda x: x.exp(), x)
    assert not x.requires_grad
    assert x.grad is None
