"""`grader start` and `grader learn`: a folder of one's own, and the loop in it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import CourseOption, LangOption, OwnIsolationOption, PollOption

if TYPE_CHECKING:
    from rich.console import Console

    from grader.learn.own_judge import OwnJudge
    from grader.learn.workspace import Workspace
    from grader.results.report import Language

FOLDER = Path("my-autograd")
NOT_PASSED = 1


def start(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="The folder; else the one around here, or my-autograd.")
    ] = None,
    *,
    course: CourseOption = None,
    lang: LangOption = None,
) -> None:
    """Make a folder of your own with every exercise, or bring it up to date; what you edited is never touched.

    Examples:  grader start   ·   grader start my-autograd --lang zh

    Exit codes: 0 made; 2 the folder can't be made, or the course is wrong.
    """
    from grader.catalogue.course import load_course
    from grader.learn.start import course_for, folder_to_start, start_in
    from grader.learn.workspace import open_workspace

    here = Path.cwd()
    language: Language | None = lang.value if lang else None
    target = folder_to_start(here, folder, FOLDER)
    started = start_in(load_course(course_for(target, here, course, language)), target, language)
    space = open_workspace(target, language=language)
    key = "started_new" if started.is_new else "started_again"
    counts = {"added": len(started.added), "renewed": len(started.renewed), "exercises": len(space.course.exercises)}
    typer.echo(space.say(key, folder=target, **counts))
    for name in started.kept:
        typer.echo(space.say("started_kept", name=name))
    if here != target:
        typer.echo(
            space.say("started_next", folder=target.relative_to(here) if target.is_relative_to(here) else target)
        )


def learn(
    *,
    once: Annotated[bool, typer.Option("--once", help="Show the exercise or its verdict once, without keys.")] = False,
    poll: PollOption = False,
    isolation: OwnIsolationOption = None,
    course: CourseOption = None,
    lang: LangOption = None,
) -> None:
    """Show the next exercise, and a verdict each time you save it. Press ? for the keys.

    Examples:  grader learn   ·   grader learn --lang zh   ·   grader learn --poll   ·   grader learn --once

    Exit codes: 0 left, or passed with --once; 1 not passed with --once; 2 the command or the course is wrong.
    """
    from rich.console import Console

    from grader.learn.own_judge import OwnJudge
    from grader.learn.workspace import open_workspace

    space = open_workspace(Path.cwd(), course=course, language=lang.value if lang else None)
    if not space.is_own:
        raise space.refusal("only_in_own_folder")
    console = Console(highlight=False)
    judge = OwnJudge(space, isolation)
    if once:
        show_once(space, judge, console)
    elif sys.stdin.isatty() and console.is_terminal:
        run_loop(space, judge, console, poll=poll)
    else:
        raise space.refusal("no_terminal")


def show_once(space: Workspace, judge: OwnJudge, console: Console) -> None:
    """Show the exercise that is due, or the verdict on it where it was begun."""
    from grader.learn.once import once

    state, shown = once(space, judge)
    if judge.is_weaker:
        typer.echo(space.say("weaker"), err=True)
    console.print(shown)
    if not state.is_passed:
        raise typer.Exit(NOT_PASSED)


def run_loop(space: Workspace, judge: OwnJudge, console: Console, *, poll: bool) -> None:
    """Run the loop, and say at its end how far the learner has come."""
    from grader.learn.inbox import Inbox
    from grader.learn.judging import Judging
    from grader.learn.progress import ProgressFile, only_loop
    from grader.learn.resume import first_state

    with only_loop(space.state, space.language):
        state = first_state(space, ProgressFile(space.state, space.language).read())
        judging = Judging(space, judge, Inbox())
        judging.check(state.slug)  # the judge starts while the screens are imported
        from grader.learn.session import Session
        from grader.learn.terminal import Terminal

        end = Session(judging, Terminal(sys.stdin.fileno(), console), poll).run(state)
    console.print()  # the last screen ends without a line's end
    console.print(space.say("goodbye", passed=end.outline.passed(end.progress), total=len(end.outline.lessons)))
