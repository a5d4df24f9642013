import torch


def per_example_grads(f, X):
    leaf = X.clone().detach().requires_grad_()
    losses = torch.cat([f(example).reshape(1) for example in leaf.unbind()])
    losses.backward(gradient=torch.ones(len(losses), dtype=losses.dtype))
    return leaf.grad
