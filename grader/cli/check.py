"""`grader check`: one's own exercise files, judged and explained in the terminal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import CourseOption, IsolationOption, JsonOption, LangOption
from grader.sandbox.isolation import Isolation

if TYPE_CHECKING:
    from grader.grading.graded import Graded
    from grader.grading.judge_process import GradeEntry

NOT_ALL_PASSED = 1


def check(  # noqa: PLR0913 - the command's own options
    slugs: Annotated[list[str] | None, typer.Argument(metavar="[SLUG]...", help="Exercises; none for all.")] = None,
    *,
    path: Annotated[
        Path | None, typer.Option("--path", help="Folder of your files; else the course's exercises/ folder.")
    ] = None,
    course: CourseOption = None,
    lang: LangOption = None,
    isolation: IsolationOption = Isolation.SANDBOX,
    as_json: JsonOption = False,
) -> None:
    """Check your own exercise files and print what each check saw.

    Examples:  grader check   ·   grader check weighted_grad   ·   grader check --lang zh   ·   grader check --path mine

    Exit codes: 0 everything passed; 1 not everything; 2 the command or the course is wrong.
    """
    from rich.console import Console

    from grader.catalogue.course import find_course, load_course
    from grader.grading.judge_process import with_grader
    from grader.grading.options import Options, load_assignment
    from grader.grading.secret import SELF_STUDY
    from grader.reports.jsonfile import report_json
    from grader.reports.terminal import feedback
    from grader.submissions.entries import entries

    loaded = load_course(find_course((course or Path.cwd()).absolute()))
    language = lang.value if lang else loaded.config.language
    assignment = load_assignment(
        Options(loaded.place, SELF_STUDY, language=language, names=tuple(slugs or ()), isolation=isolation)
    )
    assignment = replace(assignment, quizzes=())
    folder = path or loaded.root / "exercises"
    entry = entries(folder, slugs=[each.slug for each in assignment.exercises], single=True)[0]

    def use(grade_one: GradeEntry) -> Graded:
        return grade_one(entry)

    with Console(stderr=True).status("checking"):
        graded = with_grader(assignment, use)
    if as_json:
        typer.echo(report_json(graded.report))
    else:
        Console().print(feedback(graded.report))
    if any(exercise.verdict != "passed" for exercise in graded.report.exercises):
        raise typer.Exit(NOT_ALL_PASSED)
