def descend(loss, w, lr, steps):
    point = w.detach().clone()
    for _ in range(steps):
        leaf = point.requires_grad_()
        loss(leaf).backward()
        point = (leaf - lr * leaf.grad).detach()
    return point
