"""Only the last step is differentiated."""


def fixed_point_grad(step, w, z0, v):
    p = w.detach().clone().requires_grad_()
    z = z0.detach().clone()
    for _ in range(200):
        z = step(p, z).detach()
    out = step(p, z) + 0 * p.sum()
    out.backward(v.detach())
    return p.grad
