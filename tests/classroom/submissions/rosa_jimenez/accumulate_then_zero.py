def accumulate_then_zero(f, g, x):
    t = x.detach().clone().requires_grad_()
    values = []
    for h in (f, g, g):
        loss = h(t)
        loss.backward()              # puts the gradient of this loss into t.grad
        values.append(t.grad.clone())
    return tuple(values)
