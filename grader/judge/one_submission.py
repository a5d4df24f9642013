"""One submission for plain pytest: `pytest tests/hidden --submission PATH`.

Finds the course around the working folder, reads the submission, and gives each hidden test file its student. The
probes are those of self-study, so that a run can be repeated anywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from grader.catalogue.course import Course, find_course, load_course
from grader.errors import ContentError, UserError
from grader.judge.student import Student, program_of
from grader.sandbox.limits import Limits
from grader.sandbox.sandbox import Sandbox
from grader.submissions.entries import entries
from grader.submissions.intake import read_submission
from grader.submissions.submission import Submission

SECRET = b"self-study"


def open_submission(path: Path) -> tuple[Callable[[str], Student], bytes, Callable[[], Any]]:
    """Return what finds the student of a slug, the secret of the probes, and what ends it all."""
    course = load_course(find_course(Path.cwd()))
    names = {exercise.slug: exercise.sheet.entry_points for exercise in course.exercises}
    entry = entries(path, slugs=list(names), single=True)[0]
    submission = read_submission(entry, exercises=names)
    students = OneSubmission(course, submission, Sandbox(Limits(**course.config.limits.model_dump())))
    return students.student, SECRET, students.close


class OneSubmission:
    """A submission's students, one for each exercise, made when they are first asked for."""

    def __init__(self, course: Course, submission: Submission, sandbox: Sandbox) -> None:
        self._course = course
        self._submission = submission
        self._sandbox = sandbox
        self._students: dict[str, Student] = {}

    def student(self, slug: str) -> Student:
        """Return the student of one exercise; UserError when the submission has no file for it."""
        if slug not in self._students:
            self._students[slug] = self._new_student(slug)
        return self._students[slug]

    def close(self) -> None:
        """End every process."""
        for student in self._students.values():
            student.close()
        self._sandbox.close()

    def _new_student(self, slug: str) -> Student:
        exercise = next((each for each in self._course.exercises if each.slug == slug), None)
        if exercise is None:
            raise ContentError(f"{slug} is no exercise of this course; add it", path=self._course.root / "config.yaml")
        source = self._submission.files.get(slug)
        if source is None:
            problem = self._submission.problem or self._submission.problems.get(slug)
            raise UserError(problem.text("en") if problem else f"the submission has no {slug}.py")
        return Student(program_of(exercise, source), self._sandbox, self._course.config.all_tolerances)
