import torch


def jacobian_via_backward(f, x):
    p = x.detach().clone().requires_grad_()
    y = f(p)
    outputs = [torch.tensor(value, dtype=x.dtype) for value in y.flatten().tolist()]
    J = []
    for out in outputs:
        p.grad = None
        out.backward(retain_graph=True)
        J.append(p.grad.flatten())
    return torch.stack(J)
