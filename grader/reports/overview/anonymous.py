"""Reports without anything that tells whose they are.

Owns the list of what is kept. A field is left out unless it is kept here, so a new one can't tell a name by accident.
Numbers for the names come from the caller, who shuffles: the order of the alphabet would tell them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from grader.results.report import AnswerReport, CheckReport, ExerciseReport, QuizReport, Report

OF_REPORT = ("course", "language", "isolation", "feedback", "score", "max_score", "missing", "gone", "needs_review")
OF_EXERCISE = ("slug", "title", "score", "max_score", "verdict", "misconceptions", "is_marked")
OF_CHECK = ("id", "title", "part", "points", "max_points", "verdict")
OF_QUIZ = ("unit", "title", "score", "max_score", "is_marked")
OF_ANSWER = (
    *("id", "kind", "concepts", "text", "code", "points", "max_points", "verdict"),
    *("misconception", "misconception_title"),
)
CHOSEN = frozenset({"single", "multiple", "true_false", "exception", "order", "match"})
"""Kinds whose answers are the course's own words."""


def anonymous(reports: Iterable[Report], names: Mapping[str, str], *, late: str) -> list[Report]:
    """Return reports under other names; `late` stands for how late work came."""
    return [without_name(report, names[report.student], late) for report in reports]


def without_name(report: Report, name: str, late: str) -> Report:
    """Return a report with what is kept of it."""
    return Report(
        **{field: getattr(report, field) for field in OF_REPORT},
        student=name,
        late=late if report.late else None,
        exercises=tuple(map(bare_exercise, report.exercises)),
        quizzes=tuple(map(bare_quiz, report.quizzes)),
    )


def bare_exercise(exercise: ExerciseReport) -> ExerciseReport:
    """Return an exercise without messages, code and comment."""
    checks = tuple(CheckReport(**{field: getattr(each, field) for field in OF_CHECK}) for each in exercise.checks)
    return ExerciseReport(**{field: getattr(exercise, field) for field in OF_EXERCISE}, checks=checks)


def bare_quiz(quiz: QuizReport) -> QuizReport:
    """Return a quiz without comment and without what students wrote."""
    answers = tuple(map(bare_answer, quiz.answers))
    return QuizReport(**{field: getattr(quiz, field) for field in OF_QUIZ}, answers=answers)


def bare_answer(answer: AnswerReport) -> AnswerReport:
    """Return an answer; what was chosen among the course's own options is kept, what was written is not."""
    kept = {field: getattr(answer, field) for field in OF_ANSWER}
    return AnswerReport(**kept, seed="", attempt=answer.attempt, given=answer.given if answer.kind in CHOSEN else "")
