"""A class of thirty on its way through the real nbgrader, walked once: released, handed in, collected, graded."""

import pytest
from nbgrader_course import UNITS, ClassCourse


@pytest.fixture(scope="session")
def collected_class(tmp_path_factory, root):
    """Return the course as it is once everything that was handed in is collected."""
    return ClassCourse(tmp_path_factory.mktemp("class"), root).walk()


@pytest.fixture(scope="session")
def graded_class(collected_class):
    """Return the course with marks and feedback."""
    for unit in UNITS:
        collected_class.run("autograde", unit)
        collected_class.run("generate_feedback", unit)
    return collected_class
