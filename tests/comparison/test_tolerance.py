"""How far a number may be off: by dtype, absolute and relative together, as the course sets it."""

import math
from fractions import Fraction

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.comparison.compare import DEFAULT_TOLERANCES, compare, tolerance_for
from grader.config.course_config import Tolerance

quick = settings(max_examples=100, derandomize=True, deadline=None)
quarters = st.integers(-200, 200).map(lambda count: count / 4)


def f32(*numbers):
    """Return a float32 vector."""
    return torch.tensor(numbers, dtype=torch.float32)


def f64(*numbers):
    """Return a float64 vector."""
    return torch.tensor(numbers, dtype=torch.float64)


def said(finding):
    """Return a finding in English, having seen that it can be said in Chinese."""
    assert finding is not None
    assert finding.text("zh")
    return finding.text("en")


def test_a_scalar_tensor_is_judged_by_the_tolerance_of_its_dtype(difference):
    """A float32 tensor in place of a number is compared as coarsely as float32 is everywhere else."""
    assert difference(torch.tensor(1.000001), torch.tensor(1.0, dtype=torch.float64)) is None
    assert difference(torch.tensor(1.000001), 1.0) is None


@given(quarters, quarters, st.floats(0, 1), st.floats(0, 1))
@quick
def test_tolerance_is_absolute_plus_relative(received, got, expected, relative, absolute):
    """Two numbers agree exactly when |got - expected| <= absolute + relative * |expected|."""
    within = Fraction(abs(got - expected)) <= Fraction(absolute) + Fraction(relative) * Fraction(abs(expected))
    nearly = math.isclose(abs(got - expected), absolute + relative * abs(expected), rel_tol=1e-12, abs_tol=1e-300)
    chosen = {**DEFAULT_TOLERANCES, "float64": Tolerance(relative=relative, absolute=absolute)}
    for one, other in ((received(got), expected), (received(f64(got)), f64(expected))):
        assert nearly or (compare(one, other, chosen).difference is None) == within


@pytest.mark.parametrize(
    ("one", "other", "chosen"),
    [
        (torch.float64, torch.float64, "float64"),
        (torch.float32, torch.float64, "float32"),
        (torch.float64, torch.float32, "float32"),
        (torch.float16, torch.float32, "float32"),
        (torch.float32, torch.float16, "float16"),
        (torch.bfloat16, torch.complex64, "float32"),
        (torch.bfloat16, torch.float16, "bfloat16"),
        (torch.complex64, torch.float64, "float32"),
        (torch.complex128, torch.complex128, "float64"),
        (torch.int64, torch.float32, "float32"),
        (torch.bool, torch.float64, "float64"),
    ],
)
def test_the_coarser_dtype_sets_the_tolerance(one, other, chosen):
    """The coarser floating dtype decides; half precision does so only where it is expected."""
    assert tolerance_for(one, other, DEFAULT_TOLERANCES) is DEFAULT_TOLERANCES[chosen]


def test_integers_are_exact(difference):
    """Between integers nothing is tolerated."""
    assert tolerance_for(torch.int64, torch.int32, DEFAULT_TOLERANCES) == Tolerance(relative=0.0, absolute=0.0)
    assert said(difference(torch.tensor([10**9 + 1]), torch.tensor([10**9])))
    assert said(difference(torch.tensor([True]), torch.tensor([False])))


def test_large_integers_are_exact_too(difference):
    """Two whole numbers that float64 can't tell apart are still two."""
    assert said(difference(torch.tensor([2**53 + 1]), torch.tensor([2**53])))


def test_a_half_precision_result_is_forgiven_nothing(difference):
    """Rounding to half precision is forgiven where half precision is expected, and nowhere else."""
    exact = f64(1 / 3, 50_000.0)
    assert difference(exact.half(), exact.half()) is None
    assert difference(exact.float(), exact) is None
    assert said(difference(exact.half(), exact))
    assert said(difference(exact.bfloat16(), exact.float()))


def test_the_courses_own_tolerances_count(received):
    """Other tolerances than the default decide when they are given."""
    strict = {**DEFAULT_TOLERANCES, "float32": Tolerance(relative=0.0, absolute=0.0)}
    near = received(f32(1.00001))
    assert compare(near, f32(1.0)).difference is None
    assert compare(near, f32(1.0), strict).difference is not None
