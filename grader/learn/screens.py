"""What the loop looks like: its states as Rich renderables for 60 columns and more, readable without colour.

Owns the look alone. Reads the READMEs of the course; every other word comes from the state and `wording/learn.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.text import Text

from grader.catalogue.release import READMES, given_text
from grader.learn.loop import State, View
from grader.learn.outline import Lesson, Outline, units_of
from grader.learn.progress import Progress
from grader.learn.readme import readme
from grader.learn.workspace import Workspace
from grader.reports.terminal import section
from grader.reports.words import Words, number
from grader.results.report import ExerciseReport
from grader.results.verdicts import Verdict
from grader.wording.message import message

PASSED, TRIED, OPEN = "✓", "◐", "·"
AROUND_LIST = 6
"""Lines that the list's screen needs beside the list."""
FEWEST_LINES = 5
DIFFERENCE_STYLES = {"+": "green", "-": "red", "@": "cyan"}


@dataclass(frozen=True)
class Screens:
    """Shows the loop's states in a workspace's language."""

    workspace: Workspace

    def say(self, key: str, /, **params: Any) -> str:
        """Return the words `learn.<key>`."""
        return message(f"learn.{key}", **params).text(self.workspace.language)

    def screen(self, state: State, height: int) -> RenderableType:
        """Return what a state looks like on a terminal of `height` lines."""
        return Group(*self.body(state, height), *self._foot(state))

    def body(self, state: State, height: int | None = None) -> Iterator[RenderableType]:
        """Yield what a state shows, without the keys."""
        match state.view:
            case View.LIST:
                yield from self.list_lines(state.outline, state.progress, state.cursor, height)
            case View.HELP:
                yield Text(self.say("help"))
            case View.SOLUTION:
                yield from self.solution(state.difference)
            case View.VERDICT if state.report:
                yield from self.head(state.lesson, state.outline)
                yield from self.verdict(state, state.report)
                yield from self.hints(state)
            case _:
                yield from self.task(state.lesson, state.outline)
                yield from self.hints(state)
                yield Text(f"\n{self.say('write_here', file=state.lesson.file)}", style="bold")

    def head(self, lesson: Lesson, outline: Outline) -> Iterator[RenderableType]:
        """Yield the lines that name the exercise."""
        place = self.say("place", number=outline.index(lesson.slug) + 1, total=len(outline.lessons))
        points = self.say("points", points=number(lesson.points))
        yield Text(f"{place} · {lesson.slug} · {points} · {lesson.unit_title}", style="dim")

    def task(self, lesson: Lesson, outline: Outline) -> Iterator[RenderableType]:
        """Yield an exercise's README."""
        yield from self.head(lesson, outline)
        yield Text("")
        folder = self.workspace.exercise(lesson.slug).folder
        yield readme(given_text(folder / READMES[self.workspace.language]))

    def verdict(self, state: State, report: ExerciseReport) -> Iterator[RenderableType]:
        """Yield a verdict, and what to do now."""
        words = Words(self.workspace.language)
        if report.verdict is not Verdict.PASSED:
            yield from section(report, words)
            yield Text(f"\n{self.say('mend', file=state.lesson.file)}", style="bold")
            return
        yield Text(f"\n{PASSED} {self.say('passed', points=number(report.score))}", style="bold green")
        following = state.next_slug
        if following is None:
            yield Text(self.say("passed_all"), style="bold")
        else:
            yield Text(self.say("passed_next", title=state.outline.lesson(following).title))

    def hints(self, state: State) -> Iterator[RenderableType]:
        """Yield the hints that were read, once one was asked for."""
        if state.hints_shown:
            yield from self.read_hints(state.lesson, state.progress.of(state.slug).hints)

    def read_hints(self, lesson: Lesson, count: int) -> Iterator[RenderableType]:
        """Yield the first `count` hints of an exercise."""
        for index, hint in enumerate(lesson.hints[:count], 1):
            title = self.say("hint", number=index, total=len(lesson.hints))
            yield Panel(Text(hint), title=Text(title), title_align="left", border_style="yellow")

    def list_lines(
        self, outline: Outline, progress: Progress, cursor: int | None = None, height: int | None = None
    ) -> Iterator[RenderableType]:
        """Yield all exercises by unit with their progress; of `height` lines, those around the cursor."""
        rows, marked = list[Text](), 0
        for title, lessons in units_of(outline.lessons):
            rows.append(Text(title, style="bold"))
            for lesson in lessons:
                is_marked = cursor is not None and outline.lessons[cursor] == lesson
                marked = len(rows) if is_marked else marked
                rows.append(self.row(lesson, outline, progress, is_marked=is_marked))
        first, last = window(len(rows), marked, height)
        yield Text(self.say("where", passed=outline.passed(progress), total=len(outline.lessons)), style="bold")
        yield Text(self.say("more_above", number=first) if first else "", style="dim")
        yield from rows[first:last]
        if last < len(rows):
            yield Text(self.say("more_below", number=len(rows) - last), style="dim")
        yield Text(self.say("legend"), style="dim")

    def row(self, lesson: Lesson, outline: Outline, progress: Progress, *, is_marked: bool) -> Text:
        """Return one exercise's line, cut where the terminal is narrow."""
        standing = progress.of(lesson.slug)
        symbol = PASSED if standing.passed else TRIED if standing.tried else OPEN
        line = Text(f"{'>' if is_marked else ' '} {symbol} {lesson.slug}", no_wrap=True, overflow="ellipsis")
        line.append(f"  {lesson.title}", style="dim")
        missing = [need for need in lesson.needs if outline.has(need) and not progress.of(need).passed]
        if missing and not standing.passed:
            line.append(f"  {self.say('needs', names=' '.join(missing))}", style="yellow")
        return line

    def solution(self, difference: str) -> Iterator[RenderableType]:
        """Yield what parts the learner's file from the reference solution."""
        if not difference:
            yield Text(self.say("solution_same"))
            return
        yield Text(f"{self.say('solution_is')}\n", style="bold")
        for line in difference.splitlines()[2:]:
            yield Text(line, style=DIFFERENCE_STYLES.get(line[:1], ""))

    def _foot(self, state: State) -> Iterator[RenderableType]:
        """Yield what goes on, what was said once, and the keys."""
        if state.checking:
            yield Text(self.say("checking"), style="dim")
        if state.weaker:
            yield Text(self.say("weaker"), style="yellow")
        if state.notice:
            yield Text(state.notice.text(self.workspace.language), style="yellow")
        yield Rule(style="dim")
        keys = {View.LIST: "keys_list", View.HELP: "keys_back", View.SOLUTION: "keys_back"}.get(state.view, "keys")
        yield Text(self.say(keys), style="dim")

    def wait_for_enter(self, console: Console) -> None:
        """Wait until the learner has read what is there."""
        console.print(Padding(Text(self.say("press_enter"), style="dim"), (1, 0, 0, 0)))
        console.input()


def window(lines: int, marked: int, height: int | None) -> tuple[int, int]:
    """Return the first line that is shown and the one after the last: all, or as many as fit around the marked one."""
    room = lines if height is None else max(FEWEST_LINES, height - AROUND_LIST)
    first = max(0, min(marked - room // 2, lines - room))
    return first, min(first + room, lines)
