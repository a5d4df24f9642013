"""The loop of learning as a state machine: what happened goes in, the next state and what is to be done come out.

Owns what each key does and what a save, a verdict or a failure leads to. Pure: it reads no file, starts no process and
knows no terminal; `session` carries its effects out and `screens` shows its states.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from grader.learn.outline import Lesson, Outline
from grader.learn.progress import Progress
from grader.results.report import Report
from grader.results.verdicts import Verdict
from grader.wording.message import Message, message


class View(StrEnum):
    """What fills the screen."""

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

    @property
    def next_slug(self) -> str | None:
        """Return the exercise that comes next, or None."""
        return self.outline.next_after(self.slug, self.progress)


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
    """The page of the last verdict was written to `path`, and opened where there is a browser."""

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
class Leave:
    """End the loop."""


Effect = Check | Remember | Reset | Compare | TakeQuiz | ShowPicture | Leave
Step = tuple[State, tuple[Effect, ...]]


def begin(state: State) -> Step:
    """Return the first state, and the check that warms the judge."""
    return go_to(state, state.slug)


def step(state: State, event: Event) -> Step:
    """Return the state after an event, and what is to be done."""
    match event:
        case Pressed(key, page):
            return pressed(replace(state, notice=None), key, page)
        case Saved():
            return saved(state, event)
        case Judged():
            return judged(state, event)
        case _:
            return answered(state, event), ()


def answered(state: State, event: Failed | Compared | WasReset | Opened | Resumed) -> State:
    """Return the state after something that was asked for was done, or could not be done."""
    match event:
        case Failed(problem):
            return replace(state, checking=False, notice=message("learn.problem", problem=problem))
        case Compared(difference):
            return replace(state, view=View.SOLUTION, difference=difference, offset=0)
        case Opened(path):
            return replace(state, notice=message("learn.picture_at", path=path))
        case WasReset(copy):
            words = message("learn.was_reset", copy=copy) if copy else message("learn.was_reset_alone")
            state = replace(state, begun=state.begun - {state.slug})
            return replace(go_to(state, state.slug)[0], notice=words)
    return state


def saved(state: State, event: Saved) -> Step:
    """Return what a saved file leads to: it is judged, and its exercise is the one worked on from now on.

    A starter that was put back is no answer: it is not judged.
    """
    if not event.begun:
        return replace(state, begun=state.begun - {event.slug}), ()
    state = replace(state, begun=state.begun | {event.slug}, notice=message("learn.unseen") if event.unseen else None)
    effects: tuple[Effect, ...] = (Check(event.slug),)
    if event.slug != state.slug:
        state, effects = go_to(state, event.slug)
    return replace(state, checking=True), effects


def judged(state: State, event: Judged) -> Step:
    """Return what a verdict leads to; one on an exercise that was left meanwhile is kept in the progress alone."""
    (exercise,) = event.report.exercises
    if not event.begun:  # the starter was judged to warm the judge; nobody needs to be told of it
        return replace(state, checking=False, weaker=event.weaker, is_warm=True), ()

    def changed(progress: Progress) -> Progress:
        return progress.judged(exercise.slug, points=exercise.score, passed=exercise.verdict is Verdict.PASSED)

    state = replace(state, progress=changed(state.progress), weaker=event.weaker, is_warm=True)
    if exercise.slug == state.slug:
        state = replace(state, report=event.report, checking=False, view=View.VERDICT, offset=0)
    return state, (Remember(changed),)


def go_to(state: State, slug: str) -> Step:
    """Return the state that shows an exercise, whose file is checked if it was begun, and to warm the judge."""

    def changed(progress: Progress) -> Progress:
        return progress.at(slug)

    state = replace(
        state,
        slug=slug,
        view=View.TASK,
        report=None,
        checking=slug in state.begun,
        hints_shown=False,
        progress=changed(state.progress),
        cursor=state.outline.index(slug),
        offset=0,
    )
    return state, (Remember(changed), Check(slug))


def pressed(state: State, key: str, page: int) -> Step:
    """Return what a key leads to."""
    if state.view is View.LIST and (answer := in_list(state, key)):
        return answer
    lines = {"up": -1, "k": -1, "down": 1, "j": 1, "space": page, "b": -page}.get(key)
    if lines is not None:
        return replace(state, offset=max(0, state.offset + lines)), ()
    return KEYS[key](state) if key in KEYS else (state, ())


def in_list(state: State, key: str) -> Step | None:
    """Return what a key of the list leads to, or None for one that means the same everywhere."""
    moved = {"up": -1, "k": -1, "down": 1, "j": 1}.get(key)
    if moved is not None:
        return replace(state, cursor=max(0, min(state.cursor + moved, len(state.outline.lessons) - 1))), ()
    if key == "enter":
        return go_to(state, state.outline.lessons[state.cursor].slug)
    if key in ("l", "escape"):
        return back(state)
    return None


def back(state: State) -> Step:
    """Return to the verdict, or to the task where there is none yet."""
    return replace(state, view=View.VERDICT if state.report else View.TASK, hints_shown=False, offset=0), ()


def show_hint(state: State) -> Step:
    """Show the next hint, below those that were read before."""
    lesson, standing = state.lesson, state.progress.of(state.slug)
    view = state.view if state.view in (View.TASK, View.VERDICT) else View.TASK
    state = replace(state, hints_shown=True, view=view, offset=0)
    if standing.hints >= len(lesson.hints):
        return replace(state, notice=message("learn.no_more_hints")), ()
    slug, most = state.slug, len(lesson.hints)

    def changed(progress: Progress) -> Progress:
        return progress.with_hint(slug, most)

    return replace(state, progress=changed(state.progress)), (Remember(changed),)


def show_next(state: State) -> Step:
    """Go to the next exercise that was not passed."""
    following = state.next_slug
    if following is None:
        return replace(state, notice=message("learn.nothing_next")), ()
    return go_to(state, following)


def show_solution(state: State) -> Step:
    """Ask for the difference from the reference solution, once the exercise was passed."""
    if not state.is_passed:
        return replace(state, notice=message("learn.solution_later")), ()
    return state, (Compare(state.slug),)


def take_quiz(state: State) -> Step:
    """Ask the quiz of the unit."""
    if not state.lesson.unit_has_quiz:
        return replace(state, notice=message("learn.no_quiz")), ()
    return state, (TakeQuiz(state.lesson.unit),)


def show_picture(state: State) -> Step:
    """Open the page with the last verdict's picture."""
    if state.report is None:
        return replace(state, notice=message("learn.no_picture")), ()
    return state, (ShowPicture(state.slug),)


def reset(state: State) -> Step:
    """Put the starter back."""
    return state, (Reset(state.slug),)


def show_list(state: State) -> Step:
    """Show every exercise, the current one marked."""
    return replace(state, view=View.LIST, cursor=state.outline.index(state.slug)), ()


def show_task(state: State) -> Step:
    """Show the README again."""
    return replace(state, view=View.TASK, hints_shown=False, offset=0), ()


def show_help(state: State) -> Step:
    """Show what each key does."""
    return replace(state, view=View.HELP, offset=0), ()


def check_again(state: State) -> Step:
    """Judge the file as it is now, though nobody saved it."""
    return replace(state, checking=True), (Check(state.slug),)


def leave(state: State) -> Step:
    """End the loop."""
    return state, (Leave(),)


KEYS: Mapping[str, Callable[[State], Step]] = MappingProxyType(
    {
        "h": show_hint,
        "n": show_next,
        "l": show_list,
        "t": show_task,
        "c": check_again,
        "r": reset,
        "s": show_solution,
        "q": take_quiz,
        "p": show_picture,
        "?": show_help,
        "enter": back,
        "escape": back,
        "x": leave,
        "leave": leave,
    }
)
