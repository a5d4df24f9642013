"""What the learning platforms name the files in a download of all submissions, and whose each is.

Owns the naming rules of Canvas, Moodle and Gradescope. Reads no student's file.

    Canvas       chenmei_LATE_1234_56789_weighted_grad-1.py   name, late mark, user, attachment, file
    Moodle       Mei Chen_1234_assignsubmission_file_/…       full name, participant, kind of submission; flat as well
    Gradescope   submission_1234/…                            and submission_metadata.yml beside them
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from unicodedata import normalize

from grader.errors import UserError
from grader.submissions.gradescope import METADATA, read_metadata, submitters
from grader.submissions.handed_in import HandedIn, Layout
from grader.submissions.place import Place
from grader.submissions.refusal import reason
from grader.wording.message import Message

CANVAS = re.compile(
    r"(?:(?P<anonymous>anon_\w{5})|(?P<name>[^_]+))(?P<late>_LATE)?(?(name)_(?P<user>\d+))"
    r"_(?:(?P<attachment>\d+)_)?(?P<file>.+)"
)
TYPED = frozenset({"text.html", "link.html"})
"""How Canvas calls what was typed into its own page."""
CANVAS_COUNT = re.compile(r"-\d+(?=\.\w+$)")
"""What Canvas puts behind a name that the student has handed in before."""
MOODLE = re.compile(
    r"(?P<name>.+?)_(?P<user>\d+)_assign(?:submission|feedback)_(?P<kind>file|onlinetext|comments)_?(?P<file>.*)"
)


@dataclass(frozen=True)
class Part:
    """A file or folder of a submission, and what the file was called when it was handed in."""

    place: Place
    name: str | None = None
    """None for what keeps its name."""


@dataclass
class Student:
    """What a download holds of one student."""

    who: HandedIn
    found: list[Part] = field(default_factory=list)
    typed: bool = False
    """Whether something was typed into the platform's own page."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """Return the files and folders."""
        return tuple(self.found)

    @property
    def problem(self) -> Message | None:
        """Return that nothing but typed text was handed in, or None."""
        return reason("typed_online") if self.typed and not self.found else None


@dataclass(frozen=True)
class Download:
    """The submissions in a download, and the names of what belongs to nobody."""

    layout: Layout
    students: tuple[Student, ...]
    strays: tuple[str, ...] = ()


def found_download(top: Place, layout: Layout | None) -> Download | None:
    """Return what a folder or zip holds as a download, or None for none; the platform's one folder may be around it.

    UserError where it is said to be a platform's and is not named so.
    """
    readers = {each: READERS[each] for each in READERS if layout in {None, each}}
    inside = top.inside()
    homes = [top, *([inside[0]] if len(inside) == 1 and inside[0].is_folder else [])]
    for home in homes:
        for reader in readers.values():
            if (download := reader(home.inside())) is not None:
                return download
    if layout is not None and layout in READERS:
        raise UserError(
            f"{top.name} does not name its files as a {layout.value.capitalize()} download does; "
            "leave out --layout, or say --layout class"
        )
    return None


def canvas_download(places: Sequence[Place]) -> Download | None:
    """Return the download of a Canvas assignment."""
    return by_names(places, CANVAS, Layout.CANVAS, canvas_student, canvas_part)


def canvas_student(found: re.Match[str]) -> HandedIn:
    """Return the student that a file's name tells."""
    user = found["user"] or found["anonymous"]
    name = normalize("NFC", found["name"] or found["anonymous"])
    return HandedIn(name, Layout.CANVAS, id=user, is_late=bool(found["late"]))


def canvas_part(found: re.Match[str], place: Place) -> Part | None:
    """Return a file under the name that the student gave it, or None for text typed online."""
    return None if found["file"] in TYPED else Part(place, CANVAS_COUNT.sub("", found["file"]))


def moodle_download(places: Sequence[Place]) -> Download | None:
    """Return the download of a Moodle assignment."""
    return by_names(places, MOODLE, Layout.MOODLE, moodle_student, moodle_part)


def moodle_student(found: re.Match[str]) -> HandedIn:
    """Return the student that a name tells."""
    return HandedIn(normalize("NFC", found["name"].strip()), Layout.MOODLE, id=found["user"])


def moodle_part(found: re.Match[str], place: Place) -> Part | None:
    """Return a folder, or a file under the name that the student gave it, or None for what is no file of a student."""
    if found["kind"] != "file":
        return None
    return Part(place, None if place.is_folder else found["file"] or None)


def by_names(
    places: Sequence[Place],
    pattern: re.Pattern[str],
    layout: Layout,
    student: Callable[[re.Match[str]], HandedIn],
    part: Callable[[re.Match[str], Place], Part | None],
) -> Download | None:
    """Return a download whose names tell everything, or None where most names do not fit."""
    matches = {place.name: fitting(pattern, place.name) for place in places}
    if sum(each is not None for each in matches.values()) * 2 <= len(matches):
        return None
    students: dict[tuple[str | None, str], Student] = {}
    for place in places:
        if (found := matches[place.name]) is None:
            continue
        who = student(found)
        one = students.setdefault((who.id, "" if who.id else who.name), Student(who))
        if (kept := part(found, place)) is None:
            one.typed = True
        else:
            one.found.append(kept)
    for one in students.values():
        one.found = told_apart(one.found)
    strays = tuple(name for name, found in matches.items() if found is None)
    return Download(layout, tuple(students.values()), strays)


def fitting(pattern: re.Pattern[str], name: str) -> re.Match[str] | None:
    """Return how a name fits a platform's rule; only text that was typed online has no number of its own in Canvas."""
    found = pattern.fullmatch(name)
    if found and "attachment" in found.groupdict() and not found["attachment"] and found["file"] not in TYPED:
        return None
    return found


def told_apart(parts: Sequence[Part]) -> list[Part]:
    """Return parts of which no two have one name: such keep the platform's own."""
    names = [each.name for each in parts]
    return [Part(each.place) if each.name and names.count(each.name) > 1 else each for each in parts]


def gradescope_download(places: Sequence[Place]) -> Download | None:
    """Return the export of a Gradescope assignment; a group's work is each member's."""
    metadata = next((each for each in places if each.name == METADATA), None)
    if metadata is None:
        return None
    told = read_metadata(metadata)
    students = [
        Student(who, [Part(place)])
        for place in places
        if place.name in told
        for who in submitters(place.name, told[place.name])
    ]
    known = {METADATA, *told}
    return Download(Layout.GRADESCOPE, tuple(students), tuple(each.name for each in places if each.name not in known))


READERS: Mapping[Layout, Callable[[Sequence[Place]], Download | None]] = {
    Layout.GRADESCOPE: gradescope_download,
    Layout.CANVAS: canvas_download,
    Layout.MOODLE: moodle_download,
}
