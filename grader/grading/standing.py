"""What counts of one student now: the facts of each part put together from the store, and how late they came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grader.catalogue.course import Course
from grader.grading.answer_marks import with_answers_marked
from grader.reports.late import Late
from grader.results.facts import ExerciseFacts, HandMark, QuizFacts, SubmissionFacts
from grader.results.parts import QUIZ, WHOLE, quiz_part
from grader.results.verdicts import Verdict
from grader.store.rows import Enrolled, FactsRow, Mark

PartFacts = ExerciseFacts | QuizFacts | SubmissionFacts


@dataclass(frozen=True)
class Standing:
    """One student as the store has it."""

    facts: SubmissionFacts
    late: Late
    enrolled: Enrolled
    is_gone: bool = False
    """Whether the work is no longer in the folder."""


def parts_in(facts: SubmissionFacts) -> dict[str, PartFacts]:
    """Return the facts of a submission by part; the whole is a record without exercises and quizzes."""
    parts: dict[str, PartFacts] = {each.slug: each for each in facts.exercises}
    parts |= {quiz_part(each.unit): each for each in facts.quizzes}
    return parts | {WHOLE: facts.model_copy(update={"exercises": (), "quizzes": ()})}


def is_final(facts: PartFacts) -> bool:
    """Say whether facts stand: those of our own failures are tried again by the next run."""
    match facts:
        case ExerciseFacts():
            return Verdict.INTERNAL not in {facts.verdict, *(check.verdict for check in facts.checks)}
        case SubmissionFacts():
            return not facts.failed
    return all(answer.verdict.value != Verdict.INTERNAL.value for answer in facts.answers)


def points_of(facts: PartFacts) -> tuple[float, float]:
    """Return the points earned, and those that count; the whole has none of its own."""
    return (0.0, 0.0) if isinstance(facts, SubmissionFacts) else (facts.points, facts.max_points)


def row_of(part: str, digest: str, facts: PartFacts) -> FactsRow:
    """Return the facts of a part as the store keeps them."""
    return FactsRow(part, digest, points_of(facts)[0], facts.model_dump(mode="json"))


def facts_of(part: str, content: Any) -> PartFacts:
    """Return the facts of a part that the store kept."""
    if part == WHOLE:
        return SubmissionFacts.model_validate(content)
    record = QuizFacts if part.startswith(QUIZ) else ExerciseFacts
    return record.model_validate(content)


def put_together(
    student: str, course: Course, rows: Mapping[str, FactsRow], marks: Mapping[str, Mark], isolation: str
) -> SubmissionFacts:
    """Return the facts of a student in the course's order, with what a person decided."""
    found = {part: with_marks(part, facts_of(part, row.content), course, marks) for part, row in rows.items()}
    whole = found.get(WHOLE)
    slugs = [each.slug for each in course.exercises]
    quizzes = [quiz_part(unit) for unit in course.quiz_units]
    return SubmissionFacts(
        student=student,
        course=course.version,
        isolation=whole.isolation if isinstance(whole, SubmissionFacts) else isolation,
        problem=whole.problem if isinstance(whole, SubmissionFacts) else None,
        remarks=whole.remarks if isinstance(whole, SubmissionFacts) else (),
        failed=whole.failed if isinstance(whole, SubmissionFacts) else False,
        exercises=tuple(each for slug in slugs if isinstance(each := found.get(slug), ExerciseFacts)),
        quizzes=tuple(each for part in quizzes if isinstance(each := found.get(part), QuizFacts)),
    )


def with_marks(part: str, facts: PartFacts, course: Course, marks: Mapping[str, Mark]) -> PartFacts:
    """Return facts with what a person decided on the part, or on answers in it."""
    if isinstance(facts, QuizFacts) and part not in marks:
        return with_answers_marked(facts, course, marks)
    return with_mark(facts, marks.get(part))


def with_mark(facts: PartFacts, mark: Mark | None) -> PartFacts:
    """Return facts with what a person decided on them."""
    if mark is None or isinstance(facts, SubmissionFacts):
        return facts
    given = HandMark(points=mark.points, max_points=mark.max_points, comment=mark.comment)
    if isinstance(facts, QuizFacts):
        return facts.model_copy(update={"mark": given, "points": mark.points, "max_points": mark.max_points})
    return facts.model_copy(update={"mark": given})


def ledger_details(facts: PartFacts) -> dict[str, Any]:
    """Return what the ledger keeps of facts beside the points: verdict, and each check with its points."""
    if isinstance(facts, ExerciseFacts):
        checks = {check.id: [check.verdict.value, check.points, check.max_points] for check in facts.checks}
        return {"verdict": facts.verdict.value, "checks": checks}
    if isinstance(facts, QuizFacts):
        return {"checks": {each.id: [each.verdict.value, each.points, each.max_points] for each in facts.answers}}
    return {}
