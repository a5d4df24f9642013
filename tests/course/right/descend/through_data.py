import torch


def descend(loss, w, lr, steps):
    parameter = torch.nn.Parameter(w.detach().clone())
    step = 0
    while step < steps:
        if parameter.grad is not None:
            parameter.grad.zero_()
        loss(parameter).backward()
        parameter.data.add_(parameter.grad, alpha=-lr)
        step += 1
    return parameter.data.clone()
