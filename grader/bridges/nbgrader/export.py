"""Marks out of nbgrader's gradebook, one row for each exercise of each student, with the misconception behind it.

    nbgrader export --exporter=grader.bridges.nbgrader.export.GradesPlugin --to marks.csv

Owns the columns. Only reads: a mark that a human gave stands as nbgrader has it. A comment that no cell carries, as on
a quiz, is read from the notebook that nbgrader keeps. `gradebook.py` is the way into the gradebook.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from nbgrader.plugins import ExportPlugin

from grader.atomic import replacing
from grader.bridges.nbgrader.autograded import autograded_path, read_notebook
from grader.bridges.nbgrader.cells import AUTOGRADE, feedback_id, read_feedback
from grader.bridges.nbgrader.comment import misconceptions
from grader.errors import UserError
from grader.reports.table import number_cell, text_cell
from grader.spreadsheet import BYTE_ORDER_MARK

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
        self.unread: list[UserError] = []
        with replacing(path) as file:
            file.write(BYTE_ORDER_MARK)
            csv.writer(file, quoting=csv.QUOTE_NONNUMERIC).writerows([COLUMNS, *self.rows(gradebook)])
        self.log.info("Wrote the marks of each exercise to %s", path)
        if self.unread:
            told = "Misconceptions, of quizzes above all, may be missing: %d notebooks could not be read, the first: %s"
            self.log.warning(told, len(self.unread), self.unread[0])

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
                    yield from notebook_rows(notebook, self.comments(notebook))

    def comments(self, notebook: Any) -> dict[str, str]:
        """Return the comments on a submitted notebook by the names of their cells, whether or not it has such cells."""
        known = {each.name: each.auto_comment or "" for each in notebook.comments}
        names = [each.name.removesuffix(AUTOGRADE) for each in notebook.grades if each.name.endswith(AUTOGRADE)]
        unknown = [each for each in names if feedback_id(each) not in known]
        if not unknown:
            return known
        place = (notebook.student.id, notebook.assignment.name, notebook.name)
        try:
            kept = read_notebook(autograded_path(self.parent.coursedir, *place)).cells
        except UserError as problem:
            self.unread.append(problem)
            return known
        return known | {feedback_id(each): read_feedback(kept, each) for each in unknown}


def notebook_rows(notebook: Any, comments: Mapping[str, str]) -> Iterator[tuple[str | float, ...]]:
    """Yield the rows of one submitted notebook, in the order of its cells' names."""
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
