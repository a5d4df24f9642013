"""The reference of saved_bytes against a table of what each step saves, for sizes worked out by hand."""

import pytest
import torch


@pytest.mark.parametrize(
    ("f", "numbers"),
    [
        (torch.exp, 6),
        (lambda x: x.sin(), 6),
        (lambda x: x + 1, 0),
        (lambda x: (x * x).exp(), 12),
        (lambda x: torch.cat((x, x)).tanh().sum(), 12),
        (lambda x: x.expand(5, 2, 3).sin(), 6),
        (lambda x: x.sum().exp(), 1),
        (lambda x: (x + 2).log() * x.new_tensor([1.0, 2.0, 3.0]), 9),
        (lambda x: x.detach() * 2, 0),
    ],
)
def test_bytes_are_those_of_the_table(solution, f, numbers):
    """So many numbers are kept, of 4 or 8 bytes."""
    for dtype in (torch.float32, torch.float64):
        x = torch.arange(6, dtype=dtype).reshape(2, 3)
        assert solution("saved_bytes")(f, x) == numbers * dtype.itemsize
