"""Putting facts into words: one report, in one language, as far as a feedback policy allows at one moment.

Owns the rules of feedback: until everything may be told, no finding, remark, key or explanation is in a report, but
only what is brief. Needs no judge and no torch, so the same facts can be rendered for another language or a later day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from grader.config.course_config import FeedbackPolicy
from grader.errors import InternalError
from grader.markup import as_plain
from grader.reports.exercise import ExerciseWriter, said, titled
from grader.reports.late import IN_TIME, Late, deductions, late_text, moment_text, part_of
from grader.reports.words import Words
from grader.results.facts import (
    DIGITS,
    AnswerFacts,
    QuizFacts,
    SubmissionFacts,
)
from grader.results.report import (
    AnswerReport,
    Language,
    QuizReport,
    Report,
)
from grader.results.texts import Both, CourseTexts, QuestionTexts
from grader.results.verdicts import AnswerVerdict
from grader.wording.message import message


def rendered(  # noqa: PLR0913 - each of them can change without grading again
    facts: SubmissionFacts,
    texts: CourseTexts,
    *,
    language: Language,
    policy: FeedbackPolicy,
    now: datetime,
    late: Late = IN_TIME,
) -> Report:
    """Return the report on a submission for who reads it `now`; InternalError for texts of another course's version."""
    if facts.course != texts.course:
        raise InternalError(
            f"these facts belong to the course's version {facts.course[:12]}, and these texts to {texts.course[:12]}; "
            "grade again if the course was changed while it was graded"
        )
    writer = Writer(texts, language, tells_all=policy.tells_all(now))
    of_exercises = ExerciseWriter(texts, language, tells_all=policy.tells_all(now))
    general = [each for each in (facts.problem, *facts.remarks) if each]
    units = part_of(facts, late.units)
    lost = tuple(deductions(facts, units))
    return Report(
        student=facts.student,
        course=texts.title.text(language),
        language=language,
        isolation=facts.isolation,
        feedback=policy.level.value,
        score=round(facts.points - sum(each.points for each in lost), DIGITS),
        max_score=facts.max_points,
        deductions=lost,
        handed_in=moment_text(late.arrival.at) if late.arrival and late.arrival.at else None,
        late=late_text(units, texts.units, Words(language)),
        needs_review=facts.needs_review or any(each.undecided for each in units),
        message="\n".join(each.text(language) for each in general),
        exercises=tuple(map(of_exercises.exercise, facts.exercises)),
        quizzes=tuple(map(writer.quiz, facts.quizzes)),
    )


@dataclass(frozen=True)
class Writer:
    """Puts a submission's quizzes into words."""

    texts: CourseTexts
    language: Language
    tells_all: bool
    """Whether hidden inputs, expected values, keys and the student's own words may be told."""

    def quiz(self, facts: QuizFacts) -> QuizReport:
        """Return the report on one unit's quiz."""
        return QuizReport(
            unit=facts.unit,
            title=titled(self.texts.units, facts.unit, self.language),
            score=facts.points,
            max_score=facts.max_points,
            message=said(facts.problem, self.language),
            answers=tuple(map(self.answer, facts.answers)),
            is_marked=facts.mark is not None,
            comment=facts.mark.comment if facts.mark else "",
        )

    def answer(self, facts: AnswerFacts) -> AnswerReport:
        """Return the report on one answer."""
        asked = self.question(facts)
        known = self.texts.misconceptions.get(facts.misconception or "")
        # The model answer comes with the mark: who may still hand in anew must not copy it.
        tells_key = self.tells_all and facts.verdict is not AnswerVerdict.WAITING
        return AnswerReport(
            id=facts.id,
            kind=facts.kind,
            concepts=tuple(titled(self.texts.concepts, each, self.language) for each in facts.concepts),
            seed=facts.seed,
            attempt=facts.attempt,
            text=self.markup(asked.text),
            code=asked.code,
            options=tuple(each.text(self.language) for each in facts.options),
            points=facts.points,
            max_points=facts.max_points,
            verdict=facts.verdict,
            message=said(facts.problem, self.language),
            given=facts.given.text(self.language) if facts.given else "",
            key=facts.key.text(self.language) if facts.key and tells_key else "",
            explanation=self.markup(asked.explanation) if tells_key else "",
            misconception=facts.misconception if known else None,
            misconception_title=known.title.text(self.language) if known else "",
            misconception_explanation=message("quiz.overlooked").text(self.language) if known else "",
        )

    def question(self, facts: AnswerFacts) -> QuestionTexts:
        """Return the question as this student was asked it: its own texts, where the course's do not stand as they are.

        One that could not be asked says nothing.
        """
        nothing = QuestionTexts(text=Both(en="", zh=""), code="", explanation=Both(en="", zh=""))
        if facts.verdict is AnswerVerdict.INTERNAL:
            return nothing
        course = self.texts.questions.get(facts.id, nothing)
        return QuestionTexts(
            text=facts.text or course.text,
            code=course.code if facts.code is None else facts.code,
            explanation=facts.explanation or course.explanation,
        )

    def markup(self, text: Both) -> str:
        """Return a text of the course without Markdown's marks."""
        return as_plain(text.text(self.language))
