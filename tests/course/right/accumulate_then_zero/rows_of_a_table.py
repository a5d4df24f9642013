import torch


def accumulate_then_zero(f, g, x):
    leaf = x.detach().clone().requires_grad_()
    table = torch.empty(3, *x.shape, dtype=x.dtype)
    for row, function in enumerate((f, g, g)):
        if row == 2:
            leaf.grad.zero_()
        function(leaf).backward()
        table[row] = leaf.grad
    return table[0], table[1], table[2]
