"""`grader check`: one's own exercise files, judged and explained in the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import CourseOption, JsonOption, LangOption, OwnIsolationOption, PollOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.learn.own_judge import OwnJudge
    from grader.learn.targets import Target
    from grader.learn.workspace import Workspace
    from grader.results.report import Report

NOT_ALL_PASSED = 1


def check(  # noqa: PLR0913 - the command's own options
    what: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SLUG or PATH]...", help="Exercises, files or folders; else the exercise around here."),
    ] = None,
    *,
    path: Annotated[Path | None, typer.Option("--path", help="Where the files of these exercises lie.")] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Check again each time a file is saved.")] = False,
    poll: PollOption = False,
    course: CourseOption = None,
    lang: LangOption = None,
    isolation: OwnIsolationOption = None,
    as_json: JsonOption = False,
    everything: Annotated[bool, typer.Option("--all", help="Tell each check whole, those that passed too.")] = False,
    html: Annotated[Path | None, typer.Option("--html", help="Write a page with the picture here, too.")] = None,
) -> None:
    """Check your own exercise files and print what each check saw.

    Without a name: the exercise in whose folder you are, or in your own folder every exercise that you have begun. In a
    folder that your teacher released: the public tests alone.

    Examples:  grader check   ·   grader check weighted_grad   ·   grader check mine.py --html mine.html   ·   grader
    check hvp --watch   ·   grader check --all

    Exit codes: 0 everything passed; 1 not everything; 2 the command or the course is wrong.
    """
    from grader.learn.handout import handed_out
    from grader.learn.targets import targets
    from grader.learn.workspace import is_anywhere, open_workspace

    if course is None and path is None and not is_anywhere(Path.cwd()) and (released := handed_out(Path.cwd())):
        from grader.cli.public import check_released

        if not check_released(released, what or (), language=lang.value if lang else None, isolation=isolation):
            raise typer.Exit(NOT_ALL_PASSED)
        return
    space = open_workspace(Path.cwd(), course=course, language=lang.value if lang else None)
    found = targets(space, what or (), Path.cwd(), path)
    if not found:
        tell_nothing_begun(space)
        raise typer.Exit(NOT_ALL_PASSED)
    if space.is_shipped and any(each.exercise for each in found):
        raise space.refusal("only_in_own_folder")
    from grader.learn.own_judge import OwnJudge  # later than a misspelt slug is told

    judge = OwnJudge(space, isolation, is_at_home=all(each.exercise for each in found))
    view = View(as_json=as_json, everything=everything, html=html)
    passed = check_once(space, judge, found, view)
    if watch:
        keep_checking(space, judge, found, view, poll=poll)
    elif not passed:
        raise typer.Exit(NOT_ALL_PASSED)


@dataclass(frozen=True)
class View:
    """How a report is shown."""

    as_json: bool
    everything: bool
    html: Path | None


def check_once(space: Workspace, judge: OwnJudge, found: Sequence[Target], view: View) -> bool:
    """Check some exercises, show the report and keep the progress; say whether everything passed."""
    from rich.console import Console

    from grader.learn.keeping import keep

    with Console(stderr=True).status(space.say("checking")):
        report = judge.report_on(found)
    own = {each.exercise.slug for each in found if each.exercise}
    show(space, judge, report, view, following=keep(space, own, report))
    return all(each.verdict == "passed" for each in report.exercises)


def show(space: Workspace, judge: OwnJudge, report: Report, view: View, *, following: str) -> None:
    """Print a report, and write it as a page where one was asked for; `following` is the next exercise's title."""
    from rich.console import Console

    from grader.reports.jsonfile import report_json
    from grader.reports.terminal import feedback

    if view.as_json:
        typer.echo(report_json(report))
    else:
        if judge.is_weaker:
            typer.echo(space.say("weaker"), err=True)
        Console().print(feedback(report, everything=view.everything, following=following))
    if view.html is not None:
        write_page(report, view.html)


def keep_checking(space: Workspace, judge: OwnJudge, found: Sequence[Target], view: View, *, poll: bool) -> None:
    """Check each file again when it is saved, until Ctrl+C."""
    from threading import Event

    from grader.learn.watch import changes

    by_slug = {each.exercise.slug: each for each in found if each.exercise}
    if len(by_slug) < len(found):
        raise space.refusal("watch_own")
    files = {space.file(each.exercise): slug for slug, each in by_slug.items() if each.exercise}
    for change in changes(space.root, files, poll=poll, stop=Event()):
        check_once(space, judge, [by_slug[change.slug]], view)


def tell_nothing_begun(space: Workspace) -> None:
    """Say what to begin with."""
    from grader.learn.outline import outline_of
    from grader.learn.progress import ProgressFile

    outline = outline_of(space.course, space.language)
    slug = outline.where(ProgressFile(space.state, space.language).read()) or outline.lessons[0].slug
    typer.echo(space.say("nothing_begun", slug=slug, file=outline.lesson(slug).file))


def write_page(report: Report, path: Path) -> None:
    """Write a report as a page; UserError where the disk refuses."""
    from grader.atomic import replacing
    from grader.reports.html import render_html

    with replacing(path) as file:
        file.write(render_html(report))
