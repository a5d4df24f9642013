"""Marking a student's quiz answers: each question as this very student was asked it, one report per unit.

The only place that knows the quiz engine and the answer sheet together. Everything a student reads is put into words
here, in the report's language and as far as its feedback level allows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.catalogue.concepts import concept_in
from grader.catalogue.question import Question, QuestionKind
from grader.errors import ContentError
from grader.grading.graded import DIGITS
from grader.grading.options import Assignment
from grader.markup import as_plain
from grader.quiz.asked import options_text
from grader.quiz.kinds.table import KINDS
from grader.quiz.make import make_variant
from grader.quiz.mark import Marked, is_blank, mark
from grader.quiz.seed import seed_of, sheet_mark
from grader.quiz.variant import Variant
from grader.results.report import AnswerReport, AnswerVerdict, QuizReport
from grader.submissions.answer_sheet import AnswerSheet, GivenAnswer
from grader.wording.message import Message, message


@dataclass(frozen=True)
class MarkedQuizzes:
    """The quizzes of one student, what concerns the sheet as a whole, and the tracebacks of our own failures."""

    quizzes: tuple[QuizReport, ...]
    remarks: tuple[str, ...] = ()
    traces: tuple[str, ...] = ()


def mark_quizzes(student: str, sheet: AnswerSheet, assignment: Assignment) -> MarkedQuizzes:
    """Return the marks of one student's quizzes; nothing in the sheet can raise."""
    language, course = assignment.options.language, assignment.course
    problem = sheet.problem
    if problem is None and sheet.mark not in {None, sheet_mark(assignment.options.secret, student)}:
        problem = message("quiz.other_sheet")
    if problem is not None or not assignment.quizzes:
        return MarkedQuizzes(tuple(unmarked(unit, assignment, problem) for unit in assignment.quizzes))
    marker = Marker(student, sheet, assignment)
    quizzes = tuple(marker.quiz(unit, course.quizzes[unit]) for unit in assignment.quizzes)
    known = {question.id for questions in course.quizzes.values() for question in questions}
    unknown = [answers[0] for question, answers in sheet.given.items() if question not in known]
    names = [question for question in sheet.given if question not in known]
    remarks = tuple(
        message("quiz.unknown_question", place=answer.place, question=name).text(language)
        for answer, name in zip(unknown, names, strict=True)
    )
    return MarkedQuizzes(quizzes, remarks, tuple(marker.traces))


def unmarked(unit: str, assignment: Assignment, problem: Message | None) -> QuizReport:
    """Return the report of a unit's quiz of which no answer counts."""
    language = assignment.options.language
    entry = next(each for each in assignment.course.config.units if each.name == unit)
    return QuizReport(
        unit=unit,
        title=entry.title.in_language(language),
        score=0.0,
        max_score=entry.quiz.points if entry.quiz else 0.0,
        message=problem.text(language) if problem else "",
    )


class Marker:
    """Marks the quizzes of one student."""

    def __init__(self, student: str, sheet: AnswerSheet, assignment: Assignment) -> None:
        self.student = student
        self.sheet = sheet
        self.assignment = assignment
        self.language = assignment.options.language
        self.policy = assignment.course.config.quiz
        self.traces: list[str] = []

    def quiz(self, unit: str, questions: Sequence[Question]) -> QuizReport:
        """Return the report of one unit."""
        empty = unmarked(unit, self.assignment, message("quiz.no_answers"))
        if not any(self.sheet.answers(question.id) for question in questions):
            return empty
        weights = {each.id: each.sheet.points for each in questions if each.kind is not QuestionKind.TEXT}
        worth = empty.max_score / (sum(weights.values()) or 1)
        answers = tuple(self.answer(each, worth * weights.get(each.id, 0.0)) for each in questions)
        return empty.model_copy(
            update={
                "score": round(max(0.0, sum(each.points for each in answers)), DIGITS),
                "max_score": round(sum(each.max_points for each in answers), DIGITS),
                "message": "",
                "answers": answers,
            }
        )

    def answer(self, question: Question, points: float) -> AnswerReport:
        """Return the report of one question, worth `points`; a question of ours that fails counts for nothing."""
        made = [each for each in self.sheet.answers(question.id) if not is_blank(each.raw)]
        allowed = [each for each in made if each.attempt <= self.policy.attempts]
        late = [each for each in made if each.attempt > self.policy.attempts]
        given = allowed[-1] if allowed else None
        attempt = given.attempt if given else 1
        seed = seed_of(self.assignment.options.secret, self.student, question.id, attempt)
        try:
            variant = make_variant(question, seed, self.policy.tolerance)
        except ContentError as problem:
            self.traces.append(f"{problem}\n")
            return self.failed(question, seed, attempt)
        marked = mark(variant, given.raw if given else None, self.policy, attempt)
        return self.report(variant, marked, attempt, points, self.problem(marked, given, late))

    def problem(self, marked: Marked, given: GivenAnswer | None, late: Sequence[GivenAnswer]) -> str:
        """Return what the student must know of an answer that was not taken as it stands, or an empty text."""
        if marked.problem and given:
            return message("quiz.unreadable", place=given.place, problem=marked.problem).text(self.language)
        if marked.verdict is AnswerVerdict.WAITING:
            return message("quiz.waiting").text(self.language)
        if late:
            place, attempt = late[-1].place, late[-1].attempt
            return message("quiz.too_many_attempts", place=place, attempt=attempt, limit=self.policy.attempts).text(
                self.language
            )
        return ""

    def report(self, variant: Variant, marked: Marked, attempt: int, points: float, problem: str) -> AnswerReport:
        """Return what became of one answer, in words."""
        kind, language = KINDS[variant.question.kind], self.language
        tells_all = self.assignment.options.tells_all
        known = self.assignment.course.misconceptions.get(marked.misconception or "")
        return AnswerReport(
            id=variant.question.id,
            kind=variant.question.kind.value,
            concepts=self.concepts(variant.question),
            seed=variant.seed,
            attempt=attempt,
            text=as_plain(variant.text[language]),
            code=variant.code,
            options=options_text(variant, language),
            points=points * marked.share,
            max_points=points,
            verdict=marked.verdict,
            message=problem,
            given="" if marked.value is None else kind.told(marked.value, variant, language),
            key=kind.told(variant.key, variant, language) if tells_all else "",
            explanation=as_plain(variant.explanation[language]) if tells_all else "",
            misconception=known.id if known else None,
            misconception_title=known.title.in_language(language) if known else "",
            misconception_explanation=known.explanation.in_language(language) if known else "",
        )

    def concepts(self, question: Question) -> tuple[str, ...]:
        """Return what a question is about, in the report's language."""
        known = self.assignment.course.concepts
        return tuple(concept_in(known, each, self.language) for each in question.sheet.concepts)

    def failed(self, question: Question, seed: str, attempt: int) -> AnswerReport:
        """Return the report of a question that we could not ask: it counts for nothing, and a human looks at it."""
        return AnswerReport(
            id=question.id,
            kind=question.kind.value,
            concepts=self.concepts(question),
            seed=seed,
            attempt=attempt,
            text="",
            code="",
            points=0.0,
            max_points=0.0,
            verdict=AnswerVerdict.INTERNAL,
            message=message("judge.internal").text(self.language),
        )
