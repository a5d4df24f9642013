import torch


def jacobian_via_backward(f, x):
    z = x.detach().clone().requires_grad_()
    y = f(z)
    result = torch.zeros((y.numel(), x.numel()), dtype=x.dtype)
    for i, out in enumerate(y.reshape(-1)):
        out.backward(retain_graph=True)
        for j, d in enumerate(z.grad.reshape(-1).tolist()):
            result[i, j] = d
        z.grad.zero_()
    return result
