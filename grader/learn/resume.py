"""Where a learner begins, or goes on after a while."""

from __future__ import annotations

from dataclasses import replace

from grader.learn.files import is_begun
from grader.learn.outline import outline_of
from grader.learn.progress import Progress
from grader.learn.state import State
from grader.learn.workspace import Workspace


def first_state(workspace: Workspace, progress: Progress) -> State:
    """Return the state of a learner who begins, or goes on, with the exercise that is due."""
    outline = outline_of(workspace.course, workspace.language)
    begun = frozenset(each.slug for each in workspace.course.exercises if is_begun(workspace, each))
    slug = outline.where(progress) or outline.lessons[0].slug
    state = State(outline, progress, slug, begun=begun, checking=slug in begun)
    return replace(state, view=state.first_view(slug))
