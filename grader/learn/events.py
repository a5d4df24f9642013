"""What the loop of learning is told, and what it asks for: plain records, carried between it and its `session`.

An event is something that happened; an effect is something to be done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from grader.learn.progress import Progress
from grader.results.report import Report


@dataclass(frozen=True)
class Pressed:
    """A key was pressed; a page has so many lines."""

    key: str
    page: int = 20


@dataclass(frozen=True)
class Saved:
    """The file of an exercise was saved; `begun` unless it is the starter again."""

    slug: str
    begun: bool = True
    unseen: bool = False
    """Whether the system told nothing of it, and looking at the file did."""


@dataclass(frozen=True)
class Judged:
    """A verdict on one exercise came; `begun` as in `Saved`."""

    report: Report
    begun: bool = True
    weaker: bool = False


@dataclass(frozen=True)
class Failed:
    """Something could not be done; `problem` says what, in the learner's language."""

    problem: str


@dataclass(frozen=True)
class Compared:
    """The difference from the reference solution was read."""

    difference: str


@dataclass(frozen=True)
class WasReset:
    """The starter is back; the learner's file was kept as `copy`, or there was none."""

    copy: str | None


@dataclass(frozen=True)
class Opened:
    """A page for a browser lies at `path`, and was opened where there is one."""

    path: str


@dataclass(frozen=True)
class Resumed:
    """The terminal is the loop's again, after a quiz or another size."""


Event = Pressed | Saved | Judged | Failed | Compared | WasReset | Opened | Resumed


@dataclass(frozen=True)
class Check:
    """Judge the file of this exercise."""

    slug: str


@dataclass(frozen=True)
class Remember:
    """Keep this change of the progress."""

    changed: Callable[[Progress], Progress]


@dataclass(frozen=True)
class Reset:
    """Put the starter of this exercise back, and keep a copy of the learner's file."""

    slug: str


@dataclass(frozen=True)
class Compare:
    """Read what parts the learner's file from the reference solution."""

    slug: str


@dataclass(frozen=True)
class TakeQuiz:
    """Ask the quiz of this unit."""

    unit: str


@dataclass(frozen=True)
class ShowPicture:
    """Open the page with the picture of the last verdict."""

    slug: str


@dataclass(frozen=True)
class ShowDrawing:
    """Open the drawing of a unit's introduction."""

    unit: str


@dataclass(frozen=True)
class Leave:
    """End the loop."""


Effect = Check | Remember | Reset | Compare | TakeQuiz | ShowPicture | ShowDrawing | Leave
