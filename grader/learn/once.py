"""The exercise that is due, or the verdict on it, without the loop."""

from __future__ import annotations

from dataclasses import replace

from rich.console import Group, RenderableType

from grader.learn import events, loop
from grader.learn.own_judge import OwnJudge
from grader.learn.progress import ProgressFile
from grader.learn.resume import first_state
from grader.learn.screens import Screens
from grader.learn.state import State, View
from grader.learn.targets import own
from grader.learn.workspace import Workspace


def once(workspace: Workspace, judge: OwnJudge) -> tuple[State, RenderableType]:
    """Return the exercise that is due and what to show of it: the task, or the verdict where it was begun."""
    kept = ProgressFile(workspace.state, workspace.language)
    state = replace(first_state(workspace, kept.read()), view=View.TASK)
    if state.slug in state.begun:
        report = judge.report_on([own(workspace, workspace.exercise(state.slug))])
        state, effects = loop.step(state, events.Judged(report, weaker=judge.is_weaker))
        for effect in effects:
            if isinstance(effect, events.Remember):
                kept.change(effect.changed)
    return state, Group(*Screens(workspace).body(state))
