"""The reference of scaled_linear_function against autograd of the same product, and gradcheck."""

import torch
from torch.autograd import gradcheck, gradgradcheck


def test_gradients_are_those_of_the_product(solution):
    """Gradients are torch's own, and agree with difference quotients, the second ones too."""
    apply = solution("scaled_linear_function").apply
    x = torch.linspace(-1, 2, 6, dtype=torch.float64).reshape(3, 2).requires_grad_()
    w = torch.linspace(0.5, -3, 8, dtype=torch.float64).reshape(4, 2).requires_grad_()
    v = torch.linspace(1, -2, 12, dtype=torch.float64).reshape(3, 4)
    found = torch.autograd.grad(apply(x, w, 2.5), (x, w), v)
    expected = torch.autograd.grad(2.5 * (x @ w.T), (x, w), v)
    for one, other in zip(found, expected, strict=True):
        torch.testing.assert_close(one, other)
    assert gradcheck(lambda a, b: apply(a, b, 3), (x, w))
    assert gradgradcheck(lambda a, b: apply(a, b, 3), (x, w))
