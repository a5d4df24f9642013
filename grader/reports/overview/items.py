"""The checks and questions of a class as a matrix of points, and what item analysis says of them.

Owns which entries count: work that a person has yet to decide on says nothing about an item. Those students alone enter
correlations and reliability who have points, or a 0, for every item that at least half of the class has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grader.reports.overview.item_analysis import (
    Scores,
    are_all_or_nothing,
    cronbach_alpha,
    item_rest_correlations,
)
from grader.reports.overview.record import ItemFigures, Reliability
from grader.reports.words import percent
from grader.results.parts import quiz_part
from grader.results.report import Report
from grader.results.verdicts import AnswerVerdict, Verdict

FEWEST_FOR_RELIABILITY = 20
OPEN = frozenset({Verdict.INTERNAL, Verdict.UNREAD})
NOT_COUNTED = frozenset({AnswerVerdict.INTERNAL, AnswerVerdict.WAITING})
Key = tuple[str, str]
"""The part and the id of an item."""


@dataclass(frozen=True)
class Scored:
    """What one student got for one item."""

    title: str
    points: float
    max_points: float

    @property
    def is_full(self) -> bool:
        """Whether the student has all points."""
        return self.points >= self.max_points


def scored(report: Report) -> Iterator[tuple[Key, Scored]]:
    """Yield a student's checks and answers that count."""
    for exercise in report.exercises:
        for check in exercise.checks if exercise.verdict not in OPEN else ():
            if check.max_points > 0 and check.verdict not in OPEN:
                yield (exercise.slug, check.id), Scored(check.title, check.points, check.max_points)
    for quiz in report.quizzes:
        for answer in quiz.answers:
            if answer.max_points > 0 and answer.verdict not in NOT_COUNTED:
                yield (quiz_part(quiz.unit), answer.id), Scored(answer.text, answer.points, answer.max_points)


@dataclass(frozen=True)
class Items:
    """The items of a class, and each student's points."""

    students: tuple[Mapping[Key, Scored], ...]
    titles: Mapping[Key, str]

    @classmethod
    def of(cls, reports: Sequence[Report]) -> Items:
        """Return the items of a class."""
        students = tuple(dict(scored(report)) for report in reports if not report.missing)
        titles = {key: each.title for student in students for key, each in student.items()}
        return cls(students, titles)

    def common(self) -> tuple[list[Key], Scores, Scores]:
        """Return the items that half of the class has, the points of who has them all, and what each is worth."""
        half = len(self.students) / 2
        keys = [key for key in self.titles if sum(key in each for each in self.students) >= half]
        complete = [each for each in self.students if all(key in each for key in keys)]
        points = np.array([[each[key].points for key in keys] for each in complete], dtype=float)
        most = np.array([complete[0][key].max_points for key in keys] if complete else [], dtype=float)
        return keys, points.reshape(len(complete), len(keys)), most

    def figures(self) -> tuple[ItemFigures, ...]:
        """Return the figures of each item; the one that most failed comes first."""
        keys, points, _ = self.common()
        correlations = dict(zip(keys, item_rest_correlations(points), strict=True))
        found = [self._figures(key, correlations.get(key)) for key in self.titles]
        return tuple(sorted(found, key=lambda each: (-each.rate, each.part, each.item)))

    def _figures(self, key: Key, item_rest: float | None) -> ItemFigures:
        entries = [each[key] for each in self.students if key in each]
        failed = sum(not each.is_full for each in entries)
        return ItemFigures(
            part=key[0],
            item=key[1],
            title=self.titles[key],
            students=len(entries),
            failed=failed,
            rate=percent(failed, len(entries)) or 0.0,
            item_rest=None if item_rest is None else round(item_rest, 3),
        )

    def reliability(self) -> Reliability | None:
        """Return how reliable the items are together; None for fewer than 20 students, of whom it says little."""
        keys, points, most = self.common()
        if len(points) < FEWEST_FOR_RELIABILITY:
            return None
        value = cronbach_alpha(points)
        if value is None:
            return None
        method = "KR-20" if are_all_or_nothing(points, most) else "Cronbach's alpha"
        return Reliability(method=method, value=round(value, 3), students=len(points), items=len(keys))
