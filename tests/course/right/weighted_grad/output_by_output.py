def weighted_grad(f, x, v):
    leaf = x.detach().clone().requires_grad_()
    for weight, output in zip(v.detach().flatten().tolist(), f(leaf).flatten(), strict=True):
        (weight * output).backward(retain_graph=True)
    return leaf.grad.clone()
