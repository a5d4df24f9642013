"""Whose submissions a path holds.

Owns the telling apart of a class from one student's work, what in a class's folder belongs to nobody, and the students'
names. A class's folder is the instructor's and may be a link; what lies in it is the students' and may not.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path
from unicodedata import normalize

from grader.errors import UserError
from grader.submissions.belongings import Inside, holds_one_students_work, is_stray, sorted_out
from grader.submissions.downloads import Download, Part, found_download
from grader.submissions.handed_in import HandedIn, Layout
from grader.submissions.names import ARCHIVES, SOURCES, may_matter, shown, stem_of, suffix_of, unique_names
from grader.submissions.place import ClassZip, InZip, OnDisk, Place
from grader.submissions.refusal import reason
from grader.submissions.wanted import Wanted
from grader.wording.message import Message

ACCEPTED = ", ".join(SOURCES + ARCHIVES)


@dataclass(frozen=True)
class Entry:
    """One student's submission, not read yet."""

    student: str
    """Unique in its class and fit for the name of a folder."""
    path: Path
    """Where it lies, or begins; its last part may be anything, a link included."""
    problem: Message | None = None
    """Why there is nothing to read, or None."""
    parts: tuple[Part, ...] = ()
    """What together is the submission; nothing for what lies at `path`."""
    twins: tuple[Place, ...] = ()
    """The same student's submission once more, in another form."""
    handed_in: HandedIn | None = None
    known_as: tuple[str, ...] = ()
    """Further names that the student's quiz sheet may have been made for."""

    @property
    def whole(self) -> tuple[Part, ...]:
        """Return what together is the submission."""
        return self.parts or (Part(OnDisk(self.path)),)

    @property
    def places(self) -> tuple[Place, ...]:
        """Return where the submission lies, and where it lies once more."""
        return (self.whole[0].place, *self.twins)


@dataclass(frozen=True)
class Listing:
    """The submissions of a path, sorted by student, and what is to be told of the path as a whole."""

    entries: tuple[Entry, ...]
    layout: Layout
    notes: tuple[Message, ...] = ()


def lone_entry(path: Path) -> Entry:
    """Return a path as one student's submission; the caller vouches for a folder that is a link.

    Raises UserError if there is no such path, it can't be read, or it can't be a submission.
    """
    place = absolute(path)
    folder = is_users_folder(place)
    if not folder and not suffix_of(place.name, SOURCES + ARCHIVES):
        raise UserError(f"{path} is no submission: give a folder or a file ending in {ACCEPTED}")
    name = place.name if folder else stem_of(place.name)
    student = unique_names([name])[name]
    return Entry(student, place.resolve() if folder else place, handed_in=HandedIn(name, Layout.ONE))


def listing(path: Path, wanted: Wanted, *, layout: Layout | None = None, out: Path | None = None) -> Listing:
    """Return the submissions that `path` holds.

    A file is one submission. A folder is a class with an entry for each student, unless it is one student's work. The
    download of a learning platform, as a folder or as a zip, is told by its names; `layout` says it instead. The folder
    `out`, and what an earlier run left behind, is nobody's.

    Raises UserError if there is no such path, it can't be read, or it can't be a submission.
    """
    place = absolute(path)
    is_folder = is_users_folder(place)
    top = None if layout is Layout.ONE else class_top(place, is_folder=is_folder, layout=layout)
    if top is None:
        return Listing((lone_entry(path),), Layout.ONE)
    download = found_download(top, layout)
    if download is not None:
        return download_listing(place, download)
    inside = sorted_out(top.inside(), out)
    if layout is None and (not is_folder or holds_one_students_work(inside, wanted)):
        return Listing((replace(lone_entry(path), path=place),), Layout.ONE)
    return class_listing(path, inside, wanted)


def absolute(path: Path) -> Path:
    """Return a user's path as an absolute one that ends with a name."""
    return (path if path.name not in {"", ".."} else path.resolve()).absolute()


def is_users_folder(path: Path) -> bool:
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


def class_top(path: Path, *, is_folder: bool, layout: Layout | None) -> Place | None:
    """Return the top of what may be a class: a folder or a zip; None for what can only be one student's."""
    if is_folder:
        check_listable(path)
        return OnDisk(path.resolve())
    if not suffix_of(path.name, (".zip",)):
        return None
    try:
        return InZip(ClassZip(path))
    except UserError:
        if layout is not None:
            raise
        return None


def check_listable(path: Path) -> None:
    """Raise UserError for a user's folder that can't be listed."""
    try:
        with os.scandir(path):
            return
    except OSError as error:
        raise UserError(f"the folder {path} can't be listed ({error.strerror}): check your rights on it") from error


def class_listing(path: Path, inside: Inside, wanted: Wanted) -> Listing:
    """Return the entries of a class's folder; whoever handed in twice has one entry with both."""
    by_student: dict[str, list[Place]] = {}
    strays = list(inside.strays)
    for place in inside.places:
        if is_stray(place, wanted):
            strays.append(place.name)
        else:
            name = place.name if place.is_folder or not may_matter(place.name) else stem_of(place.name)
            by_student.setdefault(normalize("NFC", name), []).append(place)
    if not by_student:
        raise UserError(f"{path} holds no submissions: put a folder or a file ending in {ACCEPTED} in it per student")
    students = unique_names(by_student)
    rows = [class_entry(students[who], who, places) for who, places in by_student.items()]
    notes = [reason("strays", names=", ".join(map(shown, sorted(strays))))] if strays else []
    return Listing(tuple(sorted(rows, key=attrgetter("student"))), Layout.CLASS, tuple(notes))


def class_entry(student: str, name: str, places: Sequence[Place]) -> Entry:
    """Return the entry of what a class's folder holds under one name."""
    first, *twins = places
    problem = None
    if not (first.is_folder or may_matter(first.name)):
        problem = reason("unsupported", name=shown(first.name))
    path = first.path if isinstance(first, OnDisk) else Path(first.name)
    parts = () if isinstance(first, OnDisk) else (Part(first),)
    return Entry(student, path, problem, parts, tuple(twins), HandedIn(name))


def download_listing(path: Path, download: Download) -> Listing:
    """Return the entries of a platform's download, one for each student that it tells apart."""
    labels = labels_of([each.who for each in download.students])
    students = unique_names(labels)
    rows = [
        Entry(students[label], path, each.problem, each.parts, handed_in=each.who)
        for label, each in zip(labels, download.students, strict=True)
    ]
    notes = [reason("read_as_download", platform=download.layout.value.capitalize(), students=len(rows))]
    if download.strays:
        notes.append(reason("strays", names=", ".join(map(shown, sorted(download.strays)))))
    return Listing(tuple(sorted(rows, key=attrgetter("student"))), download.layout, tuple(notes))


def labels_of(students: Sequence[HandedIn]) -> list[str]:
    """Return a name for each student of a download; two of the same name are told apart by their ids."""
    count = Counter(each.name for each in students)
    return [each.name if count[each.name] == 1 else f"{each.name}_{each.id or each.submission}" for each in students]
