"""The traceback of a cell as its author shall read it: without the frames of IPython and of the grader.

Files of libraries are named as they are imported, so that no folder of this machine is told.
"""

from __future__ import annotations

import codeop
import os
import sys
import traceback
from collections.abc import Iterator

import IPython

from grader.protocol.outputs import Failed
from grader.sandbox.observation import said

MOST_FRAMES = 50
MOST_CAUSES = 10
MACHINERY = (*(os.path.dirname(file) + os.sep for file in (IPython.__file__, __file__)), codeop.__file__)  # noqa: PTH120


def failure(problem: BaseException) -> Failed:
    """Return what ended a cell, as it is put out."""
    name = type(problem).__name__
    try:
        text = "".join(rendered(problem))
    except Exception:  # noqa: BLE001 - an exception may be made so that it can't be shown
        text = f"{name}: {said(problem)}"
    return Failed(name, said(problem), text.rstrip("\n"))


def rendered(problem: BaseException) -> Iterator[str]:
    """Return the parts of a traceback."""
    whole = traceback.TracebackException.from_exception(problem, limit=-MOST_FRAMES, compact=True)
    for part in linked(whole):
        frames = [frame for frame in part.stack if not frame.filename.startswith(MACHINERY)]
        for frame in frames:
            frame.filename = short(frame.filename)
        part.stack = traceback.StackSummary.from_list(frames)
    return whole.format()


def linked(whole: traceback.TracebackException) -> list[traceback.TracebackException]:
    """Return an exception and those that led to it."""
    found: list[traceback.TracebackException] = []
    pending = [whole]
    while pending and len(found) < MOST_CAUSES:
        part = pending.pop()
        found.append(part)
        group = getattr(part, "exceptions", None) or ()
        pending += [each for each in (part.__cause__, part.__context__, *group) if each is not None]
    return found


def short(filename: str) -> str:
    """Return a file's name without the folder from which it is imported."""
    for folder in sorted(sys.path, key=len, reverse=True):
        if folder and filename.startswith(f"{folder}{os.sep}"):
            return filename[len(folder) + 1 :]
    return filename
