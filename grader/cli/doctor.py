"""`grader doctor`: what holds on this machine, tried layer by layer, or how a course stands."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import JsonOption

if TYPE_CHECKING:
    from grader.sandbox.diagnostics import Diagnostics
    from grader.verify.course_look import CourseLook

WEAK = 1


def doctor(
    *,
    course: Annotated[bool, typer.Option("--course", help="Look at the course here instead of the machine.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Print each layer of isolation, whether it holds here, the level that follows, and the limits.

    With --course: exercises, questions, what is covered, broken or stale, the secret, the roster.

    Examples:  grader doctor   ·   grader doctor --json   ·   grader doctor --course

    Exit codes: 0 every layer holds; 1 one does not, and grading refuses unless --isolation=process is given.
    With --course: 0 all is well; 1 something is broken, stale or not covered; 2 the course can't be read.
    """
    from grader.sandbox.diagnostics import diagnose_machine

    if course:
        tell_course(as_json=as_json)
        return
    found = diagnose_machine()
    if as_json:
        typer.echo(json.dumps(found.as_data(), indent=2))
    else:
        show(found)
    if not found.holds:
        raise typer.Exit(WEAK)


def show(found: Diagnostics) -> None:
    """Print what was found."""
    from rich.console import Console
    from rich.table import Table

    console = Console()
    table = Table("layer", "promise", "here", title=f"isolation on {found.system}", title_justify="left")
    for layer in found.layers:
        table.add_row(layer.name, layer.promise, "holds" if layer.holds else f"NO: {layer.reason}")
    console.print(table)
    console.print(f"level: {found.level}", highlight=False, soft_wrap=True)
    console.print(f"tried {found.tried} forbidden things, {found.refused} refused", highlight=False)
    console.print(f"Python {sys.version.split()[0]}, user {found.user}", highlight=False)
    console.print(
        f"limits of an exercise unless config.yaml says otherwise: {found.limits}", soft_wrap=True, highlight=False
    )


def tell_course(*, as_json: bool) -> None:
    """Print how the course here stands; exit code 1 where something waits to be mended."""
    from grader.catalogue.course import find_course, load_course
    from grader.verify.course_look import look_at

    found = look_at(load_course(find_course(Path.cwd())))
    if as_json:
        typer.echo(json.dumps(found.as_data(), ensure_ascii=False, indent=2))
    else:
        show_course(found)
    if not found.is_well:
        raise typer.Exit(WEAK)


def show_course(found: CourseLook) -> None:
    """Print what was found of a course."""
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, soft_wrap=True, markup=False)
    table = Table("unit", title=f"{found.title} {found.version}", title_justify="left")
    for column in ("exercises", "questions", "points"):
        table.add_column(column, justify="right")
    for unit in found.units:
        table.add_row(unit.name, str(unit.exercises or ""), str(unit.questions or ""), f"{unit.points:g}")
    table.add_section()
    totals = (sum(each.exercises for each in found.units), sum(each.questions for each in found.units))
    table.add_row("all", *map(str, totals), f"{sum(each.points for each in found.units):g}")
    console.print(table)
    console.print(f"misconceptions: {found.misconceptions}, acted out by a wrong solution or answer: {found.acted_out}")
    if found.outputs_owed:
        console.print(f"documented outputs covered: {found.outputs_covered} of {found.outputs_owed}")
    console.print(f"secret: {found.secret or 'none yet; the first grading draws one, or run grader secret set'}")
    console.print(f"roster: {found.roster or 'none beside config.yaml; give one with grader grade --roster'}")
    for name, lines in (("broken", found.broken), ("stale", found.stale)):
        console.print(f"{name}: {len(lines) or 'nothing'}")
        for line in lines:
            console.print(f"  {line}", style="red")
