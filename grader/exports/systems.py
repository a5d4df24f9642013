"""The tables that course systems read: which columns, on which scale, with how many decimals.

Owns the columns. Sources: Canvas' "Import grades" (the columns of its own export, and a row of points possible),
Moodle's "Grade import: CSV" and its offline grading worksheet, Gradescope's "Download Scores".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum

from grader.errors import UserError
from grader.exports.gradebook import Column
from grader.roster.forms import folded_heading
from grader.roster.member import Member, Roster

Line = list[str]


class System(StrEnum):
    """Where marks can go as a table."""

    CSV = "csv"
    CANVAS = "canvas"
    MOODLE = "moodle"
    GRADESCOPE = "gradescope"


DECIMALS: Mapping[System, int] = {System.CSV: 4, System.CANVAS: 2, System.MOODLE: 2, System.GRADESCOPE: 2}
"""As many as the system shows by default; `csv` has those of the reports."""
CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
POINTS_POSSIBLE = "    Points Possible"
MOODLE = ("First name", "Last name", "ID number", "Email address")
GRADESCOPE = ("First Name", "Last Name", "SID", "Email", "Sections")
OWN = ("id", "name", "email", "section")
IDENTIFIER, GRADE, MAXIMUM = "identifier", "grade", "maximum grade"


@dataclass(frozen=True)
class Entry:
    """A student of the roster with the marks that count."""

    member: Member
    marks: Mapping[str, Decimal | None]
    """By the column's name, on the course's own scale; None for an open one."""


@dataclass(frozen=True)
class Scale:
    """How points become the numbers of a system."""

    decimals: int
    out_of: Decimal | None = None
    """What each column is worth there; None for as much as here."""

    def most(self, column: Column) -> str:
        """Return what a column is worth in the system."""
        return told(self.out_of if self.out_of is not None else column.max_points, self.decimals)

    def cell(self, points: Decimal | None, column: Column, out_of: Decimal | None = None) -> str:
        """Return a mark as the system has it, rounded once; empty for an open one."""
        most = out_of if out_of is not None else self.out_of
        if points is None:
            return ""
        return told(points if most is None else points * most / column.max_points, self.decimals)


def told(points: Decimal, decimals: int) -> str:
    """Return points with at most so many decimals, a half rounded up, without needless zeros."""
    rounded = points.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return f"{rounded:f}".rstrip("0").rstrip(".") if decimals else f"{rounded:f}"


@dataclass(frozen=True)
class Sheet:
    """What is to be written: whose marks, in which columns."""

    roster: Roster
    columns: tuple[Column, ...]
    entries: tuple[Entry, ...]


def lines(system: System, sheet: Sheet, scale: Scale) -> Iterator[Line]:
    """Yield the table for a system, its headings first; UserError for a roster that lacks what the system needs."""
    roster, columns = sheet.roster, sheet.columns
    if system is System.MOODLE and is_worksheet(roster):
        yield from worksheet_lines(sheet, scale)
        return
    if system is System.CANVAS and roster.form != System.CANVAS:
        raise UserError(
            f"{roster.path} has no ids of Canvas; export the gradebook from Canvas and give it with --roster"
        )
    titles = titles_in(roster, columns) if system is System.CANVAS else [column.title for column in columns]
    yield [*FIXED[system][0], *headings(system, titles, columns, scale)]
    if system is System.CANVAS:
        yield [POINTS_POSSIBLE, *[""] * (len(CANVAS) - 1), *(scale.most(column) for column in columns)]
    for entry in sheet.entries:
        yield [*FIXED[system][1](entry.member), *cells(system, entry, columns, scale)]


def headings(system: System, titles: Sequence[str], columns: Sequence[Column], scale: Scale) -> list[str]:
    """Return the headings of the marks."""
    if system is System.GRADESCOPE:
        asked = [f"{number}: {title} ({scale.most(column)} pts)" for number, title, column in numbered(titles, columns)]
        return ["Total Score", "Max Points", *asked]
    return list(titles)


def numbered(titles: Sequence[str], columns: Sequence[Column]) -> Iterator[tuple[int, str, Column]]:
    """Yield the columns with their numbers and titles."""
    for number, (title, column) in enumerate(zip(titles, columns, strict=True), 1):
        yield number, title, column


def cells(system: System, entry: Entry, columns: Sequence[Column], scale: Scale) -> list[str]:
    """Return a student's marks."""
    marks = [scale.cell(entry.marks[column.name], column) for column in columns]
    if system is not System.GRADESCOPE:
        return marks
    most = sum((Decimal(scale.most(column)) for column in columns), Decimal(0))
    total = "" if "" in marks else told(sum(map(Decimal, marks), Decimal(0)), scale.decimals)
    return [total, told(most, scale.decimals), *marks]


