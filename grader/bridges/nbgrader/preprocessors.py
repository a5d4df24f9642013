"""What happens to a submitted notebook inside `nbgrader autograde`: restored, handed to the judge, commented on.

Owns the three steps as nbgrader knows them, by dotted name in its configuration; a new instance of each is made for
each notebook. No code of a student runs in this process.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Enum, Unicode

from grader.bridges.nbgrader import cells
from grader.bridges.nbgrader.comment import comment
from grader.bridges.nbgrader.desk import NOTEBOOK, Settings, desk
from grader.bridges.nbgrader.quiz_cell import answers_in
from grader.bridges.nbgrader.restore import Release, restored
from grader.errors import UserError
from grader.results.report import QuizReport, Report
from grader.sandbox.isolation import Isolation
from grader.wording.message import Message

Notebook = Any
Resources = dict[str, Any]

JUDGED = "autograd_grader"
"""Where in nbgrader's resources the judge's step leaves for the last one what it found."""


@dataclass(frozen=True)
class Judged:
    """What the judge found in one notebook."""

    marks: Mapping[str, cells.Mark]
    """By grade_id: every cell that nbgrader takes for marked by machine."""
    parts: Mapping[str, cells.Part]
    """By name: the exercises and quizzes whose autograder cell is in the notebook."""
    report: Report | None = None


class RestoreCells(NbGraderPreprocessor):  # type: ignore[misc]
    """The first of the sanitize steps: every cell of the release gets its metadata and its locked source back.

    Takes the place of nbgrader's DeduplicateIds and OverwriteCells, which a student's own metadata can break.
    """

    enabled = True

    def preprocess(self, nb: Notebook, resources: Resources) -> tuple[Notebook, Resources]:
        """Restore one notebook."""
        place = resources["nbgrader"]
        with Gradebook(place["db_url"]) as gradebook:
            release = Release.of(gradebook.find_notebook(place["notebook"], place["assignment"]))
        nb.cells = restored(nb.cells, release)
        nb.nbformat_minor = 5
        return nb, resources


class GradeExercises(NbGraderPreprocessor):  # type: ignore[misc]
    """Takes the place of nbgrader's Execute: the judge's marks become the output of the autograder cells."""

    enabled = True
    """No setting: nbgrader gives an autograder cell that nobody judged its full points."""
    course = Unicode("", help="The course's folder, with config.yaml; else found at or above this one.").tag(
        config=True
    )
    language = Enum(["", "en", "zh"], "", help="Language of the feedback; else the course's own.").tag(config=True)
    isolation = Enum([each.value for each in Isolation], Isolation.SANDBOX.value, help="`process` is weaker.").tag(
        config=True
    )

    def preprocess(self, nb: Notebook, resources: Resources) -> tuple[Notebook, Resources]:
        """Judge one notebook; a GraderError, such as for a broken course, leaves its submission ungraded."""
        marked = [cell for cell in nb.cells if cells.is_marked_by_machine(cell)]
        names = {name for cell in marked if (name := cells.name_of(cell))}
        report, found = self.judged(nb, resources["nbgrader"]["student"]) if names else (None, {})
        for name in sorted(names - set(found)):
            self.log.error("The judge knows nothing called %s; it waits for a mark by hand", name)
        marks = {cells.grade_id(cell): cells.mark(found.get(cells.name_of(cell)), cell) for cell in marked}
        for cell in marked:
            cells.write_mark(cell, marks[cells.grade_id(cell)])
        resources[JUDGED] = Judged(marks, {name: found[name] for name in names if name in found}, report)
        return nb, resources

    def judged(self, nb: Notebook, student: str) -> tuple[Report, Mapping[str, cells.Part]]:
        """Return the judge's report on a notebook, and its parts by name; what the code put out goes into its cells."""
        code = cells.code_cells(nb.cells)
        answers = answers_in(cell.source for cell in code)
        settings = Settings(Path(self.course or "."), self.language, Isolation(self.isolation))
        graded = desk().graded(settings, student, cells.notebook_of(code), answers.sheet)
        for trace in graded.traces:
            self.log.error("The judge failed on a part of %s's notebook, which waits for a human:\n%s", student, trace)
        cells.write_outputs(code, graded.cells.get(NOTEBOOK, ()))
        return graded.report, with_problem(cells.parts(graded.report), answers.problem, graded.report.language)


class WriteFeedback(NbGraderPreprocessor):  # type: ignore[misc]
    """A step after SaveAutoGrades: comments on each exercise, and who waits for a human."""

    enabled = True

    def preprocess(self, nb: Notebook, resources: Resources) -> tuple[Notebook, Resources]:
        """Write the feedback of one notebook into the gradebook."""
        if JUDGED not in resources:
            raise UserError("WriteFeedback comes after GradeExercises; mend c.Autograde.autograde_preprocessors")
        place, judged = resources["nbgrader"], resources[JUDGED]
        where = (place["notebook"], place["assignment"], place["student"])
        with Gradebook(place["db_url"]) as gradebook:
            for name, part in judged.parts.items():
                text = comment(part, judged.marks[f"{name}{cells.AUTOGRADE}"], judged.report)
                try:
                    gradebook.find_comment(cells.feedback_id(name), *where).auto_comment = text
                except MissingEntry:
                    cells.write_feedback(nb.cells, name, text)
            for grade_id, mark in judged.marks.items():
                if mark.waits:
                    grade = gradebook.find_grade(grade_id, *where)
                    grade.auto_score, grade.needs_manual_grade = mark.points, True
            gradebook.db.commit()
        return nb, resources


def with_problem(parts: Mapping[str, cells.Part], problem: Message | None, language: str) -> Mapping[str, cells.Part]:
    """Return the parts of a report; why the quiz cell was not read takes the place of what is said of a file."""
    if problem is None:
        return parts
    words = {"message": problem.text(language)}
    return {
        name: part.model_copy(update=words) if isinstance(part, QuizReport) else part for name, part in parts.items()
    }
