import torch


def descend(loss, w, lr, steps):
    leaf = w.detach().clone().requires_grad_()

    def move(tensor):
        with torch.no_grad():
            tensor.sub_(lr * tensor.grad)
        tensor.grad = None

    leaf.register_post_accumulate_grad_hook(move)
    for _ in range(steps):
        loss(leaf).backward()
    return leaf.detach().clone()
