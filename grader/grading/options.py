"""What one grading run is told: the course, the secret, the exercises, and how student processes are held."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from grader.catalogue.course import Course, load_course
from grader.catalogue.exercise import Exercise
from grader.config.course_config import Tolerances
from grader.judge.wanted import wanted_of
from grader.sandbox.isolation import Isolation
from grader.sandbox.limits import Limits
from grader.submissions.wanted import Wanted


@dataclass(frozen=True)
class Options:
    """The settings of a grading run; plain data, so that they can be sent to a judge's process."""

    root: Path
    secret: bytes
    names: tuple[str, ...] = ()
    """The exercises, and units with all that is in them, that are graded; none for the whole course."""
    isolation: Isolation = Isolation.SANDBOX
    notebooks_only: bool = False
    """Whether notebooks alone are expected: then one zygote is enough for all."""


@dataclass(frozen=True)
class Assignment:
    """A loaded course with the options of one run."""

    course: Course
    options: Options
    exercises: tuple[Exercise, ...]
    quizzes: tuple[str, ...]
    """The units whose quizzes are marked."""
    tolerances: Tolerances
    limits: Limits

    @cached_property
    def wanted(self) -> Wanted:
        """Return what a submission's files are told by."""
        return wanted_of(self.course, self.exercises)


def load_assignment(options: Options) -> Assignment:
    """Return the course of `options` with the exercises they choose; ContentError and UserError as for a course."""
    course = load_course(options.root)
    limits = Limits(**course.config.limits.model_dump())
    exercises, quizzes = course.select_parts(options.names)
    return Assignment(course, options, exercises, quizzes, course.config.all_tolerances, limits)
