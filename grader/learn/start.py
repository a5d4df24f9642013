"""Making a learner's own folder, and bringing an older one up to date without touching anything edited.

Owns what is written there and the record of it. What a course gives to students is the release's list of names.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.atomic import disk_errors, write_whole
from grader.catalogue.course import CONFIG, Course, find_course
from grader.catalogue.own_folder import (
    OWN_FOLDER,
    course_behind,
    own_folder_above,
    own_folder_text,
    place_in,
    read_own_folder,
)
from grader.catalogue.release import folder_release, with_exercises
from grader.catalogue.shipped import shipped_course
from grader.errors import UserError
from grader.learn.progress import PRIVATE
from grader.learn.workspace import STATE, is_anywhere, language_of_the_system
from grader.results.report import Language
from grader.wording.message import message

GIVEN = "given.json"


@dataclass(frozen=True)
class Started:
    """What `start` did, by the files' names in the folder."""

    added: tuple[str, ...]
    renewed: tuple[str, ...]
    """Files of the course that changed, and that nobody had edited."""
    kept: tuple[str, ...]
    """Edited files, left as they are, of which the course has another version by now."""
    is_new: bool


def folder_to_start(here: Path, named: Path | None, usual: Path) -> Path:
    """Return the folder that is meant: the one that was named, the learner's own around here, or the usual one."""
    if named is not None:
        return Path(os.path.normpath(here / named))
    return own_folder_above(here) or here / usual


def course_for(folder: Path, here: Path, named: Path | None, language: Language | None) -> Path:
    """Return the course of a learner's folder: the one that was named, the folder's own, or the one around here."""
    if named is not None:
        return find_course(named.absolute())
    if (folder / OWN_FOLDER).is_file():
        return course_behind(folder)
    if not is_anywhere(here) and shipped_course() is None:
        raise UserError(message("learn.nowhere").text(language or language_of_the_system()))
    return find_course(here)


def start_in(course: Course, folder: Path, language: Language | None) -> Started:
    """Write the exercises of a course into `folder`; UserError for a folder that is the course's own."""
    if folder == course.root or folder.is_relative_to(course.root / "exercises") or (folder / CONFIG).is_file():
        raise UserError(message("learn.start_in_course", folder=folder).text(language or course.config.language))
    files = folder_release(course, with_exercises(course, ()))
    is_new = not (folder / OWN_FOLDER).is_file()
    record = folder / STATE / GIVEN
    given = read_given(record)
    started = sorted_out(files, folder, given, is_new=is_new)
    with disk_errors(folder):
        (folder / STATE).mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    for name in (*started.added, *started.renewed):
        write_whole(folder / name, files[name])
    now = {name: digest(content) for name, content in files.items() if name not in started.kept}
    write_whole(record, (json.dumps({"version": 1, "files": {**given, **now}}, indent=1) + "\n").encode())
    sheet = None if is_new else read_own_folder(folder)
    if sheet is None or course.place != place_in(sheet, folder):
        chosen = language or (sheet.language if sheet else None)
        write_whole(folder / OWN_FOLDER, own_folder_text(folder, course.place, chosen).encode())
    return started


def sorted_out(files: Mapping[str, bytes], folder: Path, given: Mapping[str, str], *, is_new: bool) -> Started:
    """Return what is to be done with each file of a release."""
    added, renewed, kept = list[str](), list[str](), list[str]()
    for name, content in files.items():
        here = content_of(folder / name)
        if here is None:
            added.append(name)
        elif here == content:
            continue
        elif given.get(name) == digest(here):
            renewed.append(name)
        elif given.get(name) != digest(content):
            kept.append(name)
    return Started(tuple(added), tuple(renewed), tuple(kept), is_new)


def content_of(path: Path) -> bytes | None:
    """Return a file's content, or None where nothing has its name."""
    with disk_errors(path):
        return path.read_bytes() if os.path.lexists(path) else None


def digest(content: bytes) -> str:
    """Return the digest by which an unedited file is told."""
    return hashlib.sha256(content).hexdigest()


def read_given(path: Path) -> Mapping[str, str]:
    """Return the digests of what was written before; a record that can't be read counts every file as edited."""
    try:
        files = json.loads(path.read_bytes())["files"]
        return {str(name): str(value) for name, value in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
