"""The code cells that ran in a notebook's kernel, as a submission.

Owns that they are read within the limits of any notebook, and that the student's own modules beside it come along.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from grader.catalogue.exercise import Exercise
from grader.errors import UserError
from grader.judge.wanted import wanted_of
from grader.learn.targets import Target, is_module
from grader.learn.workspace import Workspace
from grader.submissions.downloads import Part
from grader.submissions.entries import Entry
from grader.submissions.intake import read_submission
from grader.submissions.place import OnDisk
from grader.submissions.source import defines_any
from grader.submissions.submission import Submission
from grader.submissions.wanted import Wanted

TOO_MUCH = frozenset({"submissions.too_many_cells", "submissions.notebook_code_too_large"})


def cells_target(space: Workspace, exercise: Exercise, cells: Sequence[str], here: Path) -> Target:
    """Return the cells as something to check; UserError where they define nothing that the exercise asks for."""
    beside = [path for path in sorted(here.glob("*.py")) if is_module(path, exercise)]
    wanted = wanted_of(space.course, [exercise])
    submission = read_cells(
        space.root.name if space.is_own else "notebook", exercise.slug, cells, wanted, beside=beside
    )
    names = exercise.sheet.entry_points
    if problem := submission.problem or submission.problems.get(exercise.slug):
        raise space.refusal("too_much_ran") if problem.key in TOO_MUCH else UserError(problem.text(space.language))
    if not defines_any(submission.files[exercise.slug].python, names):
        raise space.refusal("no_cell_defines", names=", ".join(names))
    return Target(lambda: submission, (exercise.slug,), exercise)


def read_cells(
    student: str, slug: str, cells: Sequence[str], wanted: Wanted, *, beside: Sequence[Path] = ()
) -> Submission:
    """Return code cells as one student's notebook; it lies in a folder of its own while it is read."""
    with tempfile.TemporaryDirectory(prefix="grader-") as name:
        path = Path(name).resolve() / f"{slug}.ipynb"
        path.write_bytes(notebook_of(cells))
        parts = tuple(Part(OnDisk(each)) for each in (path, *beside))
        return read_submission(Entry(student, path, parts=parts), wanted)


def notebook_of(cells: Sequence[str]) -> bytes:
    """Return a notebook that holds some code cells and nothing else."""
    made = [{"cell_type": "code", "source": source, "metadata": {}, "outputs": []} for source in cells]
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": made}).encode()
