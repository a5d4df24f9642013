"""`grader doctor`: what holds on this machine, layer by layer, tried and not merely asked."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import typer

from grader.cli.options import JsonOption

if TYPE_CHECKING:
    from grader.sandbox.diagnostics import Diagnostics

WEAK = 1


def doctor(*, as_json: JsonOption = False) -> None:
    """Print each layer of isolation, whether it holds here, the level that follows, and the limits.

    Examples:  grader doctor   ·   grader doctor --json

    Exit codes: 0 every layer holds; 1 one does not, and grading refuses unless --isolation=process is given.
    """
    from grader.sandbox.diagnostics import diagnose_machine

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
