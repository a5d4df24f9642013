"""backward() for a leaf alone, the inner gradient out of .grad."""


def meta_grad(train, val, w, lr):
    leaf = w.detach().clone().requires_grad_()
    train(leaf).backward(inputs=[leaf], create_graph=True)
    inner, leaf.grad = leaf.grad, None
    val(leaf - lr * inner).backward(inputs=[leaf])
    return leaf.grad.detach().clone()
