"""Keeping in a learner's progress what a report says."""

from __future__ import annotations

from collections.abc import Collection

from grader.learn.outline import outline_of
from grader.learn.progress import Progress, ProgressFile
from grader.learn.workspace import Workspace
from grader.results.report import Report


def keep(space: Workspace, own: Collection[str], report: Report) -> str:
    """Keep what exercises of the learner's own folder came to; return the title of the one to go on with, or nothing.

    `own` are the slugs of those in the report whose answers are the folder's own; in the course itself nothing is kept.
    """
    if not own or not space.is_own:
        return ""

    def changed(progress: Progress) -> Progress:
        for each in report.exercises:
            if each.slug in own:
                progress = progress.judged(each.slug, points=each.score, passed=each.verdict == "passed")
        return progress

    outline = outline_of(space.course, space.language)
    following = outline.where(ProgressFile(space.state, space.language).change(changed))
    return outline.lesson(following).title if following else ""
