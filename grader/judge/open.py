"""The one place that opens a course's sandbox: always with what is withheld, and with the same checks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from grader.catalogue.course import Course
from grader.judge.open_zygotes import limits_of
from grader.sandbox.isolation import Isolation
from grader.sandbox.sandbox import Sandbox
from grader.sandbox.zygotes import Door


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
