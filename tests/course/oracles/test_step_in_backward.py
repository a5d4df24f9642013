"""The reference of step_in_backward against steps by hand with torch.autograd.grad."""

import torch


def loss_of(w, b):
    return (w @ b) ** 2 + w.exp().sum()


def test_steps_are_those_of_gradient_descent(solution):
    """After three passes the parameters are where plain descent leads, and the last handle ends it."""
    w = torch.tensor([0.5, -0.25], dtype=torch.float64, requires_grad=True)
    b = torch.tensor([1.5, 2.0], dtype=torch.float64, requires_grad=True)
    copies = [each.detach().clone() for each in (w, b)]
    handles = solution("step_in_backward")([w, b], 0.125)
    for _ in range(3):
        loss_of(w, b).backward()
        leaves = [each.clone().requires_grad_() for each in copies]
        gradients = torch.autograd.grad(loss_of(*leaves), leaves)
        copies = [each - 0.125 * gradient for each, gradient in zip(copies, gradients, strict=True)]
    for parameter, copy in zip((w, b), copies, strict=True):
        torch.testing.assert_close(parameter.detach(), copy)
        assert parameter.grad is None
    for handle in handles:
        handle.remove()
    loss_of(w, b).backward()
    assert w.grad is not None
