"""The reference against finite differences of the weighted sum."""

import torch


def test_the_reference_gives_the_slopes_of_the_weighted_sum(solution):
    """Central differences of (v * (x @ w.T)).sum() in float64 agree with both gradients."""
    generator = torch.Generator().manual_seed(4)
    x, w, v = (torch.randn(*shape, generator=generator, dtype=torch.float64) for shape in ((3, 2), (4, 2), (3, 4)))
    results = solution("vjp_matmul")(x, w, v)
    for changed, result in zip((x, w), results, strict=True):
        for index in torch.cartesian_prod(*map(torch.arange, changed.shape)).tolist():
            sums = []
            for step in (1e-4, -1e-4):
                changed[tuple(index)] += step
                sums.append((v * (x @ w.T)).sum())
                changed[tuple(index)] -= step
            slope = (sums[0] - sums[1]) / 2e-4
            torch.testing.assert_close(result[tuple(index)], slope, rtol=1e-6, atol=1e-8)
