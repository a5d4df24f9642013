"""Every node of the graph.

计算图的所有节点。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def graph_nodes(f: Callable[[Tensor], Tensor], x: Tensor) -> list[str]:
    """Return the names of all nodes of the graph behind f(x), sorted.

    f: function of one tensor, made of torch operations.
    x: float tensor, with or without requires_grad.

    f is computed on a leaf that requires grad and has the values of x. Every node that can be reached from grad_fn
    of the result counts once, the AccumulateGrad node of a leaf included; its name is node.name(). A result without
    grad_fn gives the empty list.

    Promised: f is called once, and no backward pass is made; x keeps its data, .grad and requires_grad; calling
    twice gives the same answer.
    """
    raise NotImplementedError
