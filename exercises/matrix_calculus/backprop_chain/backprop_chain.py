"""Reverse mode by hand: remember on the way there, pass one vector on the way back.

手工实现反向模式：前向时记住输入，反向时传递一个向量。
"""

from collections.abc import Callable

import torch
from torch import Tensor


def backprop_chain(steps: list[tuple[Callable, Callable]], x: Tensor, v: Tensor) -> list[Tensor]:
    """Return the gradients of (v * y).sum() with respect to every stage of a chain, y being the last.

    steps: pairs (f, vjp) in the order of application, perhaps none; f hides its graph; vjp(input, g) turns the
        gradient at the output of its step into the gradient at its input.
    x: floating point tensor, the input of the first step.
    v: weights in the shape of the last result.

    Returns a list: the gradient at x, at the result of each step, and at the last result, which is v. Each vjp is
    called once, and no f more than once.

    Promised: an old .grad does not enter; x and v keep their data, .grad and requires_grad; the tensors carry no
    graph and share no memory with x, v or each other; calling twice gives the same answer.
    """
    raise NotImplementedError
