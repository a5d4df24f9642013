def sum_backward(f, x):
    z = x.detach().clone().requires_grad_()
    y = f(z)
    (y.mean() * y.numel()).backward()      # n times the mean is the sum
    return z.grad
