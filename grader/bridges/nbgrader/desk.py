"""Where nbgrader's process hands notebooks to a judge: one judge, started by the first and kept for the next.

Owns when a judge still serves: until the course's files change. What a report may tell is asked for anew each time. The
notebook is never executed here. Knows no module of nbgrader.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock

from grader.catalogue.course import Course, course_digest, find_course, load_course
from grader.catalogue.texts import texts_of
from grader.errors import GraderError
from grader.grading.graded import Cells
from grader.grading.options import Options
from grader.grading.secret import course_secret
from grader.grading.warm import grade_warm
from grader.judge.wanted import wanted_of
from grader.reports.render import rendered
from grader.results.facts import SubmissionFacts
from grader.results.report import Language, Report
from grader.results.texts import CourseTexts
from grader.sandbox.isolation import Isolation
from grader.submissions.entries import Entry
from grader.submissions.intake import read_submission
from grader.submissions.names import ANSWER_SHEET
from grader.submissions.submission import Submission

NOTEBOOK = "notebook.ipynb"


@dataclass(frozen=True)
class Settings:
    """What an instructor sets in nbgrader's configuration."""

    course: Path
    language: str
    """`en`, `zh`, or empty for the course's own."""
    isolation: Isolation


@dataclass(frozen=True)
class Reported:
    """What one notebook gives: the report, the tracebacks of our own failures, what its cells put out."""

    report: Report
    traces: tuple[str, ...]
    cells: Mapping[str, Cells]


class Desk:
    """Keeps a course, its texts and what went wrong with it, as long as its content is the same."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.seen: tuple[Settings, str] | None = None
        self.course: Course | None = None
        self.texts: CourseTexts | None = None
        self.failure: GraderError | None = None

    def loaded(self, settings: Settings) -> Course:
        """Return the course as it lies on disk now; GraderError where it can't be loaded."""
        place = find_course(settings.course.expanduser().absolute())
        now = (settings, course_digest(place))
        if self.course is None or self.seen != now:
            self.course, self.texts, self.failure = load_course(place), None, None
            self.seen = now
        return self.course

    def graded(self, settings: Settings, student: str, notebook: bytes, sheet: bytes | None) -> Reported:
        """Return what one notebook gives; GraderError where no judge can be had, at once where one failed before."""
        with self.lock:
            course = self.loaded(settings)
            if self.failure:
                raise self.failure
            assert self.seen is not None
            try:
                submission = read_notebook(course, student, notebook, sheet)
                answered = bool(submission.sheet.given)
                options = options_for(course, settings, sheets_exist=answered)
                graded = grade_warm(options, self.seen[1], submission)
                report = self.report(graded.facts, course, settings)
            except GraderError as failure:
                self.failure = failure
                raise
            return Reported(report, graded.traces, graded.cells)

    def report(self, facts: SubmissionFacts, course: Course, settings: Settings) -> Report:
        """Return facts in words, as the course's feedback policy allows now."""
        self.texts = self.texts or texts_of(course)
        language: Language = "zh" if (settings.language or course.config.language) == "zh" else "en"
        return rendered(facts, self.texts, language=language, policy=course.config.feedback, now=datetime.now(UTC))


@cache
def desk() -> Desk:
    """Return the one desk of this process."""
    return Desk()


def options_for(course: Course, settings: Settings, *, sheets_exist: bool) -> Options:
    """Return the options of a judge that grades whatever notebook of the course comes."""
    return Options(
        root=course.place,
        secret=course_secret(course.root, sheets_exist=sheets_exist),
        isolation=settings.isolation,
        notebooks_only=True,
    )


def read_notebook(course: Course, student: str, notebook: bytes, sheet: bytes | None) -> Submission:
    """Return a notebook and an answer sheet as a submission; they lie in a folder of their own while they are read."""
    with tempfile.TemporaryDirectory(prefix="grader-") as name:
        folder = Path(name).resolve()
        (folder / NOTEBOOK).write_bytes(notebook)
        if sheet is not None:
            (folder / ANSWER_SHEET).write_bytes(sheet)
        return read_submission(Entry(student, folder), wanted_of(course, course.exercises))
