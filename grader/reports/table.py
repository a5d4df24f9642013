"""Marks as a table for spreadsheets: one row per student, three columns per exercise and one per quiz.

Owns the columns, and that no cell is ever run as a formula. Knows nothing of folders or other views.

The file is UTF-8 with a byte order mark: without one, Excel reads it in the computer's old code page and
garbles every Chinese name, while pandas, LibreOffice and Moodle skip the mark (in Python: `utf-8-sig`).
Texts are quoted and numbers are not, so that no other separator that a spreadsheet tries can split a text.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from grader.atomic import replacing
from grader.errors import InternalError
from grader.reports import plaintext
from grader.reports.spool import Spool
from grader.reports.words import percent
from grader.results.report import ExerciseReport, Report
from grader.spreadsheet import BYTE_ORDER_MARK, FORMULA_STARTS, safe_cell

Cell = str | float

FIXED_COLUMNS = ("student", "score", "max_score", "percent", "needs_review")
GONE = "gone"
"""The column that says whose work is no longer in the folder."""
CLASS_COLUMNS = ("id", "section", "handed_in", "deduction")
"""Columns of a class that has a roster or due dates."""


def grades_csv(reports: Iterable[Report], slugs: Iterable[str] = ()) -> list[list[Cell]]:
    """Return the table of `reports`, header first; exercises in the order of `slugs`, then as they appear."""
    reports = list(reports)
    columns = Columns(slugs, dict.fromkeys(quiz.unit for report in reports for quiz in report.quizzes))
    rows = [columns.row(report) for report in reports]
    return [columns.header(), *(columns.padded(row) for row in rows)]


def text_cell(text: str) -> str:
    """Return `text` as one line that no spreadsheet takes for a formula."""
    shown = plaintext.line(text)
    safe = safe_cell(shown)
    return f"'{shown}" if safe == shown and text.startswith(FORMULA_STARTS) else safe  # a tab is no tab any more


def number_cell(value: float) -> float:
    """Return points without the noise of binary fractions, whole ones as integers; InternalError for NaN."""
    if not math.isfinite(value):
        raise InternalError(
            f"A mark is {value}, which no table can hold; mark the submission by hand and report the fault."
        )
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


class Columns:
    """The columns of a table, which grow with the exercises that are met."""

    def __init__(
        self, slugs: Iterable[str] = (), quizzes: Iterable[str] = (), *, has_class_columns: bool = False
    ) -> None:
        """Begin with the exercises `slugs`; the units of `quizzes` are all that there will be."""
        self.slugs = list(dict.fromkeys(slugs))
        self.quizzes = tuple(quizzes)
        self.has_class_columns = has_class_columns
        further = CLASS_COLUMNS if has_class_columns else ()
        self.fixed = (*FIXED_COLUMNS, *further, *(f"quiz_{unit}" for unit in self.quizzes))

    def header(self) -> list[Cell]:
        """Return the names of all columns met so far."""
        exercises = (text_cell(slug + ending) for slug in self.slugs for ending in ("", "_verdict", "_misconception"))
        return [*map(text_cell, self.fixed), *exercises]

    def row(self, report: Report) -> list[Cell]:
        """Return the row of `report`; an exercise not met before gets columns at the end."""
        exercises = {exercise.slug: exercise for exercise in report.exercises}
        self.slugs += [slug for slug in exercises if slug not in self.slugs]
        share = percent(report.score, report.max_score)
        quizzes = {quiz.unit: quiz for quiz in report.quizzes}
        return [
            text_cell(report.student),
            number_cell(report.score),
            number_cell(report.max_score),
            "" if share is None else number_cell(share),
            "yes" if report.needs_review else "no",
            *(class_cells(report) if self.has_class_columns else ()),
            *(number_cell(quizzes[unit].score) if unit in quizzes else "" for unit in self.quizzes),
            *(cell for slug in self.slugs for cell in exercise_cells(exercises.get(slug))),
        ]

    def padded(self, row: list[Cell]) -> list[Cell]:
        """Return `row`, made before some exercises were met, at full width."""
        missing = len(self.fixed) + 3 * len(self.slugs) - len(row)
        return row + [""] * missing


def class_cells(report: Report) -> tuple[Cell, Cell, Cell, Cell]:
    """Return what the roster and the due dates say of a student."""
    deduction = sum(each.points for each in report.deductions)
    return (
        text_cell(report.student_id or ""),
        text_cell(report.section),
        text_cell(report.handed_in or ""),
        number_cell(deduction),
    )


def exercise_cells(exercise: ExerciseReport | None) -> tuple[Cell, Cell, Cell]:
    """Return the three cells of one exercise, empty where the student has none."""
    if exercise is None:
        return "", "", ""
    return number_cell(exercise.score), exercise.verdict.value, text_cell(exercise.misconception or "")


class CsvGrades:
    """Writes the `grades.csv` of a class report by report, holding one row at a time in memory.

    The file takes its name when the `with` block ends well; after an exception an older file stays as it was.
    """

    def __init__(
        self,
        path: Path,
        slugs: Iterable[str] = (),
        quizzes: Iterable[str] = (),
        *,
        has_class_columns: bool = False,
    ) -> None:
        """Prepare `path`; UserError where its folder can't be written."""
        self.path = path
        self.columns = Columns(slugs, quizzes, has_class_columns=has_class_columns)
        self.spool = Spool(path)
        self.has_gone = False

    def add(self, report: Report) -> None:
        """Append the row of one more student."""
        self.has_gone |= report.gone
        self.spool.append(report.student, json.dumps([report.gone, self.columns.row(report)]))

    def rows(self) -> Iterator[list[Cell]]:
        """Yield the header and every row at full width."""
        yield self.with_gone(self.columns.header(), GONE)
        for text in self.spool.in_order():
            gone, row = json.loads(text)
            yield self.with_gone(self.columns.padded(row), "yes" if gone else "no")

    def with_gone(self, row: list[Cell], cell: str) -> list[Cell]:
        """Return a row with a cell on whose work is gone, where that is true of anybody."""
        place = len(FIXED_COLUMNS)
        return [*row[:place], cell, *row[place:]] if self.has_gone else row

    def finish(self) -> None:
        """Give the file its name."""
        with replacing(self.path) as file:
            file.write(BYTE_ORDER_MARK)
            csv.writer(file, quoting=csv.QUOTE_NONNUMERIC).writerows(self.rows())

    def __enter__(self) -> Self:
        """Return the writer itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish the file, or drop it where the block raised."""
        try:
            if kind is None:
                self.finish()
        finally:
            self.spool.close()
