"""Step while backward is running.

边反向传播边更新。
"""

import torch
from torch import Tensor
from torch.utils.hooks import RemovableHandle


def step_in_backward(params: list[Tensor], lr: float) -> list[RemovableHandle]:
    """Let every backward pass step each parameter as soon as its gradient is complete, and free the gradient.

    params: leaves; those that do not require grad are left out.
    lr: the learning rate, which each gradient is multiplied by.

    Returns the handles of the hooks, one for each parameter that requires grad. Once they are removed, backward fills
    .grad again and no parameter moves.

    Promised: the parameters are changed in place, once in a pass, with the whole gradient; their .grad is None
    afterwards; at most one gradient stays in a .grad at any time.
    """
    raise NotImplementedError
