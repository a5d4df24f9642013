"""Messages to the instructor about a class: how it matches the roster, and what came late."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from pathlib import Path

    from grader.grading.enrolment import Enrolment
    from grader.roster.member import Member, Roster

MOST = 20
"""How many students of a kind are told on the terminal; the table in the folder has all."""
COLUMNS = ("submission", "id", "name", "how")


def tell_roster(enrolment: Enrolment, roster: Roster) -> None:
    """Print names that differ from the roster, unknown and ambiguous submissions, and missing students."""
    found = enrolment.matching
    assert found is not None
    typer.echo(f"roster: {len(found.matched)} of {len(roster.members)} students handed in", err=True)
    differing = [
        f"{submission!r} is {called(each.member)}"
        for submission, each in found.matched.items()
        if each.how not in {"id", "case"} or (each.how == "case" and submission != each.member.name)
    ]
    several = [f"{submission!r}: {who(members)}" for submission, members in found.asked.items()]
    strangers = [
        f"{submission!r}" + (f" (like {who(members)})" if members else "")
        for submission, members in found.unknown.items()
    ]
    tell_names("written differently", differing)
    tell_names("could be several students, or a second submission", several)
    tell_names("not on the roster", strangers)
    tell_names("handed in nothing", [called(each) for each in found.missing if each.id not in found.doubtful])
    tell_names(
        "not found, though a submission above may be theirs",
        [called(m) for m in found.missing if m.id in found.doubtful],
    )
    if several or strangers:
        typer.echo("settle it in the roster: write the submission's name into a column `submission`", err=True)


def tell_names(what: str, lines: Sequence[str]) -> None:
    """Tell what is true of some students, each on a line."""
    if lines:
        typer.echo(f"{what} ({len(lines)}):", err=True)
        for line in lines[:MOST]:
            typer.echo(f"  {line}", err=True)
        if len(lines) > MOST:
            typer.echo(f"  and {len(lines) - MOST} more, all of them in roster.csv beside the marks", err=True)


def called(member: Member) -> str:
    """Return a student's name and id."""
    return f"{member.name} ({member.id})"


def who(members: Sequence[Member]) -> str:
    """Return some students on one line."""
    return ", ".join(map(called, members))


def write_roster(out: Path, enrolment: Enrolment) -> None:
    """Write how each submission was joined with its student, where there is a roster."""
    from grader.atomic import replacing
    from grader.grading.enrolment import rows
    from grader.reports.folder import ROSTER_CSV
    from grader.reports.table import text_cell
    from grader.spreadsheet import BYTE_ORDER_MARK

    if enrolment.matching is None:
        return
    with replacing(out / ROSTER_CSV) as file:
        file.write(BYTE_ORDER_MARK)
        csv.writer(file).writerows([COLUMNS, *(map(text_cell, row) for row in rows(enrolment.matching))])


def tell_dates(counts: Mapping[str, int], *, has_dates: bool) -> None:
    """Tell how many came late, and of how many nobody knows."""
    if not has_dates:
        return
    if late := counts["late"]:
        typer.echo(f"late: {late}", err=True)
    if unknown := counts["unknown"]:
        typer.echo(
            f"when work came is not known of {unknown}, which count as in time; --times says where it is known from",
            err=True,
        )
