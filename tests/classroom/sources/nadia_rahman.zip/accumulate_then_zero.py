def accumulate_then_zero(f, g, x):
    w = x.detach().clone().requires_grad_()
    loss_f, loss_g = f(w), g(w)       # compute each loss once
    loss_f.backward()
    a = w.grad.clone()
    loss_g.backward()
    b = w.grad.clone()
    w.grad = None
    loss_g.backward()
    return a, b, w.grad
