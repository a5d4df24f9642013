"""The page that tells what a course holds: units, exercises, what each teaches and needs, points, in both languages.

Owns the page and where it lies; `python -m grader.catalogue.course_page` writes it. All of it comes from the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from grader.atomic import write_whole
from grader.catalogue.course import Course, find_course, load_course
from grader.catalogue.exercise import READMES, Exercise
from grader.catalogue.introduction import introduction_of
from grader.catalogue.needs_picture import needs_picture
from grader.config.course_config import UnitEntry
from grader.wording.message import message
from grader.yamlfile import read_text

PAGES: Mapping[str, str] = {"en": "docs/course.md", "zh": "docs/course.zh.md"}
PICTURES: Mapping[str, str] = {"en": "docs/course.svg", "zh": "docs/course.zh.svg"}
GOALS: Mapping[str, str] = {"en": "## Goal", "zh": "## 目标"}
LEAD = re.compile("[^.\u3002]*[:\uff1a]$")
"""A last sentence that leads to what follows in the README, such as code."""


def course_pages(course: Course) -> Mapping[str, str]:
    """Return the files of the page by their paths in the course: text and picture in each language."""
    pages = {PAGES[language]: page_text(course, language) for language in PAGES}
    return {**pages, **{PICTURES[language]: needs_picture(course, language) for language in PICTURES}}


def page_text(course: Course, language: str) -> str:
    """Return the page in a language, as Markdown."""
    exercises, units = course.exercises, course.config.units
    picture = PICTURES[language].removeprefix("docs/")
    counts = message(
        "course_page.counts",
        exercises=len(exercises),
        points=points_of(sum(each.points for each in exercises)),
        quizzes=len(course.quiz_units),
        quiz_points=points_of(sum(unit.quiz.points for unit in units if unit.quiz)),
        units=len(units),
    )
    parts = [
        f"# {course.config.title.in_language(language)}",
        message("course_page.written_by").text(language),
        counts.text(language),
        f"## {message('course_page.picture_title').text(language)}",
        f"![{message('course_page.picture_told').text(language)}]({picture})",
        *(part for number, unit in enumerate(units, 1) for part in unit_parts(course, unit, number, language)),
    ]
    return "\n\n".join(parts) + "\n"


def unit_parts(course: Course, unit: UnitEntry, number: int, language: str) -> Iterator[str]:
    """Yield what the page says of a unit: its title, its introduction and quiz, and its exercises."""
    yield f"## {number}. {unit.title.in_language(language)}"
    lines = []
    if introduction := introduction_of(course, unit.name, language):
        lines.append(message("course_page.introduction", link=link_to(course.root, introduction)).text(language))
    if unit.quiz:
        count, points = len(course.quizzes[unit.name]), points_of(unit.quiz.points)
        lines.append(message("course_page.quiz", questions=count, points=points).text(language))
    if lines:
        yield " · ".join(lines)
    for exercise in course.exercises:
        if exercise.unit == unit.name:
            yield exercise_part(exercise, language)


def exercise_part(exercise: Exercise, language: str) -> str:
    """Return an exercise's part of the page: its title, points and needs, and what it teaches."""
    needs = ", ".join(f"`{need}`" for need in exercise.sheet.needs)
    head = message(
        "course_page.exercise" if needs else "course_page.first_exercise",
        title=exercise.sheet.title.in_language(language),
        slug=exercise.slug,
        link=link_to(exercise.root, exercise.folder / READMES[language]),
        points=points_of(exercise.points),
        needs=needs,
    )
    return f"### {head.text(language)}\n\n{goal_of(exercise, language)}"


def goal_of(exercise: Exercise, language: str) -> str:
    """Return what an exercise teaches: the first paragraph of its README's goal."""
    text = read_text(exercise.folder / READMES[language])
    _, _, after = text.partition(f"{GOALS[language]}\n\n")
    paragraph = after.partition("\n\n")[0]
    return LEAD.sub("", paragraph).strip()


def link_to(root: Path, path: Path) -> str:
    """Return the link from the page, which lies in docs/, to a file of the course."""
    return f"../{path.relative_to(root).as_posix()}"


def points_of(number: float) -> str:
    """Return a number of points as it is written: no decimals that are zero."""
    return f"{number:g}"


def write_pages(course: Course) -> None:
    """Write the page and its pictures where they lie in the course."""
    for name, text in course_pages(course).items():
        write_whole(course.root / name, text.encode())


if __name__ == "__main__":
    write_pages(load_course(find_course(Path.cwd())))
