import torch


def jacobian_via_backward(f, x):
    p = x.detach().clone().requires_grad_()
    y = f(p)
    m, n = len(y), len(p)
    J = torch.zeros(m, n, dtype=x.dtype)
    for i, pick in enumerate(torch.eye(m, dtype=x.dtype)):
        y.backward(pick, retain_graph=True)
        J[i] = p.grad
        p.grad.zero_()
    return J
