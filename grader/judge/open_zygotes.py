"""The one place that opens zygotes which several judges of a course share.

Imports no torch, so that the coordinator of a class, which owns them, stays small.
"""

from __future__ import annotations

from grader.catalogue.course import Course
from grader.sandbox.confinement import Confinement
from grader.sandbox.isolation import Isolation, left_out
from grader.sandbox.limits import Limits
from grader.sandbox.zygotes import Zygotes, check_layers


def open_zygotes(course: Course, *, isolation: Isolation = Isolation.SANDBOX, notebooks_only: bool = False) -> Zygotes:
    """Return the zygotes for a course's students, not started yet; IsolationError where the machine lacks a layer."""
    left = left_out(isolation)
    check_layers(left, course.withheld)
    return Zygotes(Confinement(limits_of(course), left), notebooks_only)


def limits_of(course: Course) -> Limits:
    """Return what one exercise of one submission may use."""
    return Limits(**course.config.limits.model_dump())
