def weighted_grad(f, x, v):
    x.requires_grad = True
    z = f(x)
    z.backward(gradient=v)
    return x.grad.detach().clone()
