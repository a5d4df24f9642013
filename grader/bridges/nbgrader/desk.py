"""Where nbgrader's process hands notebooks to a judge: one judge, started by the first and kept for the next.

Owns when a judge still serves: until the course's files change. What a report may tell is asked for anew each time. The
notebook is never executed here. Knows no module of nbgrader.
"""

from __future__ import annotations

import atexit
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock

from grader.catalogue.course import CONFIG, Course, find_course, load_course
from grader.catalogue.texts import texts_of
from grader.catalogue.version import content
from grader.errors import GraderError
from grader.grading.graded import Cells, Graded
from grader.grading.kept_judge import KeptJudge
from grader.grading.options import Options
from grader.grading.secret import course_secret
from grader.reports.render import rendered
from grader.results.facts import SubmissionFacts
from grader.results.report import Language, Report
from grader.results.texts import CourseTexts
from grader.sandbox.isolation import Isolation
from grader.submissions.entries import Entry
from grader.submissions.names import ANSWER_SHEET

NOTEBOOK = "notebook.ipynb"

Stamp = frozenset[tuple[str, int, int]]


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
    """Keeps a course, and a judge for it, as long as they are the right ones."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.seen: tuple[Path, Stamp] | None = None
        self.course: Course | None = None
        self.texts: CourseTexts | None = None
        self.kept: KeptJudge | None = None
        self.failure: GraderError | None = None

    def loaded(self, settings: Settings) -> Course:
        """Return the course as it lies on disk now; GraderError where it can't be loaded."""
        root = find_course(settings.course.expanduser().absolute())
        now = (root, stamp(root))
        if self.course is None or self.seen != now:
            self.course, self.texts, self.failure = load_course(root), None, None
            self.seen = now
            self.dismiss()
        return self.course

    def graded(self, settings: Settings, student: str, notebook: bytes, sheet: bytes | None) -> Reported:
        """Return what one notebook gives; GraderError where no judge can be had, at once where one failed before."""
        with self.lock:
            course = self.loaded(settings)
            options = options_for(course, settings)
            if self.kept is None or self.kept.options != options:
                self.dismiss()
                self.kept, self.failure = KeptJudge(options), None
            if self.failure:
                raise self.failure
            try:
                graded = hand_over(self.kept, student, notebook, sheet)
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

    def dismiss(self) -> None:
        """End the judge, if there is one."""
        kept, self.kept = self.kept, None
        if kept:
            kept.end()


@cache
def desk() -> Desk:
    """Return the one desk of this process; its judge ends with the process."""
    only = Desk()
    atexit.register(only.dismiss)
    return only


def options_for(course: Course, settings: Settings) -> Options:
    """Return the options of a judge that grades whatever notebook of the course comes."""
    return Options(
        root=course.root,
        secret=course_secret(course.root),
        isolation=settings.isolation,
        notebooks=True,
    )


def hand_over(judge: KeptJudge, student: str, notebook: bytes, sheet: bytes | None) -> Graded:
    """Return what a judge makes of a notebook and an answer sheet, which lie in a folder of their own meanwhile."""
    with tempfile.TemporaryDirectory(prefix="grader-") as name:
        folder = Path(name)
        (folder / NOTEBOOK).write_bytes(notebook)
        if sheet is not None:
            (folder / ANSWER_SHEET).write_bytes(sheet)
        return judge.graded(Entry(student, folder.resolve()))


def stamp(root: Path) -> Stamp:
    """Return what changes when a file that grading depends on is written, added or removed."""
    found = ((path, path.stat()) for path in (root / CONFIG, *content(root)))
    return frozenset((str(path), known.st_mtime_ns, known.st_size) for path, known in found)
