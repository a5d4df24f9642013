"""What grading a submission gives: a student's report, and the report of one that the judge failed on.

Imports no torch, so that the coordinator of a class stays small.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grader.grading.options import Assignment
from grader.results.report import AnswerVerdict, ExerciseReport, QuizReport, Report, Verdict
from grader.wording.message import message

DIGITS = 4

Cells = tuple[tuple[dict[str, Any], ...], ...]
"""The outputs of each code cell."""


@dataclass(frozen=True)
class Graded:
    """A report, and for the instructor alone the tracebacks of what failed inside the grader.

    `cells` holds, for each notebook by its name, what its code cells put out, in order, as a notebook file holds it. A
    notebook that answers several exercises is run for each of them: its outputs are those of the first that could be.
    """

    report: Report
    traces: tuple[str, ...] = ()
    cells: Mapping[str, Cells] = field(default_factory=dict)


def student_report(
    student: str,
    exercises: Sequence[ExerciseReport],
    assignment: Assignment,
    *,
    quizzes: Sequence[QuizReport] = (),
    message: str = "",
) -> Report:
    """Return a student's report over exercises that have been graded and quizzes that have been marked."""
    options, course = assignment.options, assignment.course
    parts: tuple[ExerciseReport | QuizReport, ...] = (*exercises, *quizzes)
    return Report(
        student=student,
        course=course.config.title.in_language(options.language),
        language=options.language,
        isolation=options.isolation,
        feedback=options.feedback,
        score=round(sum(each.score for each in parts), DIGITS),
        max_score=round(sum(each.max_score for each in parts), DIGITS),
        needs_review=any(each.verdict is Verdict.INTERNAL for each in exercises)
        or any(each.verdict is AnswerVerdict.INTERNAL for quiz in quizzes for each in quiz.answers),
        message=message,
        exercises=tuple(exercises),
        quizzes=tuple(quizzes),
    )


def failed_report(student: str, assignment: Assignment) -> Report:
    """Return the report of a submission on which the judge itself failed: nothing counts, a human looks at it."""
    language = assignment.options.language
    words = message("judge.internal").text(language)
    exercises = tuple(
        ExerciseReport(
            slug=exercise.slug,
            title=exercise.sheet.title.in_language(language),
            score=0.0,
            max_score=0.0,
            verdict=Verdict.INTERNAL,
            message=words,
        )
        for exercise in assignment.exercises
    )
    report = student_report(student, exercises, assignment, message=words)
    return report.model_copy(update={"needs_review": True})
