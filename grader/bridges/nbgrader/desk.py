"""Where nbgrader's process hands notebooks to a judge: one judge, started by the first and kept for the next.

Owns when a judge still serves: until the course's files or what a report may tell change. The notebook is never
executed here. Knows no module of nbgrader.
"""

from __future__ import annotations

import atexit
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock

from grader.catalogue.course import Course, course_file, course_root, find_course, load_course
from grader.errors import GraderError
from grader.grading.graded import Graded
from grader.grading.kept_judge import KeptJudge
from grader.grading.options import Options
from grader.grading.secret import course_secret
from grader.sandbox.isolation import Isolation
from grader.submissions.entries import Entry
from grader.submissions.names import ANSWER_SHEET

NOTEBOOK = "notebook.ipynb"
CONTENT = ("exercises", "solutions", "tests/hidden")

Stamp = frozenset[tuple[str, int, int]]


@dataclass(frozen=True)
class Settings:
    """What an instructor sets in nbgrader's configuration."""

    course: Path
    language: str
    """`en`, `zh`, or empty for the course's own."""
    isolation: Isolation


class Desk:
    """Keeps a course, and a judge for it, as long as they are the right ones."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.seen: tuple[Settings, Stamp] | None = None
        self.course: Course | None = None
        self.kept: KeptJudge | None = None
        self.failure: GraderError | None = None

    def loaded(self, settings: Settings) -> Course:
        """Return the course as it lies on disk now; GraderError where it can't be loaded."""
        place = find_course(settings.course.expanduser().absolute())
        now = (settings, stamp(place))
        if self.course is None or self.seen != now:
            self.course, self.failure = load_course(place), None
            self.seen = now
            self.dismiss()
        return self.course

    def graded(self, settings: Settings, student: str, notebook: bytes, sheet: bytes | None) -> Graded:
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
                return hand_over(self.kept, student, notebook, sheet)
            except GraderError as failure:
                self.failure = failure
                raise

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
    config = course.config
    return Options(
        root=course.place,
        secret=course_secret(course.root),
        language="zh" if (settings.language or config.language) == "zh" else "en",
        tells_all=config.feedback.tells_all(datetime.now(UTC)),
        isolation=settings.isolation,
        feedback=config.feedback.level.value,
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


def stamp(place: Path) -> Stamp:
    """Return what changes when a file that grading depends on is written, added or removed."""
    found = ((path, path.stat()) for path in content(place))
    return frozenset((str(path), known.st_mtime_ns, known.st_size) for path, known in found)


def content(place: Path) -> Iterator[Path]:
    """Yield the files that grading depends on."""
    yield course_file(place)
    root = course_root(place)
    for part in CONTENT:
        yield from (path for path in (root / part).rglob("*") if path.suffix in {".py", ".yaml"} and path.is_file())
