"""`grader secret`: the text from which a course's probes and quiz questions are drawn."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from grader.cli.options import CourseOption
from grader.errors import UserError

secret = typer.Typer(no_args_is_help=True, help="Show or set the course's secret.")


@secret.callback()
def main() -> None:
    """Show or set the secret that probes and quiz questions are drawn from. Who knows it knows the hidden inputs."""


@secret.command("show")
def show(*, course: CourseOption = None) -> None:
    """Print the course's secret, and where it comes from on the standard error.

    Examples:  grader secret show   ·   grader secret show --course mycourse | ssh server grader secret set

    Exit codes: 0 shown; 2 the course is wrong or has no secret yet.
    """
    from grader.grading.secret import VARIABLE, known_secret, secret_place

    root = root_of(course)
    found = known_secret(root)
    if found is None:
        raise UserError(f"the course has no secret yet: there is no {secret_place(root)}, and {VARIABLE} is not set")
    typer.echo(f"from {VARIABLE}" if os.environ.get(VARIABLE) else f"from {secret_place(root)}", err=True)
    typer.echo(found.decode(errors="backslashreplace"))


@secret.command("set")
def set_(
    *,
    replace: Annotated[bool, typer.Option("--replace", help="Give up the secret that is there.")] = False,
    course: CourseOption = None,
) -> None:
    """Keep a secret for the course: the standard input's, or the one that you are asked for.

    It is no argument, since the shell would note it down. Sheets and probes are drawn from it: take the secret that
    they were made with.

    Examples:  grader secret set   ·   grader secret set < secret.txt

    Exit codes: 0 kept; 2 there is another secret, or none was given.
    """
    from grader.grading.secret import VARIABLE, set_secret

    root = root_of(course)
    if sys.stdin.isatty():
        given = typer.prompt("secret", hide_input=True, err=True).encode()
    else:
        given = sys.stdin.buffer.read(1 << 16)
    typer.echo(f"kept in {set_secret(root, given, replace=replace)}")
    if os.environ.get(VARIABLE):
        typer.echo(f"{VARIABLE} is set and goes before it", err=True)


def root_of(course: Path | None) -> Path:
    """Return the folder of the course that a command means."""
    from grader.catalogue.course import course_root, find_course

    return course_root(find_course((course or Path.cwd()).absolute()))


def kept_secret(root: Path, *, sheets_exist: bool = False) -> bytes:
    """Return the course's secret; a new one is told, since whoever loses it can't mark again."""
    from grader.grading.secret import course_secret, known_secret, secret_place

    is_new = known_secret(root) is None
    found = course_secret(root, sheets_exist=sheets_exist)
    if is_new:
        typer.echo(f"a new secret is kept in {secret_place(root)}; save a copy, since marks depend on it", err=True)
    return found
