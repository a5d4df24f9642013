def descend(loss, w, lr, steps):
    if steps == 0:
        return w.detach().clone()
    leaf = w.detach().clone().requires_grad_(True)
    loss(leaf).sum().backward()
    return descend(loss, leaf.detach() - lr * leaf.grad, lr, steps - 1)
