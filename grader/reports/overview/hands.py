"""Which work needs a person, and why.

Owns the reasons. What a person has marked needs nobody any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from grader.reports.overview.record import HandNeeded, Reason
from grader.results.parts import quiz_part
from grader.results.report import ExerciseReport, QuizReport, Report
from grader.results.verdicts import AnswerVerdict, Verdict

BY_VERDICT = {Verdict.INTERNAL: Reason.INTERNAL, Verdict.UNREAD: Reason.UNREAD}


def hands_needed(reports: Iterable[Report], unsettled: Iterable[HandNeeded] = ()) -> tuple[HandNeeded, ...]:
    """Return what of a class needs a person, by reason; `unsettled` is what the roster leaves open."""
    found = [*(each for report in reports for each in of_student(report)), *unsettled]
    order = list(Reason)
    return tuple(sorted(found, key=lambda each: (order.index(each.reason), each.student, each.part)))


def of_student(report: Report) -> Iterator[HandNeeded]:
    """Yield what of one student needs a person."""
    if report.missing:
        yield HandNeeded(student=report.student, reason=Reason.MISSING)
        return
    parts = [
        *(each for exercise in report.exercises for each in of_exercise(report.student, exercise)),
        *(each for quiz in report.quizzes for each in of_quiz(report.student, quiz)),
    ]
    yield from parts
    if report.late:
        yield HandNeeded(student=report.student, reason=Reason.LATE, detail=report.late)
    elif report.needs_review and not any(each.reason is not Reason.WAITING for each in parts):
        yield HandNeeded(student=report.student, reason=Reason.INTERNAL, detail=report.message)
    if report.gone:
        yield HandNeeded(student=report.student, reason=Reason.GONE)


def of_exercise(student: str, exercise: ExerciseReport) -> Iterator[HandNeeded]:
    """Yield an exercise that nobody could judge."""
    reason = BY_VERDICT.get(exercise.verdict)
    if reason and not exercise.is_marked:
        yield HandNeeded(student=student, reason=reason, part=exercise.slug, detail=exercise.message)


def of_quiz(student: str, quiz: QuizReport) -> Iterator[HandNeeded]:
    """Yield answers that wait, and a quiz that nobody could read."""
    if quiz.is_marked:
        return
    part = quiz_part(quiz.unit)
    if quiz.message and not quiz.answers and not quiz.max_score > 0:
        yield HandNeeded(student=student, reason=Reason.UNREAD, part=part, detail=quiz.message)
    for answer in quiz.answers:
        if answer.verdict is AnswerVerdict.WAITING:
            yield HandNeeded(student=student, reason=Reason.WAITING, part=part, question=answer.id, detail=answer.given)
        elif answer.verdict is AnswerVerdict.INTERNAL:
            yield HandNeeded(student=student, reason=Reason.INTERNAL, part=part, question=answer.id)
