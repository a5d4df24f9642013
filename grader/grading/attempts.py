"""Which of a student's submissions counts for a unit.

The last one before the deadline does, or the best of these; where all came late, of all. One whose time is not known
counts as in time, and as handed in when it was first met in the folder.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from grader.config.course_config import Attempts, CourseConfig, UnitEntry
from grader.dates.extension import Extension
from grader.dates.lateness import Lateness, lateness
from grader.moments import is_after
from grader.results.arrival import Arrival
from grader.results.parts import quiz_part
from grader.store.rows import HandIn

Points = Callable[[HandIn, str], float]
"""Returns what a submission earned for a part; 0 for one that was not graded."""


def parts_of(unit: UnitEntry) -> tuple[str, ...]:
    """Return the parts of a unit."""
    return (*(entry.slug for entry in unit.exercises), *([quiz_part(unit.name)] if unit.quiz else []))


def moment(hand_in: HandIn) -> tuple[datetime, int, int]:
    """Return what submissions are put in order by."""
    at = hand_in.arrival.at if hand_in.arrival else None
    seen_at = datetime.fromisoformat(hand_in.seen_at) if hand_in.seen_at else datetime.min.replace(tzinfo=UTC)
    return at or seen_at, hand_in.seen, hand_in.id


def is_in_time(arrival: Arrival | None, due: datetime | None) -> bool:
    """Say whether work came in time, as far as that is known."""
    if arrival is None or due is None:
        return True
    return not is_after(arrival.at, due) if arrival.at else not arrival.is_late


@dataclass(frozen=True)
class Choice:
    """Chooses among the submissions of one student."""

    config: CourseConfig
    hand_ins: Sequence[HandIn]
    extension: Extension = field(default_factory=Extension)

    def candidates(self, unit: UnitEntry) -> list[HandIn]:
        """Return the submissions that may count for a unit, the first one first: these must be graded."""
        work = [each for each in self.hand_ins if not each.is_nothing] or self.hand_ins
        due = self.config.due(unit)
        due = self.extension.of(due) if due else None
        in_time = [each for each in work if is_in_time(each.arrival, due)] or list(work)
        in_time.sort(key=moment)
        return in_time if self.config.attempts is Attempts.BEST else in_time[-1:]

    def counting(self, points: Points) -> Mapping[str, HandIn]:
        """Return which submission counts for each unit, by the unit's name."""
        found = {}
        for unit in self.config.units:
            candidates = self.candidates(unit)
            if candidates:
                best = max(range(len(candidates)), key=lambda at: (self._earned(unit, candidates[at], points), at))
                found[unit.name] = candidates[best]
        return found

    def _earned(self, unit: UnitEntry, hand_in: HandIn, points: Points) -> float:
        """Return what a submission earned for a unit, with what being late cost."""
        lost = next((each.lost for each in self.late(hand_in) if each.unit == unit.name), 0.0)
        return sum(points(hand_in, part) for part in parts_of(unit)) * (1 - lost)

    def late(self, hand_in: HandIn) -> tuple[Lateness, ...]:
        """Return how late a submission is for each unit."""
        return lateness(hand_in.arrival, self.config, self.extension)
