"""What a quiz comes to once a person has marked some of its free-text answers.

Owns the arithmetic. An answer that waits counts for nothing. A marked one weighs as much in its quiz as its question
says, and the quiz as a whole is worth what it is worth without.
"""

from __future__ import annotations

from collections.abc import Mapping

from grader.catalogue.course import Course
from grader.results.facts import DIGITS, AnswerFacts, QuizFacts
from grader.results.parts import answer_part
from grader.results.verdicts import AnswerVerdict
from grader.store.rows import Mark
from grader.wording.message import message


def with_answers_marked(facts: QuizFacts, course: Course, marks: Mapping[str, Mark]) -> QuizFacts:
    """Return a quiz with the marks that its free-text answers were given, by part."""
    waiting = {each.id for each in facts.answers if each.verdict is AnswerVerdict.WAITING}
    given = {name: mark for name in waiting if (mark := marks.get(answer_part(facts.unit, name)))}
    if not given:
        return facts
    weights = {each.id: each.sheet.points for each in course.quizzes.get(facts.unit, ())}
    counted = sum(weights.get(each.id, 0.0) for each in facts.answers if each.max_points > 0)
    by_hand = sum(weights.get(name, 0.0) for name in given)
    worth = facts.max_points or full_worth(course, facts.unit)
    each_weight = worth / (counted + by_hand)
    answers = tuple(
        marked(each, given[each.id], each_weight * weights.get(each.id, 0.0))
        if each.id in given
        else scaled(each, counted / (counted + by_hand))
        for each in facts.answers
    )
    points = round(max(0.0, sum(each.points for each in answers)), DIGITS)
    return facts.model_copy(update={"answers": answers, "points": points, "max_points": round(worth, DIGITS)})


def full_worth(course: Course, unit: str) -> float:
    """Return what a unit's quiz is worth in the course."""
    return next((each.quiz.points for each in course.config.units if each.name == unit and each.quiz), 0.0)


def marked(answer: AnswerFacts, mark: Mark, worth: float) -> AnswerFacts:
    """Return an answer with its mark, on the scale of the quiz."""
    share = mark.points / mark.max_points
    verdict = AnswerVerdict.RIGHT if share >= 1 else AnswerVerdict.PARTLY if share > 0 else AnswerVerdict.WRONG
    said = message("reports.by_hand_comment", comment=mark.comment) if mark.comment else message("reports.by_hand")
    return answer.model_copy(update={"points": share * worth, "max_points": worth, "verdict": verdict, "problem": said})


def scaled(answer: AnswerFacts, factor: float) -> AnswerFacts:
    """Return an answer that was marked by its key, with the weight that is left to it."""
    return answer.model_copy(update={"points": answer.points * factor, "max_points": answer.max_points * factor})
