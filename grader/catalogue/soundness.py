"""What must be sound in a course before anybody's work is touched: every file can be read, and names what is there.

Runs nothing of the content. The rules of good content are `rules`; here stands what would break the grading of a class.
"""

from __future__ import annotations

from collections.abc import Iterable

from grader.catalogue.course import Course
from grader.catalogue.exercise import Exercise
from grader.catalogue.rules import syntax_tree
from grader.errors import ContentError


def check_sound(course: Course, exercises: Iterable[Exercise], *, questions: bool) -> None:
    """Raise ContentError for the first file of a course that can't be read or names what is not there."""
    known = course.misconceptions
    _ = course.concepts
    if questions:
        _ = course.quizzes
    for exercise in exercises:
        for path in (*exercise.sources, *(wrong.path for wrong in exercise.wrong_solutions)):
            syntax_tree(path)
        for wrong in exercise.wrong_solutions:
            if wrong.misconception not in known:
                problem = f"{wrong.misconception} is not in solutions/misconceptions.yaml; describe it there"
                raise ContentError(problem, path=wrong.path)
