import torch


def jacobian_via_backward(f, x):
    t = x.detach().clone().requires_grad_()
    y = f(t).flatten()
    jac = []
    for k in range(y.shape[0]):
        y[k].backward(retain_graph=True)
        jac.append(t.grad.clone().flatten())
    return torch.vstack(jac)
