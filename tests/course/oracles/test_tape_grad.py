"""The reference of tape_grad against difference quotients and against closed forms."""

import math

import pytest

PROGRAM = [("div", 0, 1), ("sin", 3), ("mul", 4, 0), ("sub", 5, 2), ("exp", 4), ("add", 6, 7), ("mul", 8, 8)]


def value(inputs):
    """Return what PROGRAM computes, written as a formula."""
    a, b, c = inputs
    return (math.sin(a / b) * a - c + math.exp(math.sin(a / b))) ** 2


def test_difference_quotients(solution):
    """Each derivative agrees with a central difference quotient of the formula."""
    at, found = [2.0, -1.5, 0.75], solution("tape_grad")(PROGRAM, [2.0, -1.5, 0.75])
    for place in range(3):
        ahead, behind = ([x + sign * 1e-6 * (k == place) for k, x in enumerate(at)] for sign in (1, -1))
        assert found[place] == pytest.approx((value(ahead) - value(behind)) / 2e-6, rel=1e-7, abs=1e-8)


@pytest.mark.parametrize("n", [1, 5, 30])
def test_closed_form_of_a_power(solution, n):
    """A chain of n products with the input has the derivative (n + 1) x^n."""
    program = [("mul", position, 0) for position in range(n)]
    assert solution("tape_grad")(program, [1.25]) == pytest.approx([(n + 1) * 1.25**n])
