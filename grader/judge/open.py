"""The one place that opens a course's sandbox and zygotes: always with what is withheld, and with the same checks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from grader.catalogue.course import Course
from grader.sandbox.confinement import Confinement
from grader.sandbox.isolation import Isolation, left_out
from grader.sandbox.limits import Limits
from grader.sandbox.sandbox import Sandbox, check_layers
from grader.sandbox.zygotes import Door, Zygotes


@contextmanager
def open_sandbox(
    course: Course,
    *,
    isolation: Isolation = Isolation.SANDBOX,
    notebooks_only: bool = False,
    door: Door | None = None,
) -> Iterator[Sandbox]:
    """Yield the sandbox of a course's students; IsolationError where the machine lacks a layer.

    `door` leads to zygotes that others opened for the same course.
    """
    sandbox = Sandbox(
        limits_of(course), isolation=isolation, secret=course.withheld, notebooks_only=notebooks_only, door=door
    )
    with sandbox:
        yield sandbox


def open_zygotes(course: Course, *, isolation: Isolation = Isolation.SANDBOX, notebooks_only: bool = False) -> Zygotes:
    """Return the zygotes for a course's students, not started yet; IsolationError where the machine lacks a layer."""
    left = left_out(isolation)
    check_layers(left, course.withheld)
    return Zygotes(Confinement(limits_of(course), left), notebooks_only)


def limits_of(course: Course) -> Limits:
    """Return what one exercise of one submission may use."""
    return Limits(**course.config.limits.model_dump())
