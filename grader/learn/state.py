"""All that the loop of learning knows at a moment, as one frozen record.

Owns the record and what can be read off it. How it changes is `loop`'s and `keys`'.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from grader.learn.outline import Lesson, Outline
from grader.learn.progress import Progress
from grader.results.report import Report
from grader.results.verdicts import Verdict
from grader.wording.message import Message


class View(StrEnum):
    """What fills the screen."""

    INTRODUCTION = "introduction"
    TASK = "task"
    VERDICT = "verdict"
    LIST = "list"
    SOLUTION = "solution"
    HELP = "help"


@dataclass(frozen=True)
class State:
    """All that the loop knows."""

    outline: Outline
    progress: Progress
    slug: str
    view: View = View.TASK
    report: Report | None = None
    """The last verdict on this exercise, and on no other."""
    begun: frozenset[str] = frozenset()
    """The exercises whose file differs from the starter."""
    checking: bool = False
    is_warm: bool = False
    """Whether the judge has answered once."""
    cursor: int = 0
    """The exercise that is marked in the list, by its place."""
    offset: int = 0
    """How many lines were scrolled away above."""
    hints_shown: bool = False
    difference: str = ""
    """What parts the learner's file from the reference solution."""
    notice: Message | None = None
    """What is said once, above the keys."""
    weaker: bool = False
    """Whether this machine lacks a layer of isolation, so that the learner's own code runs with less of it."""

    @property
    def lesson(self) -> Lesson:
        """Return the exercise that is worked on."""
        return self.outline.lesson(self.slug)

    @property
    def is_passed(self) -> bool:
        """Whether this exercise was passed once."""
        return self.progress.of(self.slug).passed

    @property
    def has_just_passed(self) -> bool:
        """Whether the last verdict on this exercise was that it passed."""
        return self.report is not None and self.report.exercises[0].verdict is Verdict.PASSED

    def first_view(self, slug: str) -> View:
        """Return what to show of an exercise when one comes to it: a new unit's introduction, else the task."""
        is_new = slug not in self.begun and not self.progress.of(slug).tried
        return View.INTRODUCTION if is_new and self.outline.opens_unit(slug) else View.TASK

    @property
    def next_slug(self) -> str | None:
        """Return the exercise that comes next, or None."""
        return self.outline.next_after(self.slug, self.progress)
