"""The reference solution of make_leaf against gradients known in closed form."""

import pytest
import torch


@pytest.mark.parametrize("values", [3, -0.5, [1, 2], [[0.5, -1.0, 2.0]], torch.tensor([[1, 2], [3, 4]])])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_the_gradient_of_a_cube_arrives(solution, values, dtype):
    """The sum of cubes fills .grad with three times the squares, in the dtype that was asked for."""
    leaf = solution("make_leaf")(values, dtype)
    (leaf**3).sum().backward()
    numbers = torch.as_tensor(values, dtype=torch.float64)
    torch.testing.assert_close(leaf.grad, (3 * numbers**2).to(dtype))
    torch.testing.assert_close(leaf.detach(), numbers.to(dtype))


def test_nothing_flows_into_the_tensor_that_was_given(solution):
    """A backward from the leaf leaves the given tensor, its flag and its .grad alone."""
    given = torch.tensor([1.0, 2.0], requires_grad=True)
    (2 * given).sum().backward()
    leaf = solution("make_leaf")(given)
    (leaf * leaf).sum().backward()
    with torch.no_grad():
        leaf.zero_()
    assert given.tolist() == [1.0, 2.0]
    assert given.grad.tolist() == [2.0, 2.0]
    assert leaf.grad.tolist() == [2.0, 4.0]
