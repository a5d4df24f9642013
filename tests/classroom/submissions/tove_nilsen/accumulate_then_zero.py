import torch


def accumulate_then_zero(f, g, x):
    w = torch.nn.Parameter(x.detach().clone())
    opt = torch.optim.SGD([w], lr=0.1)      # only used to clear

    f(w).sum().backward()
    a = w.grad.clone()
    g(w).sum().backward()
    b = w.grad.clone()
    opt.zero_grad()
    g(w).sum().backward()
    c = w.grad.clone()
    return (a, b, c)
