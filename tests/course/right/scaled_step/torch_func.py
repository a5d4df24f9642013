"""torch.func.grad of the scaled loss."""

import torch


def scaled_step(loss, params, lr, scale, max_norm):
    params = [p.detach() for p in params]
    found = torch.func.grad(lambda at: scale * loss(at))(params)
    found = [g.float() / scale for g in found]
    norm = torch.nn.utils.get_total_norm(found)
    if not norm.isfinite().item():
        return [p.clone() for p in params], False
    factor = min(1.0, max_norm / norm.item()) if norm else 1.0
    return [(p.float() - lr * factor * g).to(p.dtype) for p, g in zip(params, found, strict=True)], True
