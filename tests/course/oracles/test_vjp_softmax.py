"""The reference against finite differences of the weighted sum."""

import torch


def test_the_reference_gives_the_slopes_of_the_weighted_sum(solution):
    """Central differences in float64, for each logit of a batch."""
    generator = torch.Generator().manual_seed(18)
    z, v = (torch.randn(3, 4, generator=generator, dtype=torch.float64) for _ in range(2))
    found = solution("vjp_softmax")(z, v)
    for i, j in torch.cartesian_prod(torch.arange(3), torch.arange(4)).tolist():
        step = torch.zeros_like(z)
        step[i, j] = 1e-5
        sums = [(v * (z + sign * step).softmax(dim=-1)).sum() for sign in (1, -1)]
        torch.testing.assert_close(found[i, j], (sums[0] - sums[1]) / 2e-5, rtol=1e-6, atol=1e-8)
