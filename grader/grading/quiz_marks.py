"""Marking a student's quiz answers: each question as this very student was asked it, the facts of one quiz per unit.

The only place that knows the quiz engine and the answer sheet together. What has the student's own numbers in it is
kept in both languages, so that no question is computed again to be shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from grader.catalogue.question import Question, QuestionKind
from grader.config.course_config import Text
from grader.errors import ContentError
from grader.grading.options import Assignment
from grader.quiz.asked import options_text
from grader.quiz.kinds.table import KINDS
from grader.quiz.make import make_variant
from grader.quiz.mark import Marked, is_blank, mark
from grader.quiz.seed import seed_of, sheet_mark
from grader.quiz.variant import ByLanguage, Variant
from grader.results.facts import DIGITS, AnswerFacts, QuizFacts
from grader.results.texts import Both
from grader.results.verdicts import AnswerVerdict
from grader.submissions.answer_sheet import AnswerSheet, GivenAnswer
from grader.submissions.submission import is_unread
from grader.wording.message import Message, message


@dataclass(frozen=True)
class MarkedQuizzes:
    """The quizzes of one student, what concerns the sheet as a whole, and the tracebacks of our own failures."""

    quizzes: tuple[QuizFacts, ...]
    remarks: tuple[Message, ...] = ()
    traces: tuple[str, ...] = ()


def mark_quizzes(
    student: str, sheet: AnswerSheet, assignment: Assignment, *, known_as: Sequence[str] = ()
) -> MarkedQuizzes:
    """Return the marks of one student's quizzes; nothing in the sheet can raise.

    The sheet may have been made for any of the names that the student is `known_as`, such as an id of the roster.
    """
    course = assignment.course
    problem = sheet.problem
    owner = owner_of(sheet, [*known_as, student], assignment.options.secret)
    if problem is None and owner is None:
        return MarkedQuizzes(tuple(undecided(unit) for unit in assignment.quizzes))
    if problem is not None or owner is None or not assignment.quizzes:
        return MarkedQuizzes(tuple(unmarked(unit, assignment, problem) for unit in assignment.quizzes))
    marker = Marker(owner, sheet, assignment)
    quizzes = tuple(marker.quiz(unit, course.quizzes[unit]) for unit in assignment.quizzes)
    known = {question.id for questions in course.quizzes.values() for question in questions}
    remarks = tuple(
        message("quiz.unknown_question", place=answers[0].place, question=question)
        for question, answers in sheet.given.items()
        if question not in known
    )
    return MarkedQuizzes(quizzes, remarks, tuple(marker.traces))


def unmarked(unit: str, assignment: Assignment, problem: Message | None) -> QuizFacts:
    """Return the facts of a unit's quiz of which no answer counts."""
    entry = next(each for each in assignment.course.config.units if each.name == unit)
    unread = problem is not None and is_unread(problem)
    points = entry.quiz.points if entry.quiz and not unread else 0.0
    return QuizFacts(unit=unit, points=0.0, max_points=points, problem=problem, unread=unread)


def undecided(unit: str) -> QuizFacts:
    """Return the facts of a quiz whose questions we can't draw again: it counts neither way until a person decides."""
    return QuizFacts(unit=unit, points=0.0, max_points=0.0, problem=message("quiz.undecided_sheet"), unread=True)


def owner_of(sheet: AnswerSheet, names: Sequence[str], secret: bytes) -> str | None:
    """Return the name that a sheet was made for, or None where it is none of these, or where it is not clear.

    A sheet without a mark is the student's where the student has one name alone.
    """
    names = list(dict.fromkeys(names))
    if not sheet.marks:
        return names[0] if len(names) == 1 else None
    return next((name for name in names if set(sheet.marks) == {sheet_mark(secret, name)}), None)


