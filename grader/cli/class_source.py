"""Where the reports of a class are taken from: the store, or a folder of feedback."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from grader.cli.class_run import book_of, store_of

if TYPE_CHECKING:
    from grader.catalogue.course import Course
    from grader.reports.overview.record import RunPoint
    from grader.results.report import Language, Report

FEEDBACK = Path("feedback")


@dataclass(frozen=True)
class ClassSource:
    """The reports of a class."""

    reports: Sequence[Report]
    name: str
    """What the class is called."""
    place: str
    """Where the reports are from, as it is told."""
    note: str = ""
    """What is to be told of that once all is written."""
    trend: Sequence[RunPoint] = ()
    """How the class stood after each run, where that is known."""

    def tell_note(self) -> None:
        """Tell where the reports are from, where that is not the store."""
        if self.note:
            typer.echo(self.note, err=True)


def class_source(
    course: Course,
    feedback: Path | None,
    class_name: str | None,
    given: str | None,
    *,
    language: Language | None = None,
) -> ClassSource:
    """Return the reports of a class: of the folder that is named, else of the store, else of the usual folder."""
    from grader.grading.class_reports import stored_reports
    from grader.grading.roll import Roll
    from grader.grading.trend import trend_of
    from grader.reports.folder import read_student, report_files
    from grader.store.ledger import entries_of
    from grader.store.place import store_url
    from grader.store.store import exists

    if feedback is None and exists(store_url(course.root, given)):
        with store_of(course.root, given) as store:
            book = book_of(store, class_name)
            reports = stored_reports(Roll.load(course, book), language or course.config.language)
            trend = trend_of(book.runs(), entries_of(store, book.id))
            return ClassSource(reports, book.name, f"the class {book.name}", trend=trend)
    place = feedback or FEEDBACK
    why = "not from the store" if feedback else "since there is no store"
    reports = [read_student(file) for file in report_files(place)]
    return ClassSource(reports, "", str(place), f"the marks are those of the folder {place}, {why}")
