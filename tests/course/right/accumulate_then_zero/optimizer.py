import torch


def accumulate_then_zero(f, g, x):
    parameter = torch.nn.Parameter(x.detach().clone())
    optimizer = torch.optim.SGD([parameter], lr=0.0)
    readings = []
    for function, last in ((f, False), (g, True), (g, True)):
        function(parameter).backward()
        readings.append(parameter.grad.detach().clone())
        if last:
            optimizer.zero_grad()
    return tuple(readings)
