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
from grader.results.facts import (
    AnswerFacts,
    CheckFacts,
    DiagnosisFacts,
    ExerciseFacts,
    QuizFacts,
    SubmissionFacts,
)
from grader.results.report import (
    AnswerReport,
    CheckReport,
    ExerciseReport,
    Language,
    MisconceptionReport,
    QuizReport,
    Report,
)
from grader.results.texts import Both, CourseTexts, QuestionTexts
from grader.results.verdicts import AnswerVerdict
from grader.wording.message import Message, message


def rendered(
    facts: SubmissionFacts, texts: CourseTexts, *, language: Language, policy: FeedbackPolicy, now: datetime
) -> Report:
    """Return the report on a submission for who reads it `now`; InternalError for texts of another course's version."""
    if facts.course != texts.course:
        raise InternalError(
            f"these facts belong to the course's version {facts.course[:12]}, and these texts to {texts.course[:12]}; "
            "grade again if the course was changed while it was graded"
        )
    writer = Writer(texts, language, tells_all=policy.tells_all(now))
    said = [each for each in (facts.problem, *facts.remarks) if each]
    return Report(
        student=facts.student,
        course=texts.title.text(language),
        language=language,
        isolation=facts.isolation,
        feedback=policy.level.value,
        score=facts.points,
        max_score=facts.max_points,
        needs_review=facts.needs_review,
        message="\n".join(each.text(language) for each in said),
        exercises=tuple(map(writer.exercise, facts.exercises)),
        quizzes=tuple(map(writer.quiz, facts.quizzes)),
    )


@dataclass(frozen=True)
class Writer:
    """Puts the parts of a submission's facts into words."""

    texts: CourseTexts
    language: Language
    tells_all: bool
    """Whether hidden inputs, expected values, keys and the student's own words may be told."""

    def exercise(self, facts: ExerciseFacts) -> ExerciseReport:
        """Return the report on one exercise."""
        named = self.misconceptions(facts.diagnosis)
        first = named[0] if named else None
        return ExerciseReport(
            slug=facts.slug,
            title=self.title(self.texts.exercises, facts.slug),
            score=facts.points,
            max_score=facts.max_points,
            verdict=facts.verdict,
            message=self.said(facts.problem),
            misconception=first.id if first else None,
            misconception_title=first.title if first else "",
            misconception_explanation=first.explanation if first else "",
            misconceptions=named,
            diagnosis="" if named else self.diagnosis(facts.diagnosis),
            checks=tuple(self.check(each, facts.slug) for each in facts.checks),
        )

    def check(self, facts: CheckFacts, slug: str) -> CheckReport:
        """Return the report on one check of an exercise."""
        return CheckReport(
            id=facts.id,
            title=self.title(self.texts.checks.get(slug, {}), facts.id),
            part=facts.part,
            points=facts.points,
            max_points=facts.max_points,
            verdict=facts.verdict,
            message=self.said(facts.finding if self.tells_all else facts.brief),
            limit=facts.limit,
            remarks=tuple(each.text(self.language) for each in facts.remarks) if self.tells_all else (),
            covers=facts.covers,
        )

    def misconceptions(self, facts: DiagnosisFacts) -> tuple[MisconceptionReport, ...]:
        """Return the misconceptions that are named, as far as the course describes them."""
        known = self.texts.misconceptions
        return tuple(
            MisconceptionReport(
                id=each.misconception,
                title=known[each.misconception].title.text(self.language),
                explanation=known[each.misconception].explanation.text(self.language),
                checks=each.checks,
            )
            for each in facts.misconceptions
            if each.misconception in known
        )

    def diagnosis(self, facts: DiagnosisFacts) -> str:
        """Return one honest sentence where no misconception is named; empty where there was nothing to diagnose."""
        known = self.texts.misconceptions
        if titles := [known[each].title.text(self.language) for each in facts.candidates if each in known]:
            return message("grading.several", titles=" · ".join(titles)).text(self.language)
        return message("grading.unknown").text(self.language) if facts.tried else ""

    def quiz(self, facts: QuizFacts) -> QuizReport:
        """Return the report on one unit's quiz."""
        return QuizReport(
            unit=facts.unit,
            title=self.title(self.texts.units, facts.unit),
            score=facts.points,
            max_score=facts.max_points,
            message=self.said(facts.problem),
            answers=tuple(map(self.answer, facts.answers)),
        )

    def answer(self, facts: AnswerFacts) -> AnswerReport:
        """Return the report on one answer."""
        asked = self.question(facts)
        known = self.texts.misconceptions.get(facts.misconception or "")
        return AnswerReport(
            id=facts.id,
            kind=facts.kind,
            concepts=tuple(self.title(self.texts.concepts, each) for each in facts.concepts),
            seed=facts.seed,
            attempt=facts.attempt,
            text=self.markup(asked.text),
            code=asked.code,
            options=tuple(each.text(self.language) for each in facts.options),
            points=facts.points,
            max_points=facts.max_points,
            verdict=facts.verdict,
            message=self.said(facts.problem),
            given=facts.given.text(self.language) if facts.given else "",
            key=facts.key.text(self.language) if facts.key and self.tells_all else "",
            explanation=self.markup(asked.explanation) if self.tells_all else "",
            misconception=facts.misconception if known else None,
            misconception_title=known.title.text(self.language) if known else "",
            misconception_explanation=known.explanation.text(self.language) if known else "",
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

    def title(self, titles: dict[str, Both], name: str) -> str:
        """Return the title of something in the course; its name where it has none."""
        return titles[name].text(self.language) if name in titles else name

    def said(self, words: Message | None) -> str:
        """Return a message in words, or nothing."""
        return words.text(self.language) if words else ""

    def markup(self, text: Both) -> str:
        """Return a text of the course without Markdown's marks."""
        return as_plain(text.text(self.language))
