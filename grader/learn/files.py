"""The learner's file beside the starter and the reference solution: begun or not, put back, compared.

Owns the copies that are kept. Judges nothing.
"""

from __future__ import annotations

import difflib
from datetime import datetime
from pathlib import Path

from grader.atomic import disk_errors, write_whole
from grader.catalogue.exercise import Exercise
from grader.catalogue.rules import CANARY
from grader.learn.workspace import Workspace

COPIES = "copies"


def is_begun(workspace: Workspace, exercise: Exercise) -> bool:
    """Whether the file of an exercise is there and differs from the starter; in the course itself, it never does."""
    try:
        return workspace.file(exercise).read_bytes() != exercise.starter.read_bytes()
    except OSError:
        return False


def put_back(workspace: Workspace, exercise: Exercise, now: datetime) -> str | None:
    """Put a starter back; return where the learner's file was kept, or None where there was nothing to keep."""
    path, copy = workspace.file(exercise), None
    if is_begun(workspace, exercise):
        place = workspace.state / COPIES / f"{exercise.slug}.{now:%Y-%m-%d.%H-%M-%S}.py"
        with disk_errors(place):
            write_whole(place, path.read_bytes())
        copy = workspace.shown(place)
    write_whole(path, exercise.starter.read_bytes())
    return copy


def difference(workspace: Workspace, exercise: Exercise) -> str:
    """Return what parts the learner's file from the reference solution, line by line; empty where nothing does."""
    mine = lines_of(workspace.file(exercise))
    theirs = [line for line in lines_of(exercise.solution) if line != CANARY]
    return "\n".join(difflib.unified_diff(mine, theirs, lineterm=""))


def lines_of(path: Path) -> list[str]:
    """Return the lines of a text file, whatever it holds."""
    with disk_errors(path):
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
