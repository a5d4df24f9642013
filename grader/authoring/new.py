"""What `grader new` makes. Each line that an author must still write says TODO, and `verify` names it."""

from __future__ import annotations

from pathlib import Path

from grader.atomic import write_whole
from grader.authoring.entries import with_exercise, with_question, with_quiz, with_unit
from grader.authoring.template import filled, write_new
from grader.catalogue.course import Course
from grader.catalogue.question import quiz_path
from grader.catalogue.rules import CANARY
from grader.errors import UserError
from grader.yamlfile import read_text

FIRST_OWN = 100
"""The ids below belong to the list of misconceptions that this course began with."""
PLURAL = {"exercises": "questions", "solutions": "answers"}


def new_course(folder: Path) -> list[Path]:
    """Write a course with one exercise and one question, which keeps every rule; return its files."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"{folder} is there already and is not empty; choose another folder")
    return write_new(folder, filled("course"))


def new_exercise(course: Course, unit: str, slug: str, *, points: float, is_new_unit: bool = False) -> list[Path]:
    """Write the files of a new exercise and name it in the course file; return what was written."""
    if slug in {each.slug for each in course.exercises}:
        raise UserError(f"the course has an exercise {slug!r} already; choose another slug")
    if is_new_unit and unit in {each.name for each in course.config.units}:
        raise UserError(f"the course has a unit {unit!r} already; leave --new-unit out")
    with_entry = with_unit if is_new_unit else with_exercise
    config = with_entry(read_text(course.file), course.file, unit, f"{{slug: {slug}, points: {points:g}}}")
    wrong = f"{some_misconception(course).lower()}_todo"
    shares = {"quarter": f"{points / 4:g}", "half": f"{points / 2:g}"}
    written = write_new(course.root, filled("exercise", unit=unit, slug=slug, wrong=wrong, **shares))
    write_whole(course.file, config.encode())
    return [*written, course.file]


def new_question(course: Course, unit: str, name: str) -> list[Path]:
    """Append both halves of a new question, in new files where a unit has none; return what was written."""
    if any(each.id == name for questions in course.quizzes.values() for each in questions):
        raise UserError(f"the course has a question {name!r} already; choose another id")
    config = with_quiz(read_text(course.file), course.file, unit)
    texts = {course.file: config}
    for place, entry in filled("question", unit=unit, id=name, misconception=some_misconception(course)).items():
        key = PLURAL[place.partition("/")[0]]
        path = quiz_path(course.root, unit, withheld=key == "answers")
        head = f"{CANARY}\n" if key == "answers" else ""
        text = read_text(path) if path.is_file() else f"{head}version: 1\n{key}:\n  - {{}}\n"
        texts[path] = with_question(text, path, key, entry).replace("  - {}\n\n", "")
    for path, text in texts.items():
        write_whole(path, text.encode())
    return list(texts)


def new_misconception(course: Course, name: str) -> tuple[str, Path]:
    """Append a new misconception under the next free id; return the id and the file."""
    if name in {each.name for each in course.misconceptions.values()}:
        raise UserError(f"there is a misconception {name!r} already; choose another name")
    number = max([FIRST_OWN - 1, *(int(each[1:]) for each in course.misconceptions)]) + 1
    ((place, entry),) = filled("misconception", id=f"M{number}", name=name).items()
    path = course.root / place
    write_whole(path, f"{read_text(path).rstrip()}\n\n{entry}".encode())
    return f"M{number}", path


def some_misconception(course: Course) -> str:
    """Return the id of a misconception to begin with."""
    return next(iter(course.misconceptions), f"M{FIRST_OWN}")
