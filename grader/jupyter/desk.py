"""Answers a request for a verdict on code cells: by the course's judge, or by a release's public tests.

Owns what is kept warm in a kernel, and that it ends after ten idle minutes. Knows no IPython.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import UserError
from grader.grading.warm import keeper
from grader.jupyter.ask import Ask
from grader.jupyter.idle import Idle
from grader.jupyter.verdict import Shown, shown_public, shown_report
from grader.learn.cells import cells_target
from grader.learn.handout import HandedOut, handed_out
from grader.learn.keeping import keep
from grader.learn.own_judge import OwnJudge
from grader.learn.workspace import Workspace, is_anywhere, language_of_the_system, open_workspace
from grader.sandbox.isolation import Isolation
from grader.wording.message import message

if TYPE_CHECKING:
    from grader.learn.public_tests import PublicRunner


@dataclass
class Desk:
    """Answers the requests of one kernel."""

    idle: Idle = field(init=False)
    _runner: PublicRunner | None = None
    _judges: dict[tuple[Path, Path, str, Isolation | None], OwnJudge] = field(default_factory=dict)
    """By course, folder, language and isolation: each says once that a layer is missing."""

    def __post_init__(self) -> None:
        """Begin without anything warm."""
        self.idle = Idle(self.end)

    def answer(self, ask: Ask, cells: Sequence[str], here: Path) -> Shown:
        """Return the verdict on what these cells define; GraderError for what can't be judged."""
        with self.idle.busy():
            if ask.course is None and not is_anywhere(here) and (released := handed_out(here)):
                return self._by_public_tests(ask, cells, released, here)
            return self._by_judge(ask, cells, here)

    def end(self) -> None:
        """End every judge and every sandbox of this kernel."""
        keeper().end()
        if self._runner is not None:
            self._runner.close()

    def _by_judge(self, ask: Ask, cells: Sequence[str], here: Path) -> Shown:
        space = open_workspace(here, course=ask.course, language=ask.language)
        exercise = space.exercise(ask.slug)
        judge = self._judge(space, ask.isolation)
        was_weaker = judge.is_weaker
        report = judge.report_on([cells_target(space, exercise, cells, here)])
        following = keep(space, {exercise.slug}, report)
        hints = tuple(each.in_language(space.language) for each in exercise.sheet.hints)
        notes = [space.say("weaker")] if judge.is_weaker and not was_weaker else []
        return shown_report(report, hints=hints, notes=notes, following=following)

    def _judge(self, space: Workspace, isolation: Isolation | None) -> OwnJudge:
        key = space.course.place, space.root, space.language, isolation
        known = self._judges.get(key)
        if known is None or known.workspace.course.version != space.course.version:
            known = self._judges[key] = OwnJudge(space, isolation, notebooks_only=True)
        return known

    def _by_public_tests(self, ask: Ask, cells: Sequence[str], released: Sequence[HandedOut], here: Path) -> Shown:
        language = ask.language or language_of_the_system()
        exercise = next((each for each in released if each.slug == ask.slug), None)
        if exercise is None:
            slugs = ", ".join(dict.fromkeys(each.slug for each in released))
            words = message("learn.no_released_exercise", folder=here, slug=ask.slug, slugs=slugs)
            raise UserError.saying(words)
        runner = self._runner_for(ask.isolation or Isolation.SANDBOX)
        public = runner.report_on(exercise, cells, language)
        return shown_public(public, notes=[message("learn.teachers_checks").text(language)])

    def _runner_for(self, isolation: Isolation) -> PublicRunner:
        from grader.learn.public_tests import PublicRunner  # noqa: PLC0415 - imports torch, and few work in a release

        if self._runner is None or self._runner.isolation is not isolation:
            if self._runner is not None:
                self._runner.close()
            self._runner = PublicRunner(isolation)
        return self._runner


@cache
def desk() -> Desk:
    """Return the one desk of this process."""
    return Desk()
