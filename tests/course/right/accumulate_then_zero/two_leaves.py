import copy


def accumulate_then_zero(f, g, x):
    def fresh():
        return x.detach().clone().requires_grad_()

    running, alone = fresh(), fresh()
    f(running).backward()
    first = copy.copy(running.grad.clone())
    g(running).backward()
    g(alone).backward()
    return first, running.grad, alone.grad
