def output_gradient(f, x, index):  # noqa: ARG001 - the belief has no use for it
    leaf = x.detach().clone().requires_grad_()
    f(leaf).sum().backward()
    return leaf.grad.clone()
