"""`grader new`: a course, an exercise, a question or a misconception, with every file in its place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import CourseOption
from grader.errors import UserError

if TYPE_CHECKING:
    from grader.catalogue.course import Course

new = typer.Typer(no_args_is_help=True, help="Begin a course, an exercise, a question or a misconception.")


@new.callback()
def main() -> None:
    """Begin a course, an exercise, a question or a misconception; `grader verify` then names what is still to write."""


@new.command("course")
def course(folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is not there yet.")]) -> None:
    """Write the smallest course that keeps every rule: one exercise, one question. `grader verify` holds at once.

    Examples:  grader new course lists   ·   cd lists && grader verify

    Exit codes: 0 written; 2 the folder is not empty or can't be written.
    """
    from grader.authoring.new import new_course

    tell(new_course(folder.absolute()), f"cd {folder} && grader verify")


@new.command("exercise")
def exercise(
    unit: Annotated[str, typer.Argument(help="A unit of config.yaml.")],
    slug: Annotated[str, typer.Argument(help="The exercise's name: lower-case letters, digits and _.")],
    *,
    points: Annotated[float, typer.Option(min=0.01, help="What it is worth.")] = 4,
    new_unit: Annotated[bool, typer.Option("--new-unit", help="Begin the unit too.")] = False,
    course: CourseOption = None,
) -> None:
    """Write every file of a new exercise, and its line in config.yaml.

    Examples:  grader new exercise weights hvp   ·   grader new exercise weights hvp --points 5

    Exit codes: 0 written; 2 the unit or the course is wrong, or the exercise is there already.
    """
    from grader.authoring.new import new_exercise

    check_slug(unit)
    check_slug(slug)
    tell(new_exercise(course_of(course), unit, slug, points=points, is_new_unit=new_unit), f"grader verify {slug}")


@new.command("question")
def question(
    unit: Annotated[str, typer.Argument(help="A unit of config.yaml.")],
    name: Annotated[str, typer.Argument(metavar="[ID]", help="The question's id.")] = "new_question",
    *,
    course: CourseOption = None,
) -> None:
    """Append both halves of a new question to the unit's quiz.

    Examples:  grader new question weights   ·   grader new question weights shape_of_weights

    Exit codes: 0 written; 2 the unit or the course is wrong, or the question is there already.
    """
    from grader.authoring.new import new_question

    check_slug(name)
    tell(new_question(course_of(course), unit, name), f"grader verify {unit} --quiz-only --draws 50")


@new.command("misconception")
def misconception(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="Its name in a few words, joined by _.")] = "new_one",
    *,
    course: CourseOption = None,
) -> None:
    """Append a new misconception, under the next free id.

    Examples:  grader new misconception mean_for_sum

    Exit codes: 0 written; 2 the course is wrong or has one of this name.
    """
    from grader.authoring.new import new_misconception

    check_slug(name)
    found, path = new_misconception(course_of(course), name)
    typer.echo(f"{found} {name}")
    tell([path], "grader verify")


def course_of(place: Path | None) -> Course:
    """Return the course here, or the one that is named."""
    from grader.catalogue.course import find_course, load_course

    return load_course(find_course((place or Path.cwd()).absolute()))


def check_slug(name: str) -> None:
    """Raise for a name that could not be a file's or an id."""
    if not (name.isascii() and name.isidentifier() and name == name.lower() and name[0].isalpha()):
        raise UserError(f"{name!r} is no name here; write lower-case letters, digits and _, as in sum_backward")


def tell(written: Sequence[Path], command: str) -> None:
    """Say what was written, and what to do next."""
    here = Path.cwd()
    for path in written:
        typer.echo(path.relative_to(here) if path.is_relative_to(here) else path)
    typer.echo(f"next: {command}")
