import torch


def jacobian_via_backward(f, x):
    a = x.detach().clone().requires_grad_()
    y = f(a)
    J = []
    for i in range(a.numel()):
        pick = torch.zeros(a.numel(), dtype=a.dtype)
        pick[i] = 1.0
        J.append(torch.autograd.grad(y, a, pick.view(a.shape), retain_graph=True)[0].view(-1))
    return torch.stack(J)
