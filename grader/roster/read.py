"""Reading a roster: one student for each row, each fault told by its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from grader.roster.forms import EXTENSIONS, PLACEHOLDERS, SUBMISSIONS, Form, folded_heading, form_of, is_known
from grader.roster.forms import missing_column as missing
from grader.roster.keys import folded
from grader.roster.member import Member, Roster
from grader.spreadsheet import Row, Table, read_table

SCIENTIFIC = re.compile(r"\d[.,]\d+E\+\d+")
"""What a spreadsheet makes of a long id."""
PARTICIPANT = re.compile(r"(?i:participant|teilnehmer/?in|участник|参与者|participante|用户)\s*(\d+)")
"""How Moodle's grading worksheet names a submission; its folders carry the number alone."""


def read_roster(path: Path) -> Roster:
    """Return the roster in a file; UserError names the line to mend."""
    table = read_table(path, is_known)
    form = form_of(table.header)
    if form is None:
        raise table.fault(missing(table.header))
    members = tuple(members_of(table, form))
    if not members:
        raise table.fault("the roster has no students; each row below the first line is one")
    check_unique(table, members)
    return Roster(path, form.name, table.header, members)


def members_of(table: Table, form: Form) -> Iterator[Member]:
    """Yield the student of each row."""
    placeholder = PLACEHOLDERS.get(form.name)
    for row in table.rows:
        cells = {folded_heading(heading): cell for heading, cell in row.cells.items()}
        name = name_of(form, cells)
        if placeholder and placeholder.fullmatch(first(cells, form.names)):
            continue
        yield member(table, form, row, cells=cells, name=name)


def member(table: Table, form: Form, row: Row, *, cells: Mapping[str, str], name: str) -> Member:
    """Return the student of a row; UserError for one that marks could not be joined with."""
    ids = [without_participant(cells[heading]) for heading in (*form.ids, *form.others) if cells.get(heading)]
    if not ids:
        raise table.fault(f"there is no id; fill in the column {form.ids[0]!r}", row.line)
    if SCIENTIFIC.fullmatch(ids[0]):
        raise table.fault(
            f"a spreadsheet made {ids[0]!r} of the id; export the roster again and do not save it there", row.line
        )
    email = first(cells, form.emails)
    submission = first(cells, SUBMISSIONS)
    return Member(
        id=ids[0],
        name=name or email or ids[0],
        email=email,
        section=first(cells, form.sections),
        extension=first(cells, EXTENSIONS),
        others=tuple(filter(None, [*ids[1:], submission])),
        line=row.line,
        cells=row.cells,
    )


def first(cells: Mapping[str, str], headings: tuple[str, ...]) -> str:
    """Return the first cell of some columns that is filled, or nothing."""
    return next((cells[heading] for heading in headings if cells.get(heading)), "")


def name_of(form: Form, cells: Mapping[str, str]) -> str:
    """Return a student's name, the given name first where the roster says which it is."""
    parts = [first(cells, form.given), first(cells, form.family)]
    if any(parts):
        return " ".join(filter(None, parts))
    family, comma, given = first(cells, form.names).partition(",")
    return f"{given.strip()} {family.strip()}" if comma and "," not in given else first(cells, form.names)


def without_participant(text: str) -> str:
    """Return an id without Moodle's word before it."""
    found = PARTICIPANT.fullmatch(text)
    return found[1] if found else text


def check_unique(table: Table, members: tuple[Member, ...]) -> None:
    """Raise for an id or an e-mail that two students have."""
    for kind, values in (
        ("id", [(member.id, member) for member in members]),
        ("e-mail", [(member.email, member) for member in members if member.email]),
    ):
        seen: dict[str, Member] = {}
        for value, member in values:
            before = seen.setdefault(folded(value), member)
            if before is not member:
                raise table.fault(
                    f"the {kind} {value!r} stands on line {before.line} too; keep one row for each student",
                    member.line,
                )
