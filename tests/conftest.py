"""Fixtures for the project's own tests: one warm sandbox and one course for all of them, and a small disk."""

from __future__ import annotations

import contextlib
import resource
from collections.abc import Callable, Iterator
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


@contextlib.contextmanager
def no_file_past(size: int) -> Iterator[None]:
    """Let no file grow past `size` bytes: the system itself refuses in the middle of a write."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def small_disk() -> Callable[[], contextlib.AbstractContextManager[None]]:
    """Return what makes the disk small for a `with` block alone: pytest's own output may go to a file too."""
    return lambda: no_file_past(400)
