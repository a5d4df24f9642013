"""A quiz being taken: which questions are open, what was answered, and the sheet that keeps it.

Owns the order of things and the file; asks nothing and shows nothing itself. Every answer is on disk before the next
question is asked, so a quiz can be left at any time and gone on with later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.atomic import replacing
from grader.catalogue.course import Course
from grader.catalogue.exercise import Exercise
from grader.catalogue.question import Question
from grader.config.course_config import Text
from grader.errors import UserError
from grader.grading.own_sheet import read_own_sheet
from grader.grading.quiz_sheet import sheet_text
from grader.quiz.make import make_variant
from grader.quiz.mark import Marked, mark
from grader.quiz.seed import seed_of, sheet_mark
from grader.quiz.variant import Variant
from grader.results.verdicts import AnswerVerdict
from grader.wording.message import message


@dataclass(frozen=True)
class Standing:
    """How a student stands in one concept."""

    concept: str
    questions: int
    answered: int
    share: float
    """The sum of the shares of the points earned, at most `answered`."""


@dataclass
class QuizSession:
    """One student's way through some questions."""

    course: Course
    questions: Sequence[Question]
    student: str
    secret: bytes
    path: Path
    """The answer sheet."""
    again: bool = False
    """Whether questions that were not answered rightly are asked once more, as further attempts."""
    _given: dict[tuple[str, int], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read what was answered before; UserError for a sheet that can't be gone on with."""
        sheet = read_own_sheet(self.path)
        if set(sheet.marks) - {sheet_mark(self.secret, self.student)}:
            raise UserError.saying(message("quiz.sheet_of_another", path=self.path))
        for question, answers in sheet.given.items():
            self._given |= {(question, each.attempt): each.raw for each in answers if each.raw is not None}

    def attempt(self, question: Question) -> int:
        """Return the attempt at a question that is open now, or the last one where none is."""
        made = self.attempts_made(question)
        return made + 1 if made == 0 or (self.again and not self.is_right(question)) else made

    def attempts_made(self, question: Question) -> int:
        """Return how many attempts were made at a question."""
        return max((attempt for name, attempt in self._given if name == question.id), default=0)

    def open_questions(self) -> list[Question]:
        """Return the questions that are to be asked now, in order."""
        return [each for each in self.questions if self.attempt(each) > self.attempts_made(each)]

    def variant(self, question: Question, attempt: int) -> Variant:
        """Return what the student is asked at an attempt."""
        seed = seed_of(self.secret, self.student, question.id, attempt)
        return make_variant(question, seed, self.course.config.quiz.tolerance)

    def answer(self, variant: Variant, attempt: int, raw: Any) -> Marked:
        """Mark an answer and keep it; one that can't be read is not kept, and may be given again."""
        marked = mark(variant, raw, self.course.config.quiz, attempt)
        if marked.verdict is not AnswerVerdict.UNREADABLE:
            self._given[variant.question.id, attempt] = raw
            self.save()
        return marked

    def undo(self) -> Question | None:
        """Take back the answer that was given last and return its question, or None where there is no answer."""
        asked = {each.id: each for each in self.questions}
        for name, attempt in reversed(self._given):
            if name in asked:
                del self._given[name, attempt]
                self.save()
                return asked[name]
        return None

    def last(self, question: Question) -> Marked | None:
        """Return what became of the last attempt at a question, or None."""
        made = self.attempts_made(question)
        if not made:
            return None
        return mark(self.variant(question, made), self._given[question.id, made], self.course.config.quiz, made)

    def given(self, question: Question) -> Any:
        """Return what was answered at the last attempt at a question."""
        return self._given[question.id, self.attempts_made(question)]

    def is_right(self, question: Question) -> bool:
        """Whether the last attempt was right, or waits for a human, who alone can say."""
        last = self.last(question)
        return last is not None and last.verdict in {AnswerVerdict.RIGHT, AnswerVerdict.WAITING}

    def hint(self, question: Question) -> tuple[Exercise, Text] | None:
        """Return the exercise's hint that a committed prediction unlocks: the first for the first, and so on."""
        slug = question.sheet.hint_for
        if slug is None:
            return None
        unlocked = [each for each in self.questions if each.sheet.hint_for == slug and self.attempts_made(each)]
        exercise = self.course.select_parts([slug])[0][0]
        return exercise, exercise.sheet.hints[min(len(unlocked), len(exercise.sheet.hints)) - 1]

    def standings(self) -> list[Standing]:
        """Return how the student stands in each concept, in the questions' order."""
        by_concept: dict[str, list[Question]] = {}
        for question in self.questions:
            for concept in question.sheet.concepts:
                by_concept.setdefault(concept, []).append(question)
        last = {question.id: self.last(question) for question in self.questions}
        return [standing(concept, questions, last) for concept, questions in by_concept.items()]

    def save(self) -> None:
        """Write the sheet; UserError where the disk refuses, and then the older sheet is still there."""
        answers = [(name, attempt, raw) for (name, attempt), raw in self._given.items()]
        with replacing(self.path) as file:
            file.write(sheet_text(sheet_mark(self.secret, self.student), answers))


def standing(concept: str, questions: Iterable[Question], last: Mapping[str, Marked | None]) -> Standing:
    """Return how a student stands in one concept; what waits for a human is not counted."""
    marks = [last[each.id] for each in questions]
    counted = [each for each in marks if each is None or each.verdict is not AnswerVerdict.WAITING]
    answered = [each for each in counted if each is not None]
    return Standing(concept, len(counted), len(answered), sum(max(0.0, each.share) for each in answered))
