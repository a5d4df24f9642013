import torch


def sum_backward(f, x):
    caught = []
    leaf = torch.nn.Parameter(x.detach().clone())
    handle = leaf.register_hook(caught.append)
    torch.einsum("i->", f(leaf).reshape(-1)).backward()
    handle.remove()
    return caught[0].detach().clone()
