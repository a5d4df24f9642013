"""The plots of a class as shapes: where each bar, line and label stands. How they look is in `overview.css`.

Each plot stands beside a table of the same figures, so that nobody needs to see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.reports.overview.record import RunPoint, StudentLine

WIDTH = 600
HEIGHT = 160
TENTHS = 10
BOTTOM = HEIGHT - 22
"""The line that bars stand on; labels are below it."""
TOP = 18


@dataclass(frozen=True)
class Bar:
    """A bar and its labels."""

    x: float
    y: float
    width: float
    height: float
    below: str
    above: str


@dataclass(frozen=True)
class Point:
    """A point of a line and its label."""

    x: float
    y: float
    label: str
    below: str


def histogram(students: Sequence[StudentLine]) -> tuple[Bar, ...]:
    """Return how many students have how many tenths of the points; all points belong to the last tenth."""
    counts = [0] * TENTHS
    for each in students:
        if each.percent is not None:
            counts[min(int(each.percent // TENTHS), TENTHS - 1)] += 1
    most, step = max(*counts, 1), WIDTH / TENTHS
    bars = []
    for place, count in enumerate(counts):
        height = (BOTTOM - TOP) * count / most
        below = f"{place * TENTHS}–{(place + 1) * TENTHS}"  # noqa: RUF001 - from … to
        bars.append(Bar(place * step + 4, BOTTOM - height, step - 8, height, below, str(count)))
    return tuple(bars)


def line(trend: Sequence[RunPoint]) -> tuple[Point, ...]:
    """Return the mean after each run, from 0 at the bottom to 100 at the top."""
    step = (WIDTH - 80) / max(len(trend) - 1, 1)
    return tuple(
        Point(40 + place * step, BOTTOM - (BOTTOM - TOP) * each.mean / 100, f"{each.mean:g} %", str(each.run))
        for place, each in enumerate(trend)
    )
