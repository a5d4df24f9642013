"""`grader bundle`: the grader and a course as one file, for a system that runs it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.options import CourseOption, LangOption
from grader.cli.secret import kept_secret
from grader.sandbox.isolation import Isolation

bundle = typer.Typer(no_args_is_help=True, help="Pack the grader and a course for a system that runs them.")

WARNING = (
    "{out} holds hidden tests, solutions and the course's secret: upload it to Gradescope as an autograder, "
    "and keep it from students and from repositories"
)


@bundle.callback()
def main() -> None:
    """Pack the grader and a course for a system that runs them."""


@bundle.command("gradescope")
def gradescope(  # noqa: PLR0913 - the command's own options
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="Units or exercises; none for all.")
    ] = None,
    *,
    out: Annotated[Path, typer.Option("--out", help="The zip to write.")] = Path("autograder.zip"),
    isolation: Annotated[
        Isolation,
        typer.Option("--isolation", help="How student code is held there; without a promised layer there is no score."),
    ],
    roster: Annotated[Path | None, typer.Option("--roster", help="The class, to find whose quiz sheet it is.")] = None,
    course: CourseOption = None,
    lang: LangOption = None,
) -> None:
    """Write an autograder for Gradescope: the zip holds the tests, the solutions and the secret.

    Each submission is graded in Gradescope's container as `grader grade` does here. `--isolation` has to be chosen:
    `sandbox` refuses to grade where the container lacks a layer, with a sentence instead of a score; `process` does
    without them, and a student's code could then read what is in the container.

    Examples:  grader bundle gradescope weights --isolation sandbox --out weights.zip
    ·   grader bundle gradescope --isolation process --roster gradescope.csv

    Exit codes: 0 written; 2 the command, the course or the roster is wrong.
    """
    from grader.atomic import write_whole
    from grader.catalogue.course import find_course, load_course
    from grader.exports.gradescope.bundle import Settings
    from grader.exports.gradescope.bundle import bundle as packed
    from grader.roster.read import read_roster

    loaded = load_course(find_course((course or Path.cwd()).absolute()))
    loaded.select_parts(names or ())
    students = None
    if roster:
        read_roster(roster)
        students = roster.read_bytes()
    language = lang.value if lang else loaded.config.language
    settings = Settings(tuple(names or ()), isolation.value, language)
    write_whole(out, packed(loaded, kept_secret(loaded.root), settings, students))
    typer.echo(str(out))
    typer.echo(WARNING.format(out=out), err=True)
