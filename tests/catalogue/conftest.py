"""A copy of the project's course with one exercise, to break one thing in."""

import shutil

import pytest
import yaml

from grader.catalogue.course import load_course

UNIT, SLUG = "weights", "weighted_grad"


@pytest.fixture
def copied(tmp_path, root):
    """Return the folder of a course that holds the project's first exercise alone, whole and unbroken."""
    folder = tmp_path / "course"
    for part in (f"exercises/{UNIT}/{SLUG}", f"solutions/{UNIT}/{SLUG}", f"tests/hidden/{UNIT}"):
        shutil.copytree(root / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "solutions" / "misconceptions.yaml", folder / "solutions")
    config = yaml.safe_load((root / "config.yaml").read_text(encoding="utf-8"))
    units = [unit for unit in config.pop("units") if unit["name"] == UNIT]
    text = yaml.safe_dump({**config, "units": units}, allow_unicode=True, sort_keys=False)
    (folder / "config.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def exercise(copied):
    """Return the copied course's one exercise."""
    (only,) = load_course(copied).exercises
    return only
