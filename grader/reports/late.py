"""What a report says of being late, and what it takes off.

Owns the sentences and the rounding; how late work is has been reckoned before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from grader.dates.lateness import Lateness
from grader.reports.words import Words, number
from grader.results.arrival import Arrival
from grader.results.facts import DIGITS, SubmissionFacts
from grader.results.report import Deduction
from grader.results.texts import Both

MINUTE, HOUR, DAY = 60, 3600, 86400
PERCENT = 100


@dataclass(frozen=True)
class Late:
    """How late a submission is, as far as it holds something of the units that are late."""

    arrival: Arrival | None
    units: tuple[Lateness, ...] = ()


IN_TIME = Late(None)


def part_of(facts: SubmissionFacts, found: Iterable[Lateness]) -> tuple[Lateness, ...]:
    """Return the lateness of the units that a submission was graded on."""
    slugs, quizzes = {each.slug for each in facts.exercises}, {each.unit for each in facts.quizzes}
    return tuple(each for each in found if each.parts & slugs or each.unit in quizzes)


def deductions(facts: SubmissionFacts, late: Sequence[Lateness]) -> Iterator[Deduction]:
    """Yield the points that each late unit loses."""
    for each in late:
        points = sum(exercise.points for exercise in facts.exercises if exercise.slug in each.parts)
        points += sum(quiz.points for quiz in facts.quizzes if quiz.unit == each.unit)
        if each.lost:
            yield Deduction(unit=each.unit, points=round(points * each.lost, DIGITS), share=each.lost)


def late_text(late: Sequence[Lateness], titles: Mapping[str, Both], words: Words) -> str | None:
    """Return how late a submission is and what that costs, a line for all units that are alike; None for in time."""
    lines = []
    for _, group in groupby(late, key=lambda each: (each.due, each.lost, each.undecided)):
        units = list(group)
        said = sentence(units[0], words)
        if len(units) < len(late):
            names = [titles[each.unit].text(words.language) if each.unit in titles else each.unit for each in units]
            said = words.say("late_unit", units=" · ".join(names), late=said)
        lines.append(said)
    return "\n".join(lines) or None


def sentence(late: Lateness, words: Words) -> str:
    """Return how late a unit is, and what that costs."""
    due = moment_text(late.due)
    if late.late_by is None:
        said = words.say("late_somehow", due=due)
    else:
        said = words.say("late_by", time=duration(late.late_by, words), due=due)
    if late.undecided:
        cost = words.say("late_undecided")
    elif late.lost:
        cost = words.say("late_costs", percent=number(PERCENT * late.lost))
    else:
        cost = words.say("late_is_free")
    return f"{said} {cost}" if words.language == "en" else f"{said}{cost}"


def moment_text(moment: datetime) -> str:
    """Return a moment with its zone, such as `2026-12-24 23:59 (Europe/Berlin)`."""
    key = getattr(moment.tzinfo, "key", None)
    return f"{moment:%Y-%m-%d %H:%M} ({key})" if key else f"{moment:%Y-%m-%d %H:%M} (UTC{moment:%z})"


def duration(span: timedelta, words: Words) -> str:
    """Return a span of time by its two largest parts; a started minute counts."""
    seconds = -(-int(span.total_seconds()) // MINUTE) * MINUTE or MINUTE
    days, rest = divmod(seconds, DAY)
    hours, rest = divmod(rest, HOUR)
    parts = (
        (days, words.count("late_days", days)),
        (hours, words.count("late_hours", hours)),
        (rest // MINUTE, words.count("late_minutes", rest // MINUTE)),
    )
    return " ".join([said for amount, said in parts if amount][:2])
