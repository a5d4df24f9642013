"""What the limits of a submission say of themselves."""

import pytest

from grader.submissions.limits import DEFAULT_LIMITS, spoken_size


@pytest.mark.parametrize(
    ("count", "spoken"),
    [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1 KiB"),
        (1536, "1.5 KiB"),
        (1024**2, "1 MiB"),
        (8 * 1024**2, "8 MiB"),
    ],
)
def test_size_is_spoken_in_the_largest_unit_that_fits(count, spoken):
    """A size is said in the largest unit that it reaches."""
    assert spoken_size(count) == spoken


def test_a_file_fits_into_the_whole():
    """One file of the largest size is within the size of all files together."""
    assert DEFAULT_LIMITS.max_file_bytes <= DEFAULT_LIMITS.max_total_bytes
