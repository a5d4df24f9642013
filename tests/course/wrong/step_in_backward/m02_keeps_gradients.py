"""Forgets the gradient's end."""


def step_in_backward(params, lr):
    def move(p):
        p.data -= lr * p.grad

    return [q.register_post_accumulate_grad_hook(move) for q in params if q.requires_grad]
