"""Marks and feedback of `grader grade`, entered into the gradebook of an nbgrader course.

Owns which cell a mark and a comment belong to, and that a human's stay. `export.py` is the way out of the gradebook.
Everything is entered, or nothing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from nbgrader.api import BaseCell, Comment, Grade, MissingEntry

from grader.atomic import beside, disk_errors
from grader.bridges.nbgrader import cells
from grader.bridges.nbgrader.autograded import autograded_path, blank_notebook, notebook_bytes, read_notebook
from grader.bridges.nbgrader.comment import comment
from grader.bridges.nbgrader.course_folder import course_directory, gradebook_of
from grader.bridges.nbgrader.restore import Release, restored
from grader.config.course_config import CourseConfig
from grader.errors import UserError
from grader.reports.plaintext import line
from grader.reports.table import text_cell
from grader.results.facts import DIGITS
from grader.results.report import Report
from grader.submissions.names import student_name

TROUBLESOME = re.compile(r"[\[\],]")
"""nbgrader takes brackets for a pattern when it looks for folders, and a comma for the end of a cell in its table."""

Marks = Mapping[str, cells.Mark]
"""Marks by grade_id."""
Parts = Mapping[str, cells.Part]
"""Parts of a report by the names that autograder cells have for them."""


@contextmanager
def ledger_of(folder: Path, config: CourseConfig, chosen: Collection[str]) -> Iterator[Ledger]:
    """Yield what enters reports into the gradebook of the nbgrader course in `folder`, for the `chosen` units alone.

    What was entered counts when the body ends well; UserError for a gradebook that can't be used, and where nothing was
    entered.
    """
    coursedir = course_directory(folder)
    with ExitStack() as files, gradebook_of(coursedir) as gradebook:
        ledger = Ledger(gradebook, coursedir, units_by_name(config), chosen)
        files.enter_context(ledger.files)
        yield ledger
        if not ledger.students:
            raise UserError("; ".join(["nothing was entered", *ledger.left_out]))


def units_by_name(config: CourseConfig) -> Mapping[str, str]:
    """Return the unit of every exercise and quiz of a course, by the names that autograder cells have for them."""
    exercises = {each.slug: unit.name for unit in config.units for each in unit.exercises}
    return exercises | {f"{cells.QUIZ}{unit.name}": unit.name for unit in config.units if unit.quiz}


@dataclass(frozen=True)
class Place:
    """A notebook of a unit's assignment, as the gradebook has it."""

    assignment: str
    notebook: str
    release: Release

    @cached_property
    def marked(self) -> tuple[cells.Cell, ...]:
        """Return the cells that a machine marks."""
        return tuple(filter(cells.is_marked_by_machine, restored([], self.release)))

    @cached_property
    def names(self) -> frozenset[str]:
        """Return the exercises and quizzes that it has an autograder cell for."""
        return frozenset(map(cells.name_of, self.marked)) - {""}

    def marks(self, parts: Parts) -> Marks:
        """Return the marks of some parts of a report, and of tests that are worth nothing: nobody waits for those."""
        named = ((cell, cells.name_of(cell)) for cell in self.marked)
        return {
            cells.grade_id(cell): cells.mark(parts.get(name), cell)
            for cell, name in named
            if name in parts or not (name or cells.about(cell)["points"])
        }

    def parts(self, report: Report, units: Mapping[str, str]) -> Parts:
        """Return what of a report belongs here, by the unit of each exercise and quiz."""
        return {
            name: part
            for name, part in cells.parts(report).items()
            if name in self.names and units.get(name) == self.assignment
        }


