"""A tensor's place in the graph.

张量在计算图中的位置。
"""

import torch
from torch import Tensor


def describe_graph(t: Tensor) -> dict[str, object]:
    """Return what three attributes tell about a tensor's place in the graph.

    t: any tensor; a leaf or a result, with or without requires_grad, with or without a .grad.

    Returns a dictionary with three keys:
        "requires_grad": True or False;
        "is_leaf": True or False;
        "grad_fn": the name of the node that made t, as text, or None if there is none.

    Promised: t keeps its data, its .grad and its flags; no backward is run.
    """
    raise NotImplementedError
