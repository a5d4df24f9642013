"""What a report says of being late, in both languages, and what it takes off."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from grader.dates.lateness import Lateness
from grader.moments import zone_of
from grader.reports.late import deductions, duration, late_text, part_of
from grader.reports.words import Words
from grader.results.facts import CheckFacts, ExerciseFacts, QuizFacts, SubmissionFacts
from grader.results.texts import Both

DUE = datetime(2030, 1, 31, 23, 59, tzinfo=zone_of("Europe/Berlin"))
TITLES = {"weights": Both(en="Weights", zh="权重"), "sums": Both(en="Sums", zh="求和")}


def late(unit: str = "weights", lost: float = 0.1, by: timedelta | None = timedelta(hours=3), **fields) -> Lateness:
    return Lateness(unit, frozenset({f"{unit}_exercise"}), DUE, by, 1, lost, **fields)


FACTS = SubmissionFacts(
    student="mei",
    course="c",
    isolation="sandbox",
    exercises=(
        ExerciseFacts(
            slug="weights_exercise",
            verdict="failed",
            checks=(CheckFacts(id="a", part="edges", points=3.3333, max_points=4, verdict="failed"),),
        ),
    ),
    quizzes=(QuizFacts(unit="sums", points=2, max_points=2),),
)


def test_the_points_of_a_unit_lose_their_share():
    """Exercises and quizzes of the unit together, rounded once; what costs nothing is no deduction."""
    found = list(deductions(FACTS, [late(), late("sums", 0.5), late("graph", 0.0)]))
    assert [(each.unit, each.points, each.share) for each in found] == [("weights", 0.3333, 0.1), ("sums", 1, 0.5)]


def test_units_that_were_not_graded_are_not_mentioned():
    """A run on one unit says nothing of the others."""
    assert [each.unit for each in part_of(FACTS, [late(), late("graph")])] == ["weights"]


@pytest.mark.parametrize(
    ("found", "english", "chinese"),
    [
        (late(), "This costs 10 % of the points.", "因此扣除得分的 10%。"),
        (late(lost=0.0), "This costs no points.", "不扣分。"),
        (late(by=None, lost=1.0), "the course system does not say how late", "课程系统没有说明迟了多久"),
        (late(by=None, lost=0.0, undecided=True), "A person decides what this costs", "是否扣分由人工决定"),
    ],
)
def test_every_case_is_said_in_both_languages(found, english, chinese):
    """How late, and what that costs."""
    assert english in late_text([found], TITLES, Words("en"))
    assert chinese in late_text([found], TITLES, Words("zh"))


def test_units_that_are_alike_are_said_once():
    """Thirteen units with one due date are one sentence; others are named."""
    assert "Weights" not in late_text([late(), late("sums")], TITLES, Words("en"))
    apart = late_text([late(), late("sums", 0.5)], TITLES, Words("en"))
    assert [line.partition(":")[0] for line in apart.split("\n")] == ["Weights", "Sums"]
    assert late_text([], TITLES, Words("en")) is None


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(seconds=1), "1 minute"),
        (timedelta(minutes=59, seconds=1), "1 hour"),
        (timedelta(hours=25), "1 day 1 hour"),
        (timedelta(days=2, minutes=5), "2 days 5 minutes"),
        (timedelta(days=3, hours=4, minutes=5), "3 days 4 hours"),
    ],
)
def test_a_span_is_told_by_its_two_largest_parts(span, said):
    """A minute that has begun counts."""
    assert duration(span, Words("en")) == said
