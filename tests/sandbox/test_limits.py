"""Limits on their way from the judge to the zygote."""

import dataclasses

import pytest

from grader.sandbox.limits import Limits

OTHERS = {field.name: field.default + 1 for field in dataclasses.fields(Limits)}


def test_every_limit_travels():
    """Limits come back from one line of JSON as they were, each of them."""
    limits = Limits(**OTHERS)
    assert "\n" not in limits.to_json()
    assert Limits.from_json(limits.to_json()) == limits
    assert limits != Limits()


def test_the_defaults_leave_a_call_within_its_process():
    """By default one call may use less than the whole process, and wall time is the more generous."""
    limits = Limits()
    assert limits.call_cpu_seconds < limits.call_wall_seconds < limits.total_wall_seconds
    assert limits.call_cpu_seconds < limits.total_cpu_seconds < limits.total_wall_seconds


def test_limits_do_not_change():
    """A student process can't be given more after it was started with these limits."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        Limits().memory_mib = 1


def test_an_unknown_limit_is_refused():
    """A line that names a limit which does not exist is not taken."""
    with pytest.raises(TypeError, match="patience"):
        Limits.from_json('{"patience": 3}')
