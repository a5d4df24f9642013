"""What a course asks of its students, as the intake must know it. Imports no torch."""

from __future__ import annotations

from collections.abc import Sequence

from grader.catalogue.course import Course
from grader.catalogue.exercise import Exercise
from grader.submissions.wanted import Wanted
from grader.yamlfile import read_text


def wanted_of(course: Course, exercises: Sequence[Exercise]) -> Wanted:
    """Return what is asked of the students of a course where these exercises are graded."""
    return Wanted(
        entry_points={each.slug: each.sheet.entry_points for each in exercises},
        starters={each.slug: read_text(each.starter) for each in exercises if each.starter.is_file()},
        slugs=[each.slug for each in course.exercises],
        units=[unit.name for unit in course.config.units],
        notebook_kib=course.config.submissions.notebook_kib,
    )
