"""How late work is, and what that costs.

Owns the arithmetic. A day late has begun when the clock of the course's zone is past the time of day that work was due,
so that a night in which clocks change makes nobody early or late.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from grader.config.course_config import CourseConfig, DatesConfig, LatePolicy, UnitEntry
from grader.dates.extension import Extension
from grader.moments import days_later, is_after
from grader.results.arrival import Arrival


@dataclass(frozen=True)
class Lateness:
    """How late the work on one unit is."""

    unit: str
    parts: frozenset[str]
    """The slugs of the unit's exercises."""
    due: datetime
    """When it was due for this student."""
    late_by: timedelta | None
    """How late it came, or None where the course system says no more than that it was late."""
    days: int
    """The days late that have begun."""
    lost: float
    """The share of the points that this costs, 0 to 1."""
    undecided: bool = False
    """Whether a person has to say what it costs: the work was late, and nobody knows how late."""


def lateness(arrival: Arrival | None, config: CourseConfig, extension: Extension | None) -> tuple[Lateness, ...]:
    """Return how late each unit is that came late; nothing where no time is known."""
    if arrival is None:
        return ()
    return tuple(unit_lateness(config, arrival, extension or Extension()))


def unit_lateness(config: CourseConfig, arrival: Arrival, extension: Extension) -> Iterator[Lateness]:
    """Yield the lateness of each unit that came late."""
    for unit in config.units:
        due = config.due(unit)
        if due is None:
            continue
        due = extension.of(due)
        if arrival.at is not None:
            if is_after(arrival.at, due):
                yield measured(unit, due, arrival.at, config.dates)
        elif arrival.is_late:
            yield unmeasured(unit, due, config.dates, is_extended=extension != Extension())


def measured(unit: UnitEntry, due: datetime, at: datetime, dates: DatesConfig) -> Lateness:
    """Return what it costs to be late by a known time."""
    days = days_begun(due, at)
    late_by = at.astimezone(UTC) - due.astimezone(UTC)
    return Lateness(unit.name, slugs(unit), due, late_by, days, share_lost(dates, days))


def unmeasured(unit: UnitEntry, due: datetime, dates: DatesConfig, *, is_extended: bool) -> Lateness:
    """Return what it costs to be late by an unknown time: all, nothing, or what a person says.

    A course system may call late what was in time for a student with an extension.
    """
    depends = dates.late is LatePolicy.PER_DAY or dates.free_days > 0 or is_extended
    undecided = depends and dates.late is not LatePolicy.NONE
    lost = 0.0 if undecided else share_lost(dates, days=1)
    return Lateness(unit.name, slugs(unit), due, None, 0, lost, undecided)


def slugs(unit: UnitEntry) -> frozenset[str]:
    """Return the exercises of a unit."""
    return frozenset(entry.slug for entry in unit.exercises)


def days_begun(due: datetime, at: datetime) -> int:
    """Return how many days late have begun; the time of day that counts is the course's own."""
    days = max(0, (at.astimezone(due.tzinfo).date() - due.date()).days - 1)
    while is_after(at, days_later(due, days)):
        days += 1
    return days


def share_lost(dates: DatesConfig, days: int) -> float:
    """Return the share of the points that some days late cost."""
    charged = max(0, days - dates.free_days)
    match dates.late:
        case LatePolicy.ZERO:
            return 1.0 if charged else 0.0
        case LatePolicy.PER_DAY:
            return min(1.0, charged * (dates.per_day or 0.0))
    return 0.0
