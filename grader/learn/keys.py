"""What each key of the loop does, and going from one exercise to another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from grader.learn.events import Check, Compare, Effect, Leave, Remember, Reset, ShowDrawing, ShowPicture, TakeQuiz
from grader.learn.progress import Progress
from grader.learn.state import State, View
from grader.wording.message import message

Step = tuple[State, tuple[Effect, ...]]
"""The state after something, and what is to be done."""


def go_to(state: State, slug: str) -> Step:
    """Return the state that shows an exercise, whose file is checked if it was begun, and to warm the judge."""

    def changed(progress: Progress) -> Progress:
        return progress.at(slug)

    state = replace(
        state,
        slug=slug,
        view=state.first_view(slug),
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
    """Open the drawing of the introduction that is shown, or the page with the last verdict's picture."""
    if state.view is View.INTRODUCTION:
        return state, (ShowDrawing(state.lesson.unit),)
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


def show_introduction(state: State) -> Step:
    """Show the introduction to the unit."""
    if not state.lesson.unit_has_introduction:
        return replace(state, notice=message("learn.no_introduction")), ()
    return replace(state, view=View.INTRODUCTION, offset=0), ()


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
        "i": show_introduction,
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
