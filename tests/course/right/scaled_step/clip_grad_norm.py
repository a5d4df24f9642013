"""backward() into leaves, float32 copies with a .grad, torch.nn.utils.clip_grad_norm_ and SGD."""

import torch


def scaled_step(loss, params, lr, scale, max_norm):
    leaves = [p.detach().clone().requires_grad_() for p in params]
    (loss(leaves) * scale).backward()
    masters = [torch.nn.Parameter(p.detach().to(torch.float32, copy=True)) for p in params]
    for master, leaf in zip(masters, leaves, strict=True):
        master.grad = torch.zeros_like(master) if leaf.grad is None else leaf.grad.float() / scale
    if any(not torch.isfinite(master.grad).all() for master in masters):
        return [p.detach().clone() for p in params], False
    torch.nn.utils.clip_grad_norm_(masters, max_norm)
    torch.optim.SGD(masters, lr=lr).step()
    return [m.detach().to(p.dtype, copy=True) for m, p in zip(masters, params, strict=True)], True
