"""Free-text answers that wait for a person, with all that is needed to mark them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grader.catalogue.course import Course
from grader.catalogue.question import Question, QuestionKind
from grader.grading.roll import Roll
from grader.markup import as_plain
from grader.results.facts import AnswerFacts
from grader.results.parts import answer_part
from grader.results.report import Language
from grader.results.verdicts import AnswerVerdict
from grader.store.rows import StudentRow


@dataclass(frozen=True)
class WaitingAnswer:
    """A free-text answer that nobody has marked."""

    row: StudentRow
    part: str
    """What `grader mark` calls it."""
    question: str
    """The question in words."""
    model: str
    """What a good answer says."""
    given: str
    max_points: float


def waiting_answers(roll: Roll, language: Language) -> Iterator[WaitingAnswer]:
    """Yield the answers of a class that wait, question by question, so that one question is marked in one go."""
    found = [each for _, row in sorted(roll.students.items()) for each in waiting_of(roll, row, language)]
    yield from sorted(found, key=lambda each: each.part)


def waiting_of(roll: Roll, row: StudentRow, language: Language) -> Iterator[WaitingAnswer]:
    """Yield one student's answers that wait; none of a quiz that was marked as a whole."""
    for quiz in roll.standing(row).facts.quizzes:
        for answer in quiz.answers if quiz.mark is None else ():
            question = free_texts(roll.course).get(answer_part(quiz.unit, answer.id))
            if answer.verdict is AnswerVerdict.WAITING and question is not None:
                yield waiting_answer(row, quiz.unit, answer, question, language)


def waiting_answer(
    row: StudentRow, unit: str, answer: AnswerFacts, question: Question, language: Language
) -> WaitingAnswer:
    """Return one answer with what is needed to mark it."""
    text = answer.text.text(language) if answer.text else question.sheet.text.in_language(language)
    return WaitingAnswer(
        row=row,
        part=answer_part(unit, answer.id),
        question=as_plain(text),
        model=answer.key.text(language) if answer.key else "",
        given=answer.given.text(language) if answer.given else "",
        max_points=question.sheet.points,
    )


def free_texts(course: Course) -> Mapping[str, Question]:
    """Return the questions of a course that are answered in free text, by what `grader mark` calls an answer."""
    return {
        answer_part(unit, question.id): question
        for unit, questions in course.quizzes.items()
        for question in questions
        if question.kind is QuestionKind.TEXT
    }
