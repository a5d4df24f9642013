"""Fixtures for the project's own tests: one warm sandbox and one course for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.catalogue.course import Course, load_course
from grader.sandbox.limits import Limits
from grader.sandbox.sandbox import Sandbox

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the repository's folder."""
    return ROOT


@pytest.fixture(scope="session")
def course() -> Course:
    """Return the project's own course."""
    return load_course(ROOT)


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """Yield a warm sandbox with short limits, shared by the whole run."""
    limits = Limits(call_cpu_seconds=1.0, call_wall_seconds=4.0, total_cpu_seconds=6.0, total_wall_seconds=20.0)
    with Sandbox(limits) as warm:
        yield warm
