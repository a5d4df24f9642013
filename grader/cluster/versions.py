"""Whether a worker runs what the coordinator runs: else the same submission could get other marks."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

from grader.errors import UserError

PACKAGES = ("torch", "numpy", "hypothesis")


def versions_here() -> Mapping[str, str]:
    """Return the versions of all that a mark can depend on. Imports none of it."""
    from grader import __version__  # noqa: PLC0415 - where it is asked for, as on the worker

    found = {"grader": __version__, "Python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "none"
    return found


def check_versions(wanted: Mapping[str, str], found: Mapping[str, str], worker: str) -> None:
    """Raise UserError for a worker that has another version of something."""
    for name, here in wanted.items():
        there = found.get(name, "none")
        if there != here:
            raise UserError(f"the worker {worker} has {name} {there}, and {here} runs here; install the same on both")
