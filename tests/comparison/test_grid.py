"""A wrong result beside the right one, entry by entry."""

import pytest
import torch

from grader.comparison.grid import grid
from grader.config.course_config import DEFAULT_TOLERANCES
from grader.protocol.values import Decoder, Encoder


def received(value):
    """Return a value as it arrives from a student process."""
    encoder = Encoder(room=1 << 20)
    tree = encoder.encode(value)
    return Decoder(memoryview(encoder.blob)).decode(tree)


def shown(got, expected):
    """Return the grid of a result."""
    return grid(received(got), expected, DEFAULT_TOLERANCES)


def test_wrong_entries_are_marked():
    """Rows of both, and which entries of the result are wrong."""
    found = shown(torch.tensor([[1.0, 2.5], [3.0, 4.0]]), torch.tensor([[1.0, 2.0], [3.0, 4.0]]))
    assert found.got == (("1.0", "2.5"), ("3.0", "4.0"))
    assert found.expected == (("1.0", "2.0"), ("3.0", "4.0"))
    assert found.wrong == ((False, True), (False, False))
    assert found.path == ""


def test_a_vector_is_one_row():
    """And the part of a tuple that is wrong is named."""
    right = torch.tensor([1.0, 2.0])
    found = shown((right, torch.tensor([5.0, 2.0])), (right, right))
    assert (found.path, found.got, found.wrong) == ("[1]", (("5.0", "2.0"),), ((True, False),))


def test_another_shape_has_no_marks():
    """Both are shown as they are."""
    found = shown(torch.tensor([1.0, 2.0]), torch.tensor([[1.0], [2.0]]))
    assert (found.got, found.expected, found.wrong) == ((("1.0", "2.0"),), (("1.0",), ("2.0",)), ())


def test_a_small_difference_is_seen():
    """As many digits are written as it takes to see that an entry is wrong."""
    right = torch.tensor([3.0, 6.0], dtype=torch.float64)
    found = shown(right + torch.tensor([0.00001, 0.0]), right)
    assert found.got[0][0] != found.expected[0][0]


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (torch.ones(2), torch.ones(2)),
        (None, torch.ones(2)),
        (torch.tensor(1.0), torch.tensor(2.0)),
        (torch.ones(2, 2, 2), torch.zeros(2, 2, 2)),
        (torch.ones(60), torch.zeros(60)),
        (torch.ones(0), torch.zeros(2)),
        (torch.ones(2, dtype=torch.complex64), torch.zeros(2, dtype=torch.complex64)),
    ],
)
def test_what_no_grid_would_show_has_none(got, expected):
    """Nothing wrong, no numbers, a single number, three dimensions, too many entries, none, complex ones."""
    assert shown(got, expected) is None
