"""What a class answered to each question, and how those did elsewhere who gave an answer.

Owns which answers count as the same: options by their text, since the order of options is each student's own, right
answers together, and typed ones by what they show.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean

from grader.reports.overview.record import Chosen, QuestionFigures
from grader.reports.words import percent
from grader.results.report import AnswerReport, ExerciseReport, QuizReport, Report
from grader.results.verdicts import AnswerVerdict

LETTER = re.compile(r"(^|(?<= · ))\w{1,3}\) ")
"""The letter before an option."""
LEFT_OUT = frozenset({AnswerVerdict.INTERNAL, AnswerVerdict.WAITING})
MOST = 8
"""So many different answers are listed."""
Given = tuple[AnswerReport, float | None]
"""An answer, and the share of all other points that its student has."""


def questions_of(reports: Iterable[Report], *, right: str, none: str) -> tuple[QuestionFigures, ...]:
    """Return how a class answered; `right` and `none` are the words for right answers and for none."""
    given: dict[tuple[str, str], list[Given]] = defaultdict(list)
    for report in reports:
        for quiz in report.quizzes:
            for answer in counted(quiz):
                given[quiz.unit, answer.id].append((answer, rest_of(report, answer)))
    return tuple(figures(unit, name, pairs, (right, none)) for (unit, name), pairs in given.items())


def counted(quiz: QuizReport) -> Iterable[AnswerReport]:
    """Return the answers that can be told apart."""
    return (each for each in quiz.answers if each.verdict not in LEFT_OUT)


def rest_of(report: Report, answer: AnswerReport) -> float | None:
    """Return a student's share of all points but those of one answer, in percent."""
    parts: list[ExerciseReport | QuizReport] = [*report.exercises, *report.quizzes]
    earned = sum(each.score for each in parts) - answer.points
    return percent(earned, sum(each.max_score for each in parts) - answer.max_points)


def figures(unit: str, name: str, pairs: Sequence[Given], words: tuple[str, str]) -> QuestionFigures:
    """Return how a class answered one question; right answers first, then the most frequent ones."""
    groups: Mapping[tuple[bool, str, str], list[Given]] = defaultdict(list)
    for answer, rest in pairs:
        groups[meant(answer, words)].append((answer, rest))
    chosen = [chosen_answer(key, group, len(pairs)) for key, group in groups.items()]
    chosen.sort(key=lambda each: (not each.is_right, -each.students, each.answer))
    return QuestionFigures(
        unit=unit, question=name, text=pairs[0][0].text, students=len(pairs), answers=tuple(chosen[:MOST])
    )


def meant(answer: AnswerReport, words: tuple[str, str]) -> tuple[bool, str, str]:
    """Return whether an answer is right, what it says, and which misconception gives it."""
    right, none = words
    if answer.verdict is AnswerVerdict.RIGHT:
        return True, right, ""
    said = LETTER.sub(r"\1", answer.given) or none
    return False, said, answer.misconception or ""


def chosen_answer(key: tuple[bool, str, str], group: Sequence[Given], students: int) -> Chosen:
    """Return the figures of one answer."""
    is_right, said, misconception = key
    rests = [rest for _, rest in group if rest is not None]
    return Chosen(
        answer=said,
        is_right=is_right,
        students=len(group),
        percent=percent(len(group), students) or 0.0,
        rest=round(fmean(rests), 1) if rests else None,
        misconception=misconception,
    )
