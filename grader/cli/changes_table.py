"""The table of who gains and who loses."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from grader.grading.changes import Change

COLUMNS = ("student", "part", "before", "after", "gain", "checks")


def print_changes(changes: Sequence[Change], *, as_json: bool) -> None:
    """Print changes of points, as a table or as JSON."""
    if as_json:
        typer.echo(json.dumps([each.data() for each in changes], ensure_ascii=False, indent=2))
        return
    if not changes:
        typer.echo("no mark changed")
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for name in COLUMNS:
        table.add_column(name, overflow="fold")
    for each in changes:
        table.add_row(*map(Text, cells(each)))
    Console().print(table)
    gains = sum(each.gain > 0 for each in changes)
    losses = sum(each.gain < 0 for each in changes)
    typer.echo(f"{gains} gain, {losses} lose, {len(changes) - gains - losses} keep their points")


def cells(change: Change) -> tuple[str, ...]:
    """Return a row of the table."""
    checks = "; ".join(f"{each.check} {told(each.before)} → {told(each.after)}" for each in change.checks)
    note = "; ".join(filter(None, [checks, "marked by hand" if change.by_hand else ""]))
    return change.student, change.part, told(change.before), told(change.after), f"{change.gain:+g}", note


def told(points: float | None) -> str:
    """Return points, or a dash for none."""
    return "-" if points is None else f"{points:g}"
