"""The reference against finite differences at every stage."""

import torch

MAPS = [
    lambda x: torch.stack([x[0] * x[1], x[1].sin(), x[0] ** 2]),
    lambda y: y.cumsum(0) * y,
    lambda z: torch.stack([z.prod(), z[0] - z[2]]),
]


def weighted_end(value, maps, v):
    """Run the rest of the chain from a value, and weigh what comes out."""
    for f in maps:
        value = f(value)
    return (v * value).sum()


def test_the_reference_gives_the_slopes_at_every_stage(solution):
    """Each stage is moved a little, entry by entry, and the rest of the chain is run from there."""
    x, v = torch.tensor([0.75, -1.25], dtype=torch.float64), torch.tensor([2.0, -0.5], dtype=torch.float64)
    steps = [(f, lambda p, g, f=f: torch.autograd.functional.vjp(f, p, g)[1]) for f in MAPS]
    found = solution("backprop_chain")(steps, x, v)
    assert len(found) == 4
    stage = x
    for k, gradient in enumerate(found):
        moves = 1e-5 * torch.eye(len(stage), dtype=torch.float64)
        ends = [[weighted_end(stage + sign * move, MAPS[k:], v) for sign in (1, -1)] for move in moves]
        slopes = torch.stack([(above - below) / 2e-5 for above, below in ends])
        torch.testing.assert_close(gradient, slopes, rtol=1e-6, atol=1e-8)
        stage = MAPS[k](stage) if k < len(MAPS) else stage
