"""Where a learner begins or goes on, and a look at it without the loop."""

from __future__ import annotations

from rich.console import Group, RenderableType

from grader.learn import events, loop
from grader.learn.files import is_begun
from grader.learn.outline import outline_of
from grader.learn.own_judge import OwnJudge
from grader.learn.progress import Progress, ProgressFile
from grader.learn.screens import Screens
from grader.learn.state import State
from grader.learn.targets import own
from grader.learn.workspace import Workspace


def first_state(workspace: Workspace, progress: Progress) -> State:
    """Return the state of a learner who begins, or goes on, with the exercise that is due."""
    outline = outline_of(workspace.course, workspace.language)
    begun = frozenset(each.slug for each in workspace.course.exercises if is_begun(workspace, each))
    return State(outline, progress, outline.where(progress) or outline.lessons[0].slug, begun=begun)


def once(workspace: Workspace, judge: OwnJudge) -> tuple[State, RenderableType]:
    """Return the exercise that is due and what to show of it: the task, or the verdict where it was begun."""
    kept = ProgressFile(workspace.state, workspace.language)
    state = first_state(workspace, kept.read())
    if state.slug in state.begun:
        report = judge.report_on([own(workspace, workspace.exercise(state.slug))])
        state, effects = loop.step(state, events.Judged(report, weaker=judge.is_weaker))
        for effect in effects:
            if isinstance(effect, events.Remember):
                kept.change(effect.changed)
    return state, Group(*Screens(workspace).body(state))
