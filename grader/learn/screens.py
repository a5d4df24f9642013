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
from rich.segment import Segment, Segments
from rich.text import Text

from grader.catalogue.exercise import READMES
from grader.catalogue.introduction import DRAWING, introduction_of
from grader.catalogue.release import given_text
from grader.learn.outline import Lesson, Outline, units_of
from grader.learn.progress import Progress
from grader.learn.readme import readme
from grader.learn.state import State, View
from grader.learn.workspace import Workspace
from grader.reports.feedback import Prose, feedback
from grader.reports.words import number
from grader.results.report import Report

PASSED, TRIED, OPEN = "✓", "◐", "·"
FEWEST_LINES = 5
DIFFERENCE_STYLES = {"+": "green", "-": "red", "@": "cyan"}
KEYS_OF = {View.LIST: "list", View.HELP: "back", View.SOLUTION: "back", View.INTRODUCTION: "introduction"}


@dataclass(frozen=True)
class Screen:
    """A whole screen."""

    shown: RenderableType
    offset: int
    """How many lines of its body lie above: as many as asked for, if there are so many."""
    page: int
    """How many lines of its body are seen."""


@dataclass(frozen=True)
class Screens:
    """Shows the loop's states in a workspace's language."""

    workspace: Workspace

    def say(self, key: str, /, **params: Any) -> str:
        """Return the words `learn.<key>`."""
        return self.workspace.say(key, **params)

    def screen(self, state: State, console: Console) -> Screen:
        """Return what a state looks like: as much of its body as there is room for, and always the keys."""
        wide = console.options.update(height=None)
        foot = console.render_lines(Group(*self.foot(state)), wide, pad=False)
        body = console.render_lines(Group(*self.body(state)), wide, pad=False)
        page = max(FEWEST_LINES, console.height - len(foot) - 1)
        offset = min(state.offset, max(0, len(body) - page))
        if state.view is View.LIST:
            offset = offset_of(self.marked_line(state), len(body), page)
        below = len(body) - offset - page
        words = self.say("below", number=below) if below > 0 else self.say("above") if offset else ""
        scroll = console.render_lines(Text(words, style="dim"), wide, pad=False)
        return Screen(Segments(joined([*body[offset : offset + page], *scroll, *foot])), offset, page)

    def body(self, state: State) -> Iterator[RenderableType]:
        """Yield what a state shows, without the keys."""
        match state.view:
            case View.LIST:
                yield from self.list_lines(state.outline, state.progress, cursor=state.cursor)
            case View.HELP:
                yield Text(self.say("help"))
            case View.SOLUTION:
                yield from self.solution(state.difference)
            case View.INTRODUCTION:
                units = list(dict.fromkeys(each.unit for each in state.outline.lessons))
                place = units.index(state.lesson.unit) + 1
                yield Text(self.say("introduction_to", number=place, total=len(units)), style="dim")
                yield Text("")
                yield from self.introduction(state.lesson.unit)
            case View.VERDICT if state.report:
                yield from self.head(state.lesson, state.outline)
                yield from self.hints(state)
                yield from self.verdict(state, state.report)
            case _:
                yield from self.head(state.lesson, state.outline)
                yield from self.hints(state)
                yield from self.task(state.lesson)

    def head(self, lesson: Lesson, outline: Outline) -> Iterator[RenderableType]:
        """Yield the line that names the exercise."""
        place = self.say("place", number=outline.index(lesson.slug) + 1, total=len(outline.lessons))
        points = self.say("points", points=number(lesson.points))
        yield Text(f"{place} · {lesson.slug} · {points}", style="dim")

    def task(self, lesson: Lesson) -> Iterator[RenderableType]:
        """Yield an exercise's README."""
        folder = self.workspace.exercise(lesson.slug).folder
        yield Text("")
        yield readme(given_text(folder / READMES[self.workspace.language]))

    def introduction(self, unit: str) -> Iterator[RenderableType]:
        """Yield the introduction to a unit; nothing for a unit without one."""
        course, language = self.workspace.course, self.workspace.language
        if page := introduction_of(course, unit, language):
            graph = self.workspace.shown(self.workspace.graph(unit))
            yield readme(DRAWING.sub(lambda found: self.say("drawing", words=found[1], file=graph), given_text(page)))

    def verdict(self, state: State, report: Report) -> Iterator[RenderableType]:
        """Yield a verdict; one that passed takes a line, and says what is next."""
        if not state.has_just_passed:
            hidden = tuple(each.model_copy(update={"hint": ""}) for each in report.exercises)
            hintless = report.model_copy(update={"exercises": hidden})  # here, hints come by a key
            yield feedback(hintless, with_sum=False)
            return
        yield Text(f"\n{PASSED} {self.say('passed', points=number(report.score))}", style="bold green")
        following = state.next_slug
        if following is None:
            yield Text(self.say("passed_all"), style="bold")
        else:
            yield Prose(self.say("passed_next", title=state.outline.lesson(following).title))
        if state.lesson.unit_has_quiz and state.outline.is_unit_passed(state.lesson.unit, state.progress):
            yield Prose(self.say("passed_unit", title=state.lesson.unit_title))

    def hints(self, state: State) -> Iterator[RenderableType]:
        """Yield the hints that were read, once one was asked for."""
        if state.hints_shown:
            yield from self.read_hints(state.lesson, state.progress.of(state.slug).hints)

    def read_hints(self, lesson: Lesson, count: int) -> Iterator[RenderableType]:
        """Yield the first `count` hints of an exercise."""
        for index, hint in enumerate(lesson.hints[:count], 1):
            title = self.say("hint", number=index, total=len(lesson.hints))
            yield Panel(Prose(hint), title=Text(title), title_align="left", border_style="yellow")

    def list_lines(self, outline: Outline, progress: Progress, *, cursor: int | None = None) -> Iterator[Text]:
        """Yield all exercises by unit with their progress; without a cursor, also what each still needs."""
        passed = self.say("where", passed=outline.passed(progress), total=len(outline.lessons))
        yield Text(f"{passed}   {self.say('legend')}", style="dim", no_wrap=True, overflow="ellipsis")
        for title, lessons in units_of(outline.lessons):
            yield Text(title, style="bold", no_wrap=True, overflow="ellipsis")
            for lesson in lessons:
                is_marked = cursor is not None and outline.lessons[cursor] == lesson
                yield self.row(lesson, progress, is_marked=is_marked)
                missing = outline.missing(lesson, progress)
                if missing and cursor is None:
                    yield Text(f"      {self.say('needs', names=' '.join(missing))}", style="dim")

    def row(self, lesson: Lesson, progress: Progress, *, is_marked: bool) -> Text:
        """Return one exercise's line, cut where the terminal is narrow."""
        standing = progress.of(lesson.slug)
        symbol = PASSED if standing.passed else TRIED if standing.tried else OPEN
        line = Text(f"{'>' if is_marked else ' '} {symbol} {lesson.slug}", no_wrap=True, overflow="ellipsis")
        line.append(f"  {lesson.title}", style="dim")
        return line

    def marked_line(self, state: State) -> int:
        """Return the line of the list that the cursor is on: the head, and a title above each unit."""
        lessons = state.outline.lessons[: state.cursor + 1]
        return len(lessons) + len({each.unit for each in lessons})

    def solution(self, difference: str) -> Iterator[RenderableType]:
        """Yield what parts the learner's file from the reference solution."""
        if not difference:
            yield Text(self.say("solution_same"))
            return
        yield Text(f"{self.say('solution_is')}\n", style="bold")
        for line in difference.splitlines()[2:]:
            yield Text(line, style=DIFFERENCE_STYLES.get(line[:1], ""))

    def foot(self, state: State) -> Iterator[RenderableType]:
        """Yield what to do, what goes on, what was said once, and the keys."""
        yield Rule(style="dim")
        if state.notice:
            yield Prose(state.notice.text(self.workspace.language), "yellow")
        yield from self.to_do(state)
        yield Text(self.say(f"keys_{KEYS_OF.get(state.view, 'main')}"), style="dim")

    def to_do(self, state: State) -> Iterator[RenderableType]:
        """Yield one line: what is being waited for, or what to do now."""
        if state.view is View.LIST:
            missing = state.outline.missing(state.outline.lessons[state.cursor], state.progress)
            yield Prose(self.say("needs", names=" ".join(missing)) if missing else self.say("ready_for"))
        elif state.checking:
            yield Prose(self.say("checking" if state.is_warm else "warming"), "bold")
        elif state.view is View.TASK:
            yield Prose(self.say("write_here", file=state.lesson.file), "bold")
        elif state.view is View.VERDICT and not state.has_just_passed:
            yield Prose(self.say("mend", file=state.lesson.file), "bold")

    def wait_for_enter(self, console: Console) -> None:
        """Wait until the learner has read what is there."""
        console.print(Padding(Text(self.say("press_enter"), style="dim"), (1, 0, 0, 0)))
        console.input()


def joined(lines: list[list[Segment]]) -> list[Segment]:
    """Return lines as one, with line ends between them and none after the last, which would scroll the screen."""
    with_ends = [[*line, Segment.line()] for line in lines]
    return [segment for line in with_ends for segment in line][:-1]


def offset_of(marked: int, lines: int, page: int) -> int:
    """Return the first line that is shown, so that the marked one is in the middle as far as the ends allow."""
    return max(0, min(marked - page // 2, lines - page))
