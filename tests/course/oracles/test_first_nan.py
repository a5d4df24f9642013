"""The reference of first_nan against the message of torch's own anomaly detection."""

import re
import warnings

import pytest
import torch


def anomaly(f, x):
    """The name in the message of anomaly detection, or None."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with torch.autograd.detect_anomaly():
                f(x.clone().requires_grad_()).backward()
        except RuntimeError as problem:
            return re.search(r"'(\w+)'", str(problem))[1]
    return None


@pytest.mark.parametrize(
    "f",
    [
        lambda x: torch.where(x > 0, (2 * x).sqrt(), 0 * x).sum(),
        lambda x: x.sqrt().sum(),
        lambda x: (0 * x * x).sum().sqrt(),
        lambda x: torch.where(x > 0, 1 / x.tanh(), x).exp().sum(),
        lambda x: (x - 5).sqrt().sum(),
        lambda x: (torch.where(x > 0, x.sqrt(), x) + torch.where(x > 0, x.log(), x)).sum(),
        lambda x: (x**0.5 * 0).sum() * 3,
    ],
)
def test_name_is_that_of_anomaly_detection(solution, f):
    """The name, or None, is what torch's own search finds."""
    x = torch.tensor([0.0, 4.0, 1.0])
    assert solution("first_nan")(f, x) == anomaly(f, x)
