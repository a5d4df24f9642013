"""Observations as they arrive from a student process, and known-wrong solutions of every kind."""

import textwrap
from collections.abc import Callable
from typing import Any

import pytest

from grader.catalogue.exercise import WrongSolution
from grader.diagnosis.rival import as_received
from grader.protocol.messages import Observation, Raised


@pytest.fixture(scope="session")
def observed() -> Callable[..., Observation]:
    """Return what makes the observation of a call that returned a value, or raised, and left arguments."""

    def make(value: Any = None, *arguments: Any, raised: Raised | None = None) -> Observation:
        return as_received([Observation(value, raised, arguments)])[0]

    return make


@pytest.fixture
def wrong_solution(tmp_path) -> Callable[[str, str], WrongSolution]:
    """Return what writes a known-wrong solution, named by its misconception."""

    def write(name: str, source: str) -> WrongSolution:
        path = tmp_path / f"{name}.py"
        path.write_text(textwrap.dedent(source), encoding="utf-8")
        return WrongSolution(path, name.partition("_")[0].upper())

    return write
