"""How a class stood after each run, as the ledger of its marks tells it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from grader.grading.changes import Places, State
from grader.reports.overview.record import RunPoint
from grader.results.parts import is_answer
from grader.store.rows import LedgerRow, RunRow

MOST = 40
"""The last runs are told."""


def trend_of(runs: Sequence[RunRow], entries: Sequence[LedgerRow]) -> tuple[RunPoint, ...]:
    """Return how a class stood after each run that changed a mark; entries come in the order of the ledger.

    Marks of free-text answers are left out: the ledger does not say what they make of their quiz.
    """
    by_id = {run.id: run for run in runs}
    states: dict[tuple[str, str], State] = {}
    found: dict[int, RunPoint] = {}
    for number, group in groupby((each for each in entries if not is_answer(each.part)), key=lambda each: each.run):
        changed = found[number].changed if number in found else 0  # two runs at once write by turns
        for entry in group:
            place = entry.student, entry.part
            before = states.get(place, State())
            states[place] = before.after(entry)
            changed += points_of(before) != points_of(states[place])
        if changed and number in by_id:
            found[number] = point(by_id[number], states, changed)
    return tuple(found.values())[-MOST:]


def points_of(state: State) -> tuple[float | None, float | None]:
    """Return the points that count, and out of how many."""
    return (state.counts.points, state.counts.max_points) if state.counts else (None, None)


def point(run: RunRow, states: Places, changed: int) -> RunPoint:
    """Return how a class stands."""
    earned: dict[str, float] = {}
    most: dict[str, float] = {}
    for (student, _), state in states.items():
        points, max_points = points_of(state)
        earned[student] = earned.get(student, 0.0) + (points or 0.0)
        most[student] = most.get(student, 0.0) + (max_points or 0.0)
    shares = [100 * earned[student] / most[student] for student in earned if most[student] > 0]
    mean = sum(shares) / len(shares) if shares else 0.0
    return RunPoint(
        run=run.id, at=run.began, command=run.command, students=len(shares), mean=round(mean, 1), changed=changed
    )
