"""What changed between two states of a class's marks: by student, part and check, as the ledger tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grader.store.rows import LedgerRow

BY_HAND = frozenset({"marked", "unmarked"})


@dataclass(frozen=True)
class CheckChange:
    """A check whose points differ; None where there was no such check."""

    check: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Change:
    """A part of a student's work whose points differ; None where it was not graded."""

    student: str
    part: str
    before: float | None
    after: float | None
    max_points: float | None
    checks: tuple[CheckChange, ...] = ()
    by_hand: bool = False
    """Whether a person's mark counts afterwards."""

    @property
    def gain(self) -> float:
        """Return the points gained; less than 0 for a loss."""
        return round((self.after or 0.0) - (self.before or 0.0), 4)

    def data(self) -> dict[str, Any]:
        """Return the change as JSON can hold it."""
        checks = [[each.check, each.before, each.after] for each in self.checks]
        return {**vars(self), "checks": checks, "gain": self.gain}


@dataclass(frozen=True)
class State:
    """What a part's mark was at some moment."""

    judged: LedgerRow | None = None
    by_hand: LedgerRow | None = None

    def after(self, entry: LedgerRow) -> State:
        """Return the state after a change; what did not come to count changes nothing."""
        if entry.kind == "kept":
            return self
        if entry.kind not in BY_HAND:
            return State(entry, self.by_hand)
        return State(self.judged, entry if entry.kind == "marked" else None)

    @property
    def counts(self) -> LedgerRow | None:
        """Return what counts."""
        return self.by_hand or self.judged


Places = Mapping[tuple[str, str], State]
"""The state of each part, by student and part."""


def state_after(entries: Iterable[LedgerRow], run: int) -> dict[tuple[str, str], State]:
    """Return the state of each part when a run had ended."""
    states: dict[tuple[str, str], State] = {}
    for entry in entries:
        if entry.run <= run:
            place = entry.student, entry.part
            states[place] = states.get(place, State()).after(entry)
    return states


def changes_between(before: Places, after: Places) -> list[Change]:
    """Return what differs between two states, by student and part."""
    places = sorted(before.keys() | after.keys())
    found = (change_at(place, before.get(place, State()), after.get(place, State())) for place in places)
    return [each for each in found if each.before != each.after or each.checks]


def changed_marks(entries: Sequence[LedgerRow], run: int) -> list[Change]:
    """Return the marks that a run changed; who had none before is not among them."""
    changes = changes_between(state_after(entries, run - 1), state_after(entries, run))
    return [each for each in changes if each.before is not None and each.before != each.after]


def change_at(place: tuple[str, str], before: State, after: State) -> Change:
    """Return how one part changed, its checks as the judge found them."""
    old, new = before.counts, after.counts
    return Change(
        *place,
        before=old.points if old else None,
        after=new.points if new else None,
        max_points=new.max_points if new else None,
        checks=check_changes(before.judged, after.judged),
        by_hand=after.by_hand is not None,
    )


def check_changes(before: LedgerRow | None, after: LedgerRow | None) -> tuple[CheckChange, ...]:
    """Return the checks whose points differ."""
    if before is None or after is None:
        return ()
    old, new = points_of(before), points_of(after)
    names = dict.fromkeys([*new, *old])
    return tuple(CheckChange(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name))


def points_of(entry: LedgerRow) -> dict[str, float]:
    """Return the points of each check."""
    checks: Mapping[str, list[Any]] = entry.details.get("checks", {})
    return {name: points for name, (_, points, _) in checks.items()}


def reasons(before: LedgerRow | None, after: LedgerRow) -> list[str]:
    """Return what changed between two judgements of a part: the grounds by name, and the submission."""
    if before is None:
        return []
    old, new = before.details.get("grounds", {}), after.details.get("grounds", {})
    changed = [name for name in new if old.get(name) != new[name]]
    if before.details.get("source") != after.details.get("source"):
        changed.insert(0, "submission")
    return changed
