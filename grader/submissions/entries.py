"""Whose submissions a path holds.

Owns the telling apart of a class's folder from one student's work, and the students' names. Reads no file.
A class's folder is the instructor's and may be a link; what lies in it is the students' and may not.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from grader.errors import UserError
from grader.submissions.names import (
    ARCHIVES,
    SOURCES,
    is_answer_sheet,
    is_hidden,
    shown,
    stem_of,
    suffix_of,
    unique_names,
)
from grader.submissions.refusal import reason
from grader.wording.message import Message

ACCEPTED = ", ".join(SOURCES + ARCHIVES)


@dataclass(frozen=True)
class Entry:
    """One student's submission, not read yet."""

    student: str
    """Unique in its class and fit for the name of a folder."""
    path: Path
    """Absolute; its last part may be anything, a link included."""
    problem: Message | None = None
    """Why there is nothing to read, or None."""


def entries(path: Path, *, slugs: Collection[str], single: bool = False) -> tuple[Entry, ...]:
    """Return the submissions that `path` holds, sorted by student.

    A file is one submission. A folder is a class with an entry for each student, unless `single` is given or
    the folder directly holds quiz answers, or a file or folder named as one of `slugs`: then it is one student's.
    By `single` the caller also vouches for a folder that is a link.

    Raises UserError if there is no such path, it can't be read, or it can't be a submission.
    """
    place = (path if path.name not in {"", ".."} else path.resolve()).absolute()
    if not _is_folder(place):
        if not suffix_of(place.name, SOURCES + ARCHIVES):
            raise UserError(f"{path} is no submission: give a folder or a file ending in {ACCEPTED}")
        return (_lone(place, stem_of(place.name)),)
    found = {} if single else _listed(place)
    if single or any(stem_of(name) in slugs or is_answer_sheet(name) for name in found):
        return (_lone(place.resolve() if single else place, place.name),)
    if not found:
        raise UserError(f"{path} holds no submissions: put a folder or a file ending in {ACCEPTED} in it per student")
    return _class(place, found)


def _is_folder(path: Path) -> bool:
    """Say whether a path of the user's is a folder and not a file; it may be nothing else."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        if path.is_symlink():  # a broken or circular link, which reading refuses as what it is
            return False
        detail = getattr(error, "strerror", None) or error
        raise UserError(f"no submission can be read at {path} ({detail}): check the path and your rights") from error
    if not (stat.S_ISDIR(mode) or stat.S_ISREG(mode)):
        raise UserError(f"{path} is neither a file nor a folder: give a folder or a file ending in {ACCEPTED}")
    return stat.S_ISDIR(mode)


def _listed(path: Path) -> dict[str, bool]:
    """Return the names in a user's folder that are not hidden, sorted, and whether each is like a folder."""
    try:
        with os.scandir(path) as found:
            return {
                entry.name: _is_like_a_folder(entry) for entry in sorted(found, key=_name) if not is_hidden(entry.name)
            }
    except OSError as error:
        raise UserError(f"the folder {path} can't be listed ({error.strerror}): check your rights on it") from error


def _name(entry: os.DirEntry[str]) -> str:
    """Return the name that entries are sorted by."""
    return entry.name


def _is_like_a_folder(entry: os.DirEntry[str]) -> bool:
    """Say whether an entry is a folder, or a link that is named like one."""
    if entry.is_symlink():
        return not suffix_of(entry.name, SOURCES + ARCHIVES)
    return entry.is_dir(follow_symlinks=False)


def _lone(path: Path, original: str) -> Entry:
    """Return the entry of a path that is one student's."""
    return Entry(unique_names([original])[original], path)


def _class(folder: Path, found: Mapping[str, bool]) -> tuple[Entry, ...]:
    """Return the entries of a class's folder; whoever handed in twice gets one entry that says so."""
    by_student: dict[str, list[str]] = {}
    problems: dict[str, Message] = {}
    for name, is_folder in found.items():
        original = normalize("NFC", name if is_folder else stem_of(name))
        if not (is_folder or suffix_of(name, SOURCES + ARCHIVES)):
            problems[original] = reason("unsupported", name=shown(name))
        by_student.setdefault(original, []).append(name)
    for original, names in by_student.items():
        if len(names) > 1:
            problems[original] = reason("handed_in_twice", names=", ".join(map(shown, names)))
    students = unique_names(by_student)
    rows = (Entry(students[who], folder / names[0], problems.get(who)) for who, names in by_student.items())
    return tuple(sorted(rows, key=lambda entry: entry.student))
