"""An older folder of feedback as facts: the marks, verdicts and words of its reports, for a store to begin with."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from grader.catalogue.course import Course
from grader.grading.attempts import parts_of
from grader.grading.grounds import digest_of
from grader.grading.standing import PartFacts, ledger_details, parts_in, points_of, row_of
from grader.results.arrival import Arrival
from grader.results.facts import (
    AnswerFacts,
    CheckFacts,
    DiagnosisFacts,
    ExerciseFacts,
    Explained,
    QuizFacts,
    SubmissionFacts,
)
from grader.results.parts import WHOLE, quiz_part
from grader.results.report import AnswerReport, CheckReport, ExerciseReport, QuizReport, Report
from grader.results.texts import Both
from grader.results.verdicts import AnswerVerdict, Verdict
from grader.store.class_book import ClassBook
from grader.store.ledger import Entry
from grader.store.rows import Current, Enrolled, HandIn, Mark, now_text
from grader.submissions.submission import Submission
from grader.wording.message import Message, Titled, message

MOMENT = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d) \((?:UTC([+-]\d{4})|([\w/+-]+))\)")


def take_over(report: Report, course: Course, book: ClassBook, run: int) -> None:
    """Keep a report's marks as what counts of a student who is new in the class."""
    facts = facts_of_report(report, course)
    book.add_students({report.student: Enrolled(report.student_id, report.section, is_missing=report.missing)})
    row = book.student(report.student)
    assert row is not None
    nothing = Submission(report.student, {}, {}, None, f"imported-{digest_of(report.model_dump(mode='json'))}")
    came = HandIn(
        0, row.id, nothing.digest, "", 0, {}, arrival=arrival_of(report), seen_at=now_text(), is_nothing=report.missing
    )
    kept = book.submissions.keep(came, nothing, None)
    found = {part: each for part, each in parts_in(facts).items() if part != WHOLE}
    rows = [row_of(part, nothing.digest, each) for part, each in found.items()]
    book.keep_facts(row.id, rows, final=dict.fromkeys(found, True))
    units = [unit.name for unit in course.config.units if found.keys() & set(parts_of(unit))]
    current = Current({each.part: each.digest for each in rows}, dict.fromkeys(units, kept.id))
    book.settle(row.id, current, "", [entry_of(part, each, nothing.digest, run) for part, each in found.items()])
    for part, each in by_hand(report).items():
        given = Entry(part, run, "marked", "", each.points, each.max_points, {"comment": each.comment})
        book.mark(row.id, part, each, given)


def entry_of(part: str, facts: PartFacts, digest: str, run: int) -> Entry:
    """Return what the ledger says of a part that was taken over."""
    points, most = points_of(facts)
    return Entry(part, run, "imported", digest, points, most, ledger_details(facts))


def by_hand(report: Report) -> dict[str, Mark]:
    """Return the marks in a report that a person gave."""
    parts: dict[str, ExerciseReport | QuizReport] = {each.slug: each for each in report.exercises}
    parts |= {quiz_part(each.unit): each for each in report.quizzes}
    return {part: Mark(each.score, each.max_score, each.comment) for part, each in parts.items() if each.is_marked}


def facts_of_report(report: Report, course: Course) -> SubmissionFacts:
    """Return the facts in a report."""
    return SubmissionFacts(
        student=report.student,
        course=course.version,
        isolation=report.isolation,
        exercises=tuple(map(exercise, report.exercises)),
        quizzes=tuple(map(quiz, report.quizzes)),
    )


def as_said(text: str) -> Message | None:
    """Return words of a report as they stand, in whatever language."""
    return message("grading.imported", text=Titled({"en": text, "zh": text})) if text else None


def both(text: str) -> Both:
    """Return words of a report for both languages."""
    return Both(en=text, zh=text)


def exercise(report: ExerciseReport) -> ExerciseFacts:
    """Return the facts of one exercise."""
    named = tuple(Explained(misconception=each.id, checks=each.checks) for each in report.misconceptions)
    return ExerciseFacts(
        slug=report.slug,
        verdict=report.verdict,
        problem=None if report.checks and report.verdict is not Verdict.UNREAD else as_said(report.message),
        checks=tuple(map(check, report.checks)),
        diagnosis=DiagnosisFacts(misconceptions=named),
    )


def check(report: CheckReport) -> CheckFacts:
    """Return the facts of one check."""
    return CheckFacts(
        id=report.id,
        part=report.part,
        points=report.points,
        max_points=report.max_points,
        verdict=report.verdict,
        finding=as_said(report.message),
        limit=report.limit,
        covers=report.covers,
    )


def quiz(report: QuizReport) -> QuizFacts:
    """Return the facts of one quiz."""
    return QuizFacts(
        unit=report.unit,
        points=report.score,
        max_points=report.max_score,
        problem=as_said(report.message),
        unread=not report.max_score and not report.answers,
        answers=tuple(map(answer, report.answers)),
    )


def answer(report: AnswerReport) -> AnswerFacts:
    """Return the facts of one answer."""
    is_told = report.verdict is not AnswerVerdict.INTERNAL
    return AnswerFacts(
        id=report.id,
        kind=report.kind,
        concepts=report.concepts,
        seed=report.seed,
        attempt=report.attempt,
        points=report.points,
        max_points=report.max_points,
        verdict=report.verdict,
        problem=as_said(report.message),
        text=both(report.text) if is_told else None,
        code=report.code if is_told else None,
        options=tuple(map(both, report.options)),
        given=both(report.given) if report.given else None,
        key=both(report.key) if report.key else None,
        explanation=both(report.explanation) if report.explanation else None,
        misconception=report.misconception,
    )


def arrival_of(report: Report) -> Arrival | None:
    """Return when a report says that the work came."""
    found = MOMENT.fullmatch(report.handed_in or "")
    if found is None:
        return None
    text, offset, zone = found.groups()
    at = datetime.fromisoformat(f"{text}{offset}") if offset else datetime.fromisoformat(text)
    return Arrival(at=at if offset else at.replace(tzinfo=ZoneInfo(zone)), source="imported")