class Marker:
    """Marks the quizzes of one student."""

    def __init__(self, student: str, sheet: AnswerSheet, assignment: Assignment) -> None:
        self.student = student
        self.sheet = sheet
        self.assignment = assignment
        self.policy = assignment.course.config.quiz
        self.traces: list[str] = []

    def quiz(self, unit: str, questions: Sequence[Question]) -> QuizFacts:
        """Return the facts of one unit."""
        empty = unmarked(unit, self.assignment, message("quiz.no_answers"))
        if not any(self.sheet.answers(question.id) for question in questions):
            return empty
        weights = {each.id: each.sheet.points for each in questions if each.kind is not QuestionKind.TEXT}
        worth = empty.max_points / (sum(weights.values()) or 1)
        answers = tuple(self.answer(each, worth * weights.get(each.id, 0.0)) for each in questions)
        return QuizFacts(
            unit=unit,
            points=round(max(0.0, sum(each.points for each in answers)), DIGITS),
            max_points=round(sum(each.max_points for each in answers), DIGITS),
            answers=answers,
        )

    def answer(self, question: Question, points: float) -> AnswerFacts:
        """Return the facts of one question, worth `points`; a question of ours that fails counts for nothing."""
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
            return failed(question, seed, attempt)
        marked = mark(variant, given.raw if given else None, self.policy, attempt)
        return answer_facts(variant, marked, attempt, points, self.problem(marked, given, late))

    def problem(self, marked: Marked, given: GivenAnswer | None, late: Sequence[GivenAnswer]) -> Message | None:
        """Return what the student must know of an answer that was not taken as it stands."""
        if marked.problem and given:
            return message("quiz.unreadable", place=given.place, problem=marked.problem)
        if marked.verdict is AnswerVerdict.WAITING:
            return message("quiz.waiting")
        if late:
            place, attempt = late[-1].place, late[-1].attempt
            return message("quiz.too_many_attempts", place=place, attempt=attempt, limit=self.policy.attempts)
        return None


def answer_facts(variant: Variant, marked: Marked, attempt: int, points: float, problem: Message | None) -> AnswerFacts:
    """Return what became of one answer."""
    question = variant.question
    return AnswerFacts(
        id=question.id,
        kind=question.kind.value,
        concepts=question.sheet.concepts,
        seed=variant.seed,
        attempt=attempt,
        points=points * marked.share,
        max_points=points,
        verdict=marked.verdict,
        problem=problem,
        text=own(variant.text, question.sheet.text),
        code=None if variant.code == question.sheet.code.strip("\n") else variant.code,
        options=options(variant),
        given=None if marked.value is None else told(variant, marked.value),
        key=told(variant, variant.key),
        explanation=own(variant.explanation, question.answer.explanation),
        misconception=marked.misconception,
    )


def failed(question: Question, seed: str, attempt: int) -> AnswerFacts:
    """Return the facts of a question that we could not ask: it counts for nothing, and a human looks at it."""
    return AnswerFacts(
        id=question.id,
        kind=question.kind.value,
        concepts=question.sheet.concepts,
        seed=seed,
        attempt=attempt,
        points=0.0,
        max_points=0.0,
        verdict=AnswerVerdict.INTERNAL,
        problem=message("judge.internal"),
    )


def own(text: ByLanguage, template: Text) -> Both | None:
    """Return a variant's text, or None where nothing of the student's was put into the question's own."""
    both = Both(en=text["en"], zh=text["zh"])
    return None if (both.en, both.zh) == (template.en, template.zh) else both


def options(variant: Variant) -> tuple[Both, ...]:
    """Return what can be chosen or matched."""
    pairs = zip(options_text(variant, "en"), options_text(variant, "zh"), strict=True)
    return tuple(Both(en=english, zh=chinese) for english, chinese in pairs)


def told(variant: Variant, value: Any) -> Both:
    """Return a plain value of a question's kind in words."""
    kind = KINDS[variant.question.kind]
    return Both(en=kind.told(value, variant, "en"), zh=kind.told(value, variant, "zh"))
