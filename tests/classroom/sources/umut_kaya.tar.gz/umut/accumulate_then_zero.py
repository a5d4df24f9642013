import torch


class Holder(torch.nn.Module):
    def __init__(self, values):
        super().__init__()
        self.w = torch.nn.Parameter(values)


def accumulate_then_zero(f, g, x):
    model = Holder(x.detach().clone())
    f(model.w).backward()
    a = model.w.grad.clone()
    g(model.w).backward()
    b = model.w.grad.clone()
    model.zero_grad()
    assert model.w.grad.abs().max() == 0, "not cleared"
    g(model.w).backward()
    return a, b, model.w.grad.clone()
