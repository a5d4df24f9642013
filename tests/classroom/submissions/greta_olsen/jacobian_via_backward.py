import torch


def jacobian_via_backward(f, x):
    x.requires_grad_()
    J = []
    for y in f(x).flatten():
        y.backward(retain_graph=True)
        J.append(x.grad.clone().flatten())
        x.grad.zero_()
    return torch.stack(J)
