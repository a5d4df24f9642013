"""torch.func.grad of a function that uses torch.func.grad."""

import torch


def meta_grad(train, val, w, lr):
    def after_the_step(at):
        return val(at - lr * torch.func.grad(train)(at))

    return torch.func.grad(after_the_step)(w.detach())
