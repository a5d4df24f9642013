"""`grader release`: what students get, as a folder, a zip, notebooks or an nbgrader course."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import CourseOption, Lang
from grader.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.catalogue.course import Course
    from grader.catalogue.release import Files


class Form(StrEnum):
    """What a release is made as."""

    FOLDER = "folder"
    ZIP = "zip"
    NOTEBOOKS = "notebooks"
    NBGRADER = "nbgrader"


def release(  # noqa: PLR0913 - the command's own options
    *,
    units: Annotated[list[str] | None, typer.Argument(metavar="[UNIT]...", help="Units; none for all.")] = None,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder to write to; the file itself for a zip.")],
    to: Annotated[Form, typer.Option("--to", help="What to make.")],
    lang: Annotated[Lang | None, typer.Option("--lang", help="Language of notebooks; else the course's own.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files of the same names that differ.")] = False,
    course: CourseOption = None,
) -> None:
    """Write what students get: the texts, starters and public tests of units, and nothing else.

    Folders and zips hold both languages. A file that is there already and differs is never replaced without --force.

    Examples:  grader release --to folder handout   ·   grader release weights sums --to zip handout.zip
    ·   grader release --to notebooks --lang zh notebooks   ·   grader release weights --to nbgrader nbcourse

    Exit codes: 0 released; 2 the command or the course is wrong.
    """
    from grader.catalogue.course import find_course, load_course
    from grader.catalogue.release import write_release

    loaded = load_course(find_course((course or Path.cwd()).absolute()))
    if not units and str(out) in {unit.name for unit in loaded.config.units}:
        raise UserError(f"{out} is a unit, and where to write is missing; add it, or write ./{out} for the folder")
    language = lang.value if lang else loaded.config.language
    files = released(loaded, units or (), to, language)
    if to is Form.ZIP:
        write_zip(files, out, force=force)
    else:
        write_release(files, out, force=force)
    typer.echo(f"{len(files)} files in {out}")
    if to is Form.NBGRADER:
        configure_nbgrader(loaded, out)


def released(course: Course, names: Sequence[str], form: Form, language: str) -> Files:
    """Return the files of a release by their names in it."""
    from grader.catalogue.release import folder_release, with_exercises

    if form is Form.NBGRADER:
        from grader.bridges.nbgrader.source import source_release

        return source_release(course, course.select_units(names), language)
    units = with_exercises(course, names)
    if form is Form.NOTEBOOKS:
        from grader.bridges.notebook import notebook_release

        return notebook_release(course, units, language)
    return folder_release(course, units)


def write_zip(files: Files, out: Path, *, force: bool) -> None:
    """Write the files of a release as one zip."""
    from grader.catalogue.release import write_release, zipped

    write_release({out.name: zipped(files)}, out.parent, force=force)


def configure_nbgrader(course: Course, out: Path) -> None:
    """Write nbgrader's settings where there are none; else say what they lack."""
    from grader.atomic import disk_errors
    from grader.bridges.nbgrader.course_config import NAME, judge_config, whole_config
    from grader.catalogue.release import write_release

    path, lines = out / NAME, judge_config(course.place)
    with disk_errors(path):
        settings = path.read_text(encoding="utf-8", errors="replace") if path.exists() else None
    if settings is None:
        write_release({NAME: whole_config(course.place, out.resolve().name).encode()}, out)
        typer.echo(f"nbgrader's settings for this course: {path}")
    elif lines not in settings:
        typer.echo(f"{path} is yours and stays as it is; add these lines to it:\n\n{lines}", err=True)