def canvas_student(member: Member) -> Line:
    """Return who a row of Canvas is about, as Canvas has it."""
    return [value_of(member, heading) for heading in CANVAS]


def moodle_student(member: Member) -> Line:
    """Return who a row of Moodle is about; its importer takes the id number or the e-mail."""
    given, family = parts_of_name(member)
    number = value_of(member, "ID number") or ("" if "@" in member.id else member.id)
    return [given, family, number, member.email]


def gradescope_student(member: Member) -> Line:
    """Return who a row of Gradescope is about."""
    return [*parts_of_name(member), "" if "@" in member.id else member.id, member.email, member.section]


def own_student(member: Member) -> Line:
    """Return who a row of our own is about."""
    return [member.id, member.name, member.email, member.section]


FIXED = {
    System.CSV: (OWN, own_student),
    System.CANVAS: (CANVAS, canvas_student),
    System.MOODLE: (MOODLE, moodle_student),
    System.GRADESCOPE: (GRADESCOPE, gradescope_student),
}
"""The columns that say whose a row is, and what stands in them."""


def value_of(member: Member, heading: str) -> str:
    """Return a cell of the student's row in the roster, or nothing."""
    wanted = folded_heading(heading)
    return next((cell for name, cell in member.cells.items() if folded_heading(name) == wanted), "")


def parts_of_name(member: Member) -> tuple[str, str]:
    """Return the given name and the family name: the roster's own, else the last word is the family's."""
    given = value_of(member, "First name") or value_of(member, "first_name")
    family = value_of(member, "Last name") or value_of(member, "last_name")
    if given or family:
        return given, family
    given, _, family = member.name.rpartition(" ")
    return given, family


def titles_in(roster: Roster, columns: Sequence[Column]) -> list[str]:
    """Return the columns' headings: the roster's own where Canvas has an assignment of this title, with its number."""
    known = {heading.rpartition(" (")[0]: heading for heading in roster.header if heading.endswith(")")}
    return [known.get(column.title, column.title) for column in columns]


def is_worksheet(roster: Roster) -> bool:
    """Whether a roster is Moodle's offline grading worksheet, which goes back as it came."""
    return {IDENTIFIER, GRADE} <= set(map(folded_heading, roster.header))


def worksheet_lines(sheet: Sheet, scale: Scale) -> Iterator[Line]:
    """Yield Moodle's own worksheet with the grades filled in, each on the scale of its row."""
    roster = sheet.roster
    if len(sheet.columns) != 1:
        names = ", ".join(column.name for column in sheet.columns)
        raise UserError(f"a grading worksheet holds one mark; name one unit of {names}, or give --by total")
    (column,) = sheet.columns
    yield list(roster.header)
    for entry in sheet.entries:
        mark = scale.cell(entry.marks[column.name], column, maximum(roster, entry.member))
        grades = {heading: mark for heading in roster.header if folded_heading(heading) == GRADE and mark}
        yield [{**entry.member.cells, **grades}[heading] for heading in roster.header]


def maximum(roster: Roster, member: Member) -> Decimal | None:
    """Return what a row of a worksheet is marked out of, or None where it does not say."""
    text = value_of(member, MAXIMUM)
    try:
        most = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    if not (most.is_finite() and most > 0):
        raise UserError(f"{roster.path}:{member.line}: {text!r} is no maximum grade; set the assignment's in Moodle")
    return most
