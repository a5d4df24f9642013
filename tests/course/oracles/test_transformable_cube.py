"""The reference of transformable_cube against the same transforms of torch's own power, and gradcheck."""

import pytest
import torch
from torch.autograd import gradcheck
from torch.func import grad, hessian, jacfwd, jacrev, jvp, vmap


@pytest.mark.filterwarnings("ignore:.torch.jit.script. is deprecated:DeprecationWarning")  # in torch itself
def test_transforms_are_those_of_the_power(solution):
    """Every transform gives what it gives for x**3, and gradcheck agrees in both modes."""
    cube = solution("transformable_cube").apply
    x = torch.tensor([0.5, -1.5, 2.0], dtype=torch.float64)
    transforms = (
        lambda f: grad(lambda t: (f(t) * t).sum())(x),
        lambda f: vmap(grad(f))(x),
        lambda f: jvp(f, (x,), (x.flip(0),))[1],
        lambda f: jacfwd(f)(x),
        lambda f: jacrev(f)(x),
        lambda f: vmap(jacfwd(f))(x.outer(x)),
        lambda f: hessian(lambda t: (f(t) * t.flip(0)).sum())(x),
    )
    for transform in transforms:
        torch.testing.assert_close(transform(cube), transform(lambda t: t**3))
    assert gradcheck(cube, x.requires_grad_(), check_forward_ad=True, check_batched_grad=True)
