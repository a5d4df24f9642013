"""The loop of learning as a state machine: what happened goes in, the next state and what is to be done come out.

Owns what a save, a verdict or a failure leads to; what a key does is in `keys`. Pure: it reads no file, starts no
process and knows no terminal; `session` carries its effects out and `screens` shows its states.
"""

from __future__ import annotations

from dataclasses import replace

from grader.learn.events import (
    Check,
    Compared,
    Effect,
    Event,
    Failed,
    Judged,
    Opened,
    Pressed,
    Remember,
    Resumed,
    Saved,
    WasReset,
)
from grader.learn.keys import Step, go_to, pressed
from grader.learn.progress import Progress
from grader.learn.state import State, View
from grader.results.verdicts import Verdict
from grader.wording.message import message


def begin(state: State) -> Step:
    """Return the first state; its exercise is being checked already, which also warms the judge."""
    slug = state.slug

    def changed(progress: Progress) -> Progress:
        return progress.at(slug)

    return replace(state, progress=changed(state.progress)), (Remember(changed),)


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
            return replace(go_to(state, state.slug)[0], view=View.TASK, notice=words)
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
    if event.weaker and not state.weaker:  # said once; after that each report says it
        state = replace(state, weaker=True, notice=message("learn.weaker"))
    if not event.begun:  # the starter was judged to warm the judge; nobody needs to be told of it
        return replace(state, checking=False, is_warm=True), ()

    def changed(progress: Progress) -> Progress:
        return progress.judged(exercise.slug, points=exercise.score, passed=exercise.verdict is Verdict.PASSED)

    state = replace(state, progress=changed(state.progress), is_warm=True)
    if exercise.slug == state.slug:
        state = replace(state, report=event.report, checking=False, view=View.VERDICT, offset=0)
        state = replace(state, hints_shown=state.hints_shown and not state.has_just_passed)
    return state, (Remember(changed),)
