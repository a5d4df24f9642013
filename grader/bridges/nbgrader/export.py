"""Marks out of nbgrader's gradebook, one row for each exercise of each student, with the misconception behind it.

    nbgrader export --exporter=grader.bridges.nbgrader.export.GradesPlugin --to marks.csv

Owns the columns. Only reads the gradebook: a mark that a human gave stands as nbgrader has it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader.plugins import ExportPlugin

from grader.atomic import replacing
from grader.bridges.nbgrader.cells import AUTOGRADE, feedback_id
from grader.bridges.nbgrader.comment import misconceptions
from grader.reports.table import BYTE_ORDER_MARK, number_cell, text_cell

NAME = "marks.csv"
COLUMNS = (
    "assignment",
    "notebook",
    "student",
    "exercise",
    "score",
    "max_score",
    "by_hand",
    "needs_review",
    "misconceptions",
)


class GradesPlugin(ExportPlugin):  # type: ignore[misc]
    """Writes per-exercise marks as CSV; what is marked by hand alone is there under its cell's name."""

    def export(self, gradebook: Any) -> None:
        """Write the table; what `--student` and `--assignment` leave out is not in it."""
        path = Path(self.to or NAME)
        with replacing(path) as file:
            file.write(BYTE_ORDER_MARK)
            csv.writer(file, quoting=csv.QUOTE_NONNUMERIC).writerows([COLUMNS, *self.rows(gradebook)])
        self.log.info("Wrote the marks of each exercise to %s", path)

    def rows(self, gradebook: Any) -> Iterator[tuple[str | float, ...]]:
        """Yield the row of each cell with points."""
        assignments, students = [str(each) for each in self.assignment], [str(each) for each in self.student]
        for assignment in gradebook.assignments:
            for submission in gradebook.assignment_submissions(assignment.name):
                if (assignments and assignment.name not in assignments) or (
                    students and submission.student.id not in students
                ):
                    continue
                for notebook in submission.notebooks:
                    yield from notebook_rows(notebook)


def notebook_rows(notebook: Any) -> Iterator[tuple[str | float, ...]]:
    """Yield the rows of one submitted notebook, in the order of its cells' names."""
    comments = {each.name: each.auto_comment or "" for each in notebook.comments}
    for grade in sorted(notebook.grades, key=lambda each: each.name):
        if not grade.max_score:
            continue
        name = grade.name.removesuffix(AUTOGRADE)
        yield (
            text_cell(notebook.assignment.name),
            text_cell(notebook.name),
            text_cell(notebook.student.id),
            text_cell(name),
            number_cell(grade.score),
            number_cell(grade.max_score),
            "no" if grade.manual_score is None else "yes",
            "yes" if grade.needs_manual_grade else "no",
            " ".join(misconceptions(comments.get(feedback_id(name), ""))),
        )
