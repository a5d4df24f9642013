"""`learn.yaml` marks a folder as a learner's own and names the course that its exercises were copied from.

Owns the file's form and where it leads. Knows nothing of exercises.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import Field

from grader.catalogue.shipped import NAME, is_shipped, shipped_place
from grader.errors import UserError
from grader.wording.message import message
from grader.yamlfile import Frozen, load_yaml

OWN_FOLDER = "learn.yaml"
HEAD = "# This folder is your own: the exercises in it are copies. The course itself stays as it is.\n"


class OwnFolder(Frozen):
    """The whole of `learn.yaml`."""

    version: Literal[1] = 1
    course: Annotated[str, Field(min_length=1)]
    """Where the course lies: a path, absolute or from this file's folder on, or the installed course's name."""
    language: Literal["en", "zh"] | None = None
    """What the learner reads; None for the course's own language."""


def read_own_folder(root: Path) -> OwnFolder:
    """Return what the `learn.yaml` in `root` says; ContentError for a broken one."""
    return load_yaml(root / OWN_FOLDER, OwnFolder)


def own_folder_text(root: Path, course: Path, language: Literal["en", "zh"] | None) -> str:
    """Return the text of the `learn.yaml` of `root`; a course around the folder is named by the way to it."""
    is_around = root.is_relative_to(course if course.is_dir() else course.parent)
    place = os.path.relpath(course, root) if is_around else NAME if is_shipped(course) else str(course)
    sheet = OwnFolder(course=place, language=language)
    return HEAD + str(yaml.safe_dump(sheet.model_dump(exclude_none=True), allow_unicode=True, sort_keys=False))


def course_behind(root: Path) -> Path:
    """Return where the course of a learner's own folder lies; UserError where nothing is there any more."""
    sheet = read_own_folder(root)
    place = place_in(sheet, root)
    if not place.exists():
        words = message("learn.course_gone", file=root / OWN_FOLDER, course=place)
        raise UserError(words.text(sheet.language or "en"))
    return place


def place_in(sheet: OwnFolder, root: Path) -> Path:
    """Return where the `learn.yaml` in `root` says that the course lies."""
    return shipped_place() if sheet.course == NAME else Path(os.path.normpath(root / sheet.course))


def own_folder_above(start: Path) -> Path | None:
    """Return the nearest learner's own folder at or above `start`, or None."""
    return next((each for each in (start, *start.parents) if (each / OWN_FOLDER).is_file()), None)
