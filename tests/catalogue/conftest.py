"""A copy of the project's course with one exercise, to break one thing in."""

import shutil

import pytest
from sample_exercises import copy_exercise, course_config, write_config

from grader.catalogue.course import load_course

UNIT, SLUG = "weights", "weighted_grad"


@pytest.fixture
def copied(tmp_path, root):
    """Return the folder of a course that holds one exercise of the project alone, whole and unbroken."""
    folder = tmp_path / "course"
    copy_exercise(root, folder, UNIT, SLUG)
    shutil.copy(root / "solutions" / "misconceptions.yaml", folder / "solutions")
    write_config(folder, course_config(root, UNIT))
    return folder


@pytest.fixture
def exercise(copied):
    """Return the copied course's one exercise."""
    (only,) = load_course(copied).exercises
    return only