class Ledger:
    """Enters reports into a gradebook, one student after the other, and knows whom it added and what it left out."""

    def __init__(self, gradebook: Any, coursedir: Any, units: Mapping[str, str], chosen: Collection[str]) -> None:
        self.gradebook = gradebook
        self.coursedir = coursedir
        self.units = units
        self.chosen = chosen
        self.files = ExitStack()
        """What gives the notebooks that were written their names."""
        self.places = [place for unit in chosen for place in self.places_of(unit)]
        self.students = 0
        self.added: list[str] = []
        self.left_out: dict[str, None] = {}
        """Why something was left out, each reason once."""

    def places_of(self, unit: str) -> Iterator[Place]:
        """Yield the notebooks of a unit's assignment."""
        with suppress(MissingEntry):
            for notebook in self.gradebook.find_assignment(unit).notebooks:
                yield Place(unit, notebook.name, Release.of(notebook))

    def enter(self, report: Report) -> None:
        """Enter one student's marks and comments."""
        homes = [(place, found) for place in self.places if (found := place.parts(report, self.units))]
        for name in cells.parts(report):
            if self.units.get(name) in {None, *self.chosen} and not any(name in found for _, found in homes):
                self.left_out[self.why_left_out(name)] = None
        if homes and self.admits(report.student):
            self.students += 1
            for place, found in homes:
                self.enter_notebook(place, report, found)

    def why_left_out(self, name: str) -> str:
        """Say why an exercise or a quiz has no place."""
        unit = self.units.get(name)
        if unit is None:
            return f"the course has no exercise or quiz {line(name)}"
        if any(place.assignment == unit for place in self.places):
            return f"the assignment {unit} has no cell {name}{cells.AUTOGRADE}"
        return f"the gradebook has no assignment {unit}; `nbgrader generate_assignment {unit}` makes it"

    def admits(self, student: str) -> bool:
        """Say whether the gradebook has a student, who is added if need be."""
        try:
            self.gradebook.find_student(student)
        except MissingEntry:
            if not is_fit(student):
                self.left_out[f"{line(student)!r} is no name that nbgrader can work with; rename the submission"] = None
                return False
            self.gradebook.add_student(student)
            self.added.append(student)
        return True

    def enter_notebook(self, place: Place, report: Report, parts: Parts) -> None:
        """Enter the marks and comments that belong to one notebook."""
        marks = place.marks(parts)
        with self.gradebook.db.no_autoflush:  # nbgrader builds a submission bit by bit
            self.gradebook.update_or_create_submission(place.assignment, report.student)
        notebook = self.gradebook.find_submission_notebook(place.notebook, place.assignment, report.student)
        grades, comments = (self.by_name(record, notebook.id) for record in (Grade, Comment))
        for grade_id, mark in marks.items():
            enter_mark(grades[grade_id], mark)
        notebook.late_submission_penalty = late_penalty(report, place.assignment, marks)
        below = {}
        for name, part in parts.items():
            text = comment(part, marks[f"{name}{cells.AUTOGRADE}"], report)
            if cells.feedback_id(name) in comments:
                comments[cells.feedback_id(name)].auto_comment = text
            else:
                below[name] = text
        self.keep_notebook(place, report, marks, below)

    def by_name(self, record: Any, notebook: str) -> dict[str, Any]:
        """Return the grades or comments of a submitted notebook by the names of their cells."""
        rows = self.gradebook.db.query(BaseCell.name, record).join(BaseCell, BaseCell.id == record.cell_id)
        return dict(rows.filter(record.notebook_id == notebook))

    def keep_notebook(self, place: Place, report: Report, marks: Marks, below: Mapping[str, str]) -> None:
        """Write the marks, and comments that no cell carries, where nbgrader's pages and `export.py` look for them.

        A notebook that nbgrader has not marked yet is left to it.
        """
        submission = (report.student, place.assignment)
        path = autograded_path(self.coursedir, *submission, place.notebook)
        if path.exists():
            notebook = read_notebook(path)
        elif Path(self.coursedir.format_path(self.coursedir.submitted_directory, *submission)).exists():
            return
        else:
            notebook = blank_notebook(place.release, report.language)
        for cell in filter(cells.is_marked_by_machine, notebook.cells):
            if cells.grade_id(cell) in marks:
                cells.write_mark(cell, marks[cells.grade_id(cell)])
        for name, text in below.items():
            cells.write_feedback(notebook.cells, name, text)
        self.write_at_the_end(path, notebook_bytes(notebook))

    def write_at_the_end(self, path: Path, content: bytes) -> None:
        """Write a file that gets its name when all is well; else neither it nor a new folder stays."""
        with disk_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self.files.callback(remove_if_empty, path.parent)
            self.files.enter_context(beside(path)).write_bytes(content)


def is_fit(student: str) -> bool:
    """Say whether nbgrader can work with a name as a student's id: a student may have chosen it."""
    return student_name(student) == student == text_cell(student) and not TROUBLESOME.search(student)


def enter_mark(grade: Any, mark: cells.Mark) -> None:
    """Enter a mark beside a human's, which stays; a human who marked is asked again where ours has changed."""
    changed = grade.auto_score != mark.points
    grade.auto_score = mark.points
    if grade.manual_score is None:
        grade.needs_manual_grade = mark.waits
    elif changed:
        grade.needs_manual_grade = True


def late_penalty(report: Report, unit: str, marks: Marks) -> float | None:
    """Return the points that a unit loses because it came late, on the scale of its cells; None for none."""
    share = sum(each.share for each in report.deductions if each.unit == unit)
    return round(share * sum(mark.points or 0.0 for mark in marks.values()), DIGITS) or None


def remove_if_empty(folder: Path) -> None:
    """Remove a folder, and those above it, that nothing lies in."""
    with suppress(OSError):
        os.removedirs(folder)
