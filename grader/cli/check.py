"""`grader check`: one's own exercise files, judged and explained in the terminal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import CourseOption, IsolationOption, JsonOption, LangOption
from grader.sandbox.isolation import Isolation

if TYPE_CHECKING:
    from grader.results.report import Report

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
    everything: Annotated[bool, typer.Option("--all", help="Tell each check whole, those that passed too.")] = False,
    html: Annotated[Path | None, typer.Option("--html", help="Write a page with the picture here, too.")] = None,
) -> None:
    """Check your own exercise files and print what each check saw.

    Examples:  grader check   ·   grader check weighted_grad   ·   grader check --all   ·   grader check --html a.html

    Exit codes: 0 everything passed; 1 not everything; 2 the command or the course is wrong.
    """
    from rich.console import Console

    from grader.catalogue.course import find_course
    from grader.catalogue.texts import texts_of
    from grader.config.course_config import FeedbackPolicy
    from grader.grading.judge import open_judge
    from grader.grading.options import Options, load_assignment
    from grader.grading.secret import SELF_STUDY
    from grader.reports.jsonfile import report_json
    from grader.reports.render import rendered
    from grader.reports.terminal import feedback
    from grader.submissions.entries import entries
    from grader.submissions.intake import read_submission

    place = find_course((course or Path.cwd()).absolute())
    assignment = load_assignment(Options(place, SELF_STUDY, names=tuple(slugs or ()), isolation=isolation))
    assignment = replace(assignment, quizzes=())
    language = lang.value if lang else assignment.course.config.language
    texts = texts_of(assignment.course, questions=False)
    folder = path or assignment.course.root / "exercises"
    entry = entries(folder, slugs=[each.slug for each in assignment.exercises], single=True)[0]

    with Console(stderr=True).status("checking"), open_judge(assignment) as judge:
        facts = judge.grade(read_submission(entry, exercises=assignment.entry_points)).facts
    report = rendered(facts, texts, language=language, policy=FeedbackPolicy(), now=datetime.now(UTC))
    if as_json:
        typer.echo(report_json(report))
    else:
        Console().print(feedback(report, everything=everything))
    if html is not None:
        write_page(report, html)
    if any(exercise.verdict != "passed" for exercise in facts.exercises):
        raise typer.Exit(NOT_ALL_PASSED)


def write_page(report: Report, path: Path) -> None:
    """Write a report as a page; UserError where the disk refuses."""
    from grader.atomic import replacing
    from grader.reports.html import render_html

    with replacing(path) as file:
        file.write(render_html(report))
