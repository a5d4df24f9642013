"""The reference of ema_update against the recursion in Python's own floats."""

import torch


def test_updates_follow_the_recursion(solution):
    """After several updates each entry is where plain arithmetic leads."""
    targets = [
        torch.tensor([1.5, -2.0], dtype=torch.float64, requires_grad=True),
        torch.ones(1, 2, dtype=torch.float64),
    ]
    sources = [torch.tensor([0.25, 4.0], dtype=torch.float64), torch.full((1, 2), -3.0, dtype=torch.float64)]
    expected = [target.flatten().tolist() for target in targets]
    for decay in (0.75, 0.25, 0.625):
        solution("ema_update")(targets, sources, decay)
        expected = [
            [decay * old + (1 - decay) * new for old, new in zip(olds, source.flatten().tolist(), strict=True)]
            for olds, source in zip(expected, sources, strict=True)
        ]
    for target, numbers in zip(targets, expected, strict=True):
        torch.testing.assert_close(target.detach().flatten(), torch.tensor(numbers, dtype=torch.float64))
