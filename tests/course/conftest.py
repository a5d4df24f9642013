"""What the tests of the course's own content share."""

import importlib.util
from pathlib import Path

import pytest
import yaml

SOLUTIONS = Path(__file__).parents[2] / "solutions"


@pytest.fixture
def solution():
    """Return a function that gives the reference solution of an exercise by its slug."""
    return reference


def reference(slug):
    """Return the entry point of an exercise's reference solution."""
    (path,) = SOLUTIONS.glob(f"*/{slug}/{slug}.py")
    spec = importlib.util.spec_from_file_location(f"reference_{slug}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, entry_point(slug))


def entry_point(slug):
    """Return the name that an exercise is called by: its slug, or that of its class."""
    (sheet,) = (SOLUTIONS.parent / "exercises").glob(f"*/{slug}/exercise.yaml")
    return yaml.safe_load(sheet.read_text(encoding="utf-8"))["entry_points"][0]
