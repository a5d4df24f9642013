"""The reference of checkpointed_grad against a product of Jacobians."""

import torch
from torch.autograd.functional import jacobian


def test_gradient_is_v_times_the_jacobians(solution):
    """The gradient is v times the Jacobians of the blocks, the last one first."""
    matrix = torch.tensor([[1.0, -2.0], [0.5, 3.0], [0.0, 1.0]], dtype=torch.float64)
    blocks = [torch.tanh, lambda x: matrix @ x, lambda x: x * x.flip(0), lambda x: x[:2].exp()]
    x, v = torch.tensor([0.5, -1.25], dtype=torch.float64), torch.tensor([2.0, -0.75], dtype=torch.float64)
    inputs = [x]
    for block in blocks:
        inputs.append(block(inputs[-1]))
    expected = v
    for block, at in zip(reversed(blocks), reversed(inputs[:-1]), strict=True):
        expected = expected @ jacobian(block, at)
    torch.testing.assert_close(solution("checkpointed_grad")(blocks, x, v), expected)
