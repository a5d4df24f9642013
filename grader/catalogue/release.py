"""What students get of a course, by a list of names: nothing is released because nobody excluded it.

Owns the list, the README files at the top, the zip, and how a release is written without losing what is there.
Knows no notebook.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files as resources
from pathlib import Path
from pprint import pformat

from grader.atomic import disk_errors, write_whole
from grader.catalogue.course import Course, load_quizzes
from grader.catalogue.exercise import READMES, Exercise
from grader.catalogue.introduction import introduction_files, introduction_of
from grader.catalogue.question import Question, QuestionKind
from grader.catalogue.rules import CANARY, starter_problems
from grader.config.course_config import UnitEntry
from grader.errors import ContentError, UserError
from grader.wording.message import message
from grader.yamlfile import read_text

Files = Mapping[str, bytes]
"""The content of a release's files, by their names in it."""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of everything in a zip, the earliest that it can hold."""
MODE = 0o644
ANSWERS_CHECK = "check_answers.py"
PUT_BACK = "students would get this: put the starter back (learners work in a folder of their own, see `grader start`)"


def given(exercise: Exercise) -> tuple[Path, ...]:
    """Return the files of an exercise that students get, and no other."""
    return (*(exercise.folder / name for name in READMES.values()), exercise.starter, exercise.public_tests)


def given_text(path: Path) -> str:
    """Return the text of a file that students get; ContentError for one that holds something withheld."""
    text = read_text(path)
    if CANARY.removeprefix("# ") in text:
        raise ContentError("this file holds a withheld file's canary and is not released; clean it", path=path)
    return text


def starter_text(exercise: Exercise) -> str:
    """Return the text of a starter; ContentError for one that somebody solved or broke in place."""
    text = given_text(exercise.starter)
    for broken in starter_problems(exercise):
        raise ContentError(f"{broken.problem}; {PUT_BACK}", path=broken.path, line=broken.line)
    return text


def with_exercises(course: Course, names: Sequence[str]) -> tuple[UnitEntry, ...]:
    """Return the units of `names` in the course's order, or all that have exercises for none.

    UserError for an unknown unit, for a named one without exercises, and for a course that has none at all.
    """
    units = course.select_units(names)
    for unit in units:
        if names and not unit.exercises:
            raise UserError(f"the unit {unit.name} has no exercises to release; leave it out")
    units = tuple(unit for unit in units if unit.exercises)
    if not units:
        raise UserError(f"no unit of {course.root} has exercises to release; add one to config.yaml")
    return units


def exercises_of(course: Course, unit: UnitEntry) -> tuple[Exercise, ...]:
    """Return the exercises of a unit, in order."""
    return tuple(each for each in course.exercises if each.unit == unit.name)


def folder_release(course: Course, units: Sequence[UnitEntry]) -> Files:
    """Return what students get of some units: a folder for each exercise, and what to do at the top."""
    files = {name: readme(course, units, language).encode() for language, name in READMES.items()}
    for unit in units:
        for path in introduction_files(course, unit.name):
            files[f"{unit.name}/{path.name}"] = given_text(path).encode()
        for exercise in exercises_of(course, unit):
            for path in given(exercise):
                text = starter_text(exercise) if path == exercise.starter else given_text(path)
                files[f"{unit.name}/{exercise.slug}/{path.name}"] = text.encode()
    return {**files, **answers_check(course)}


def answers_check(course: Course) -> Files:
    """Return the script by which students see that their answers can be read; none for a course without a quiz.

    It is told a question's unit, its kind and how many letters it takes, all of which the question itself shows.
    """
    written = [unit for unit in course.quiz_units if (course.root / "exercises" / unit / "quiz.yaml").is_file()]
    if not written:
        return {}
    known = {each.id: shown_of(each) for unit in load_quizzes(course.root, written).values() for each in unit}
    source = resources("grader.catalogue").joinpath(ANSWERS_CHECK).read_text(encoding="utf-8")
    return {ANSWERS_CHECK: source.replace(" = {}\n", f" = {pformat(known, width=100, sort_dicts=False)}\n", 1).encode()}


def shown_of(question: Question) -> tuple[str, str, int, int]:
    """Return a question's unit and kind, how many letters there are (0: it depends), and how many are asked for."""
    sheet = question.sheet
    letters = len(sheet.options) or len(sheet.lines) or len(sheet.right)
    one = sheet.kind in {QuestionKind.SINGLE, QuestionKind.EXCEPTION}
    return question.unit, sheet.kind.value, letters, 1 if one else len(sheet.lines) or len(sheet.left)


def readme(course: Course, units: Sequence[UnitEntry], language: str) -> str:
    """Return the text at the top of a release, in `language`."""
    rows = [row for unit in units for row in readme_rows(course, unit, language)]
    title = course.config.title.in_language(language)
    return message("release.readme", title=title, exercises="\n".join(rows)).text(language)


def readme_rows(course: Course, unit: UnitEntry, language: str) -> Iterator[str]:
    """Yield the table's rows of one unit: its introduction, where it has one, and its exercises."""
    if introduction_of(course, unit.name, language):
        title = message("release.introduction", title=unit.title.in_language(language)).text(language)
        yield f"| [{title}]({unit.name}/{READMES[language]}) | | |"
    for each in exercises_of(course, unit):
        place = f"{unit.name}/{each.slug}"
        title = each.sheet.title.in_language(language)
        yield f"| [{title}]({place}/{READMES[language]}) | `{place}/{each.slug}.py` | {each.points:g} |"


def zipped(files: Files) -> bytes:
    """Return a zip of some files; the same files give the same bytes on any machine."""
    buffer = io.BytesIO()
    # Stored, since deflated bytes differ between versions of zlib.
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = 3  # Unix, so that the permissions below mean something
            entry.external_attr = MODE << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def write_release(files: Files, folder: Path, *, force: bool = False) -> None:
    """Write files into `folder`; nothing at all, with a UserError, where one would replace a different file.

    `force` replaces such files. A file that a release does not name is never touched.
    """
    changed = [name for name, content in files.items() if is_another(folder / name, content)]
    if changed and not force:
        more = f" (and {len(changed) - 1} more)" if len(changed) > 1 else ""
        raise UserError(
            f"{folder / changed[0]}{more} is there already and differs from what would be released; "
            "nothing was written: keep your changes elsewhere or choose another folder, or replace it with --force"
        )
    for name, content in files.items():
        write_whole(folder / name, content)


def is_another(path: Path, content: bytes) -> bool:
    """Say whether something else than a file of this very content has the name `path`."""
    with disk_errors(path):
        try:
            return path.is_symlink() or path.read_bytes() != content
        except FileNotFoundError:
            return False
