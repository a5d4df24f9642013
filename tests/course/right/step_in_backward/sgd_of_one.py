"""One optimizer for each parameter."""

import torch


def step_in_backward(params, lr):
    trained = [p for p in params if p.requires_grad]
    optimizers = {p: torch.optim.SGD([p], lr=lr) for p in trained}

    def hook(p):
        optimizers[p].step()
        optimizers[p].zero_grad()

    return [p.register_post_accumulate_grad_hook(hook) for p in trained]
