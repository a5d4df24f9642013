"""`grader export grades`: the marks of a class, written for a course system."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.class_source import ClassSource, class_source
from grader.cli.options import ClassOption, CourseOption, StoreOption
from grader.errors import UserError
from grader.exports.by import By

if TYPE_CHECKING:
    from grader.bridges.nbgrader.gradebook import Ledger
    from grader.catalogue.course import Course
    from grader.exports.join import Joined
    from grader.exports.systems import Sheet
    from grader.results.report import Report

MOST_NAMES = 10
"""How many names are told on one line."""


class To(StrEnum):
    """Where marks can go."""

    CSV = "csv"
    CANVAS = "canvas"
    MOODLE = "moodle"
    GRADESCOPE = "gradescope"
    NBGRADER = "nbgrader"


class Missing(StrEnum):
    """The mark of a student without a submission."""

    EMPTY = "empty"
    ZERO = "zero"


@dataclass(frozen=True)
class Wish:
    """How a table of marks is wanted."""

    to: To
    roster: Path | None
    by: By
    out_of: Decimal | None
    missing: Missing


def grades(  # noqa: PLR0913 - the command's own options
    units: Annotated[list[str] | None, typer.Argument(metavar="[UNIT]...", help="Units; none for all.")] = None,
    *,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The file; for nbgrader the folder of its course.")],
    to: Annotated[To, typer.Option("--to", help="The system that the marks are for.")],
    feedback: Annotated[
        Path | None, typer.Option("--from", help="A folder that `grader grade` wrote, instead of the store.")
    ] = None,
    class_name: ClassOption = None,
    store: StoreOption = None,
    roster: Annotated[
        Path | None, typer.Option("--roster", help="The class as the system has it; its ids go into the file.")
    ] = None,
    by: Annotated[By, typer.Option("--by", help="What gets one column.")] = By.UNIT,
    out_of: Annotated[str | None, typer.Option("--out-of", help="What each column is worth in the system.")] = None,
    missing: Annotated[
        Missing, typer.Option("--missing", help="The mark of a student without a submission.")
    ] = Missing.EMPTY,
    course: CourseOption = None,
) -> None:
    """Write the marks of a class for a course system, or enter them into nbgrader's gradebook.

    They come from the store, and where there is none from the folder `feedback`.

    A table has the columns that the system documents, with the roster's ids. A mark that waits for a person is left
    empty, and so is that of a student whose work was not found: no name that is written differently becomes a 0. For
    nbgrader each unit goes into its assignment, and a mark or a comment that a human gave there stays. The way out of
    its gradebook: nbgrader export --exporter=grader.bridges.nbgrader.export.GradesPlugin --to marks.csv

    Examples:  grader export grades --to canvas --roster canvas.csv marks.csv
    ·   grader export grades weights --to moodle --roster worksheet.csv --out-of 10 weights.csv
    ·   grader export grades --to nbgrader nbcourse

    Exit codes: 0 done; 2 the command, the course, a report, the roster or the gradebook is wrong.
    """
    from grader.catalogue.course import find_course, load_course

    if to is To.NBGRADER and find_spec("nbgrader") is None:
        raise UserError("nbgrader is not installed; `pip install nbgrader` into the Python that runs grader")
    wish = Wish(to, roster, by, points(out_of), missing)
    loaded = load_course(find_course((course or Path.cwd()).absolute()))
    loaded.select_units(units or ())
    if roster is None and to not in {To.CSV, To.NBGRADER}:
        raise UserError(f"--to {to} needs the ids of the system; give its own export of the class with --roster")
    marks = class_source(loaded, feedback, class_name, store)
    if to is To.NBGRADER:
        enter(loaded, units or (), out, marks=marks, roster=roster)
    else:
        write_table(loaded, units or (), out, marks=marks, wish=wish)


def points(text: str | None) -> Decimal | None:
    """Return the scale that a user gives; UserError for one that no mark can be put on."""
    if text is None:
        return None
    try:
        most = Decimal(text)
    except InvalidOperation:
        most = Decimal(0)
    if not (most.is_finite() and most > 0):
        raise UserError(f"--out-of {text} is no number of points; give such as 10 or 100")
    return most


def write_table(course: Course, units: Sequence[str], out: Path, *, marks: ClassSource, wish: Wish) -> None:
    """Write the marks of a class as the table of a system."""
    from grader.exports.gradebook import gradebook_of
    from grader.exports.join import joined, roster_of
    from grader.exports.systems import DECIMALS, Scale, Sheet, System
    from grader.exports.write import write_marks
    from grader.roster.read import read_roster

    book = gradebook_of(marks.reports, course.config, course.select_units(units), wish.by)
    if not book.columns:
        raise UserError(f"{marks.place} holds no mark of these units; grade them first, or name others")
    roster = read_roster(wish.roster) if wish.roster else roster_of(book)
    found = joined(book, roster, missing_get_zero=wish.missing is Missing.ZERO)
    system = System(wish.to)
    sheet = Sheet(roster, book.columns, found.entries)
    write_marks(out, system, sheet, Scale(DECIMALS[system], wish.out_of))
    marks.tell_note()
    tell_joined(found, sheet, wish)
    typer.echo(f"{len(found.entries) - len(found.missing)} of {len(found.entries)} students have marks in {out}")


def tell_joined(found: Joined, sheet: Sheet, wish: Wish) -> None:
    """Tell who has no mark, and whose marks found no student."""
    from grader.exports.join import names

    cell = "0 where nothing of theirs can be meant below" if wish.missing is Missing.ZERO else "an empty cell"
    tell_on_one_line(f"handed in nothing, {cell}", names(found.missing))
    tell_on_one_line("wait for a person, an empty cell", names(found.open))
    tell_on_one_line(f"have marks and are not on {sheet.roster.path}", found.strangers)
    for student, members in found.asked.items():
        tell_on_one_line(
            f"{student} could be", [*names(members), f"write {student!r} into the roster's column `submission`"]
        )


def tell_on_one_line(what: str, who: Sequence[str]) -> None:
    """Tell what is true of some students, all on one line."""
    if who:
        more = f" and {len(who) - MOST_NAMES} more" if len(who) > MOST_NAMES else ""
        typer.echo(f"{what}: {', '.join(who[:MOST_NAMES])}{more}", err=True)


def enter(course: Course, units: Sequence[str], out: Path, *, marks: ClassSource, roster: Path | None) -> None:
    """Enter the marks of a class into nbgrader's gradebook."""
    from rich.console import Console
    from rich.progress import track

    from grader.bridges.nbgrader.gradebook import ledger_of

    chosen = [unit.name for unit in course.select_units(units)]
    ids = nbgrader_ids(marks.reports, roster)
    with ledger_of(out, course.config, chosen) as ledger:
        for report in track(marks.reports, "entering", console=Console(stderr=True)):
            if report.student in ids and not report.missing:
                ledger.enter(report.model_copy(update={"student": ids[report.student]}))
    marks.tell_note()
    tell(ledger)
    typer.echo(f"{ledger.students} students in the gradebook of {out}")


def nbgrader_ids(reports: Iterable[Report], roster: Path | None) -> dict[str, str]:
    """Return what nbgrader calls each student: by a roster, else by the id that the class was graded under."""
    from grader.exports.join import owners_of
    from grader.roster.read import read_roster

    students = {report.student: report.student_id for report in reports}
    if roster is None:
        return {student: student_id or student for student, student_id in students.items()}
    found = owners_of(students, read_roster(roster))
    tell_on_one_line(f"are not on {roster}, or could be several there", [*found.asked, *found.unknown])
    return {student: member.id for student, member in found.owners.items()}


def tell(ledger: Ledger) -> None:
    """Tell what was left out, and who is new."""
    for reason in ledger.left_out:
        typer.echo(f"left out: {reason}", err=True)
    tell_on_one_line("new in the gradebook", ledger.added)
