import torch


def jacobian_via_backward(f, x):
    z = x.detach().clone().requires_grad_()
    y = f(z)
    picks = torch.eye(y.numel(), dtype=y.dtype).reshape(y.numel(), *y.shape)
    (rows,) = torch.autograd.grad(y, z, picks, is_grads_batched=True)
    return rows.reshape(y.numel(), z.numel())
