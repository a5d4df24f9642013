import torch


def output_gradient(f, x, index):
    leaf = torch.nn.Parameter(x.detach().clone())
    y = f(leaf)
    places = torch.arange(y.numel()).reshape(y.shape)
    torch.where(places == places[index], y, torch.zeros(())).sum().backward()
    return leaf.grad
