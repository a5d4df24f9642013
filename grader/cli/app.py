"""The `grader` command: its subcommands, and what becomes of an error.

Imports nothing heavy: a subcommand brings in its own work when it is run.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import TextIOWrapper
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader import __version__
from grader.cli import (
    bundle,
    check,
    doctor,
    exercises,
    export,
    grade,
    learn,
    marks,
    new,
    quiz,
    regrade,
    release,
    report,
    secret,
    similar,
    store,
    todo,
    verify,
)
from grader.errors import ContentError, GraderError, UserError
from grader.sandbox.isolation import check_system

if TYPE_CHECKING:
    from grader.results.report import Language

USERS_MISTAKE = 2
GRADERS_FAILURE = 3

LEARNERS_COMMANDS = frozenset({"", "start", "learn", "list", "next", "show", "hint", "check", "quiz"})

app = typer.Typer(
    name="grader",
    help="A course on PyTorch's autograd that marks itself.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("start")(learn.start)
app.command("learn")(learn.learn)
app.command("list")(exercises.list_exercises)
app.command("next")(exercises.show_next)
app.command("show")(exercises.show)
app.command("hint")(exercises.hint)
app.command("grade")(grade.grade)
app.command("regrade")(regrade.regrade)
app.command("report")(report.report)
app.command("todo")(todo.todo)
app.command("mark")(marks.mark)
app.command("explain")(marks.explain)
app.command("diff")(marks.diff)
app.command("similar")(similar.similar)
app.command("forget")(store.forget)
app.command("check")(check.check)
app.command("verify")(verify.verify)
app.command("doctor")(doctor.doctor)
app.command("quiz")(quiz.quiz)
app.command("replay")(quiz.replay)
app.command("release")(release.release)
app.add_typer(export.export, name="export")
app.add_typer(bundle.bundle, name="bundle")
app.add_typer(new.new, name="new")
app.add_typer(secret.secret, name="secret")
app.add_typer(store.store, name="store")


@app.callback(invoke_without_command=True)
def begin(
    context: typer.Context,
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Print the versions of the grader and of the course here.")
    ] = False,
) -> None:
    """A course on PyTorch's autograd that marks itself. Without a command: where you are, and what is next."""
    if version:
        typer.echo(f"grader {__version__}{course_told()}")
        raise typer.Exit
    check_system()
    if context.invoked_subcommand is None:
        exercises.where()


def course_told() -> str:
    """Return which course is meant here, by its title and the first digits of its version; nothing where none is."""
    from grader.catalogue.course import find_course, load_course

    try:
        course = load_course(find_course(Path.cwd()))
        return f"\ncourse {course.config.title.in_language(course.config.language)!r} {course.version[:12]}"
    except GraderError:
        return ""


def main() -> None:
    """Run the command line; one sentence and an exit code for every error raised on purpose."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        app()
    except (UserError, ContentError) as problem:
        typer.echo(f"grader: {in_words(problem, sys.argv[1:])}", err=True)
        sys.exit(USERS_MISTAKE)
    except GraderError as problem:
        typer.echo(f"grader: {in_words(problem, sys.argv[1:])}", err=True)
        sys.exit(GRADERS_FAILURE)


def in_words(problem: GraderError, arguments: Sequence[str]) -> str:
    """Return what an error says: to a learner in the learner's language, to others in English."""
    if next((each for each in arguments if not each.startswith("-")), "") not in LEARNERS_COMMANDS:
        return str(problem)
    from grader.learn.problems import told

    return told(problem, language_of(arguments))


def language_of(arguments: Sequence[str]) -> Language:
    """Return the language of who typed a command: as it says, or as the folder around here does, or the system."""
    from grader.learn.workspace import language_of_the_system, open_workspace

    named = [each.removeprefix("--lang=") for each in arguments if each.startswith("--lang=")]
    named += [value for option, value in pairwise(arguments) if option == "--lang"]
    if named:
        return "zh" if named[-1] == "zh" else "en"
    try:
        return open_workspace(Path.cwd()).language
    except (GraderError, OSError):
        return language_of_the_system()


if __name__ == "__main__":
    main()
