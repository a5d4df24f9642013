"""The reference on functions whose derivatives are known in closed form."""

import torch


class Scaled(torch.autograd.Function):
    """The sine, with a derivative that is too large by a given factor."""

    @staticmethod
    def forward(ctx, x, factor):
        ctx.save_for_backward(x)
        ctx.factor = factor
        return x.sin()

    @staticmethod
    def backward(ctx, grad):
        (x,) = ctx.saved_tensors
        return ctx.factor * grad * x.cos(), None


def test_the_reference_tells_a_wrong_derivative_from_a_right_one(solution):
    """The cosine is right, and what is off by one part in a thousand or more is wrong."""
    x = torch.tensor([0.25, -1.5, 2.0])
    answers = {
        factor: solution("check_gradient")(lambda x, k=factor: Scaled.apply(x, k), x) for factor in (1, 1.001, -1)
    }
    assert answers == {1: True, 1.001: False, -1: False}
