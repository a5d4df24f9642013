"""Tables of marks: the columns of each system, and every mark back where it belongs."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from grader.errors import InternalError, UserError
from grader.exports import write
from grader.exports.gradebook import Column, Gradebook, Part, StudentMarks
from grader.exports.join import joined
from grader.exports.systems import DECIMALS, Scale, Sheet, System
from grader.exports.write import read_marks, write_marks
from grader.roster.member import Roster
from grader.roster.read import read_roster

ROSTERS = {
    System.CANVAS: (
        "Student,ID,SIS User ID,SIS Login ID,Section,Weights (4711)\n"
        '    Points Possible,,,,,6\n"Chen, Mei",101,S1,mchen,A,\n"=Evil, Eve",102,S2,eve,B,\n"Li, Bo",103,S3,bo,A,\n'
    ),
    System.MOODLE: (
        "First name,Last name,ID number,Email address\nMei,Chen,101,mei@x\n'=Eve,Evil,102,eve@x\nBo,Li,103,bo@x\n"
    ),
    System.GRADESCOPE: (
        "First Name,Last Name,SID,Email,Sections\nMei,Chen,101,mei@x,A\n'=Eve,Evil,102,eve@x,B\nBo,Li,103,bo@x,A\n"
    ),
    System.CSV: "id,name,email,section\n101,Mei Chen,mei@x,A\n102,'=Eve Evil,eve@x,B\n103,Bo Li,bo@x,A\n",
}
WORKSHEET = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Feedback comments\n"
    'Participant 101,Mei Chen,mei@x,"Submitted, late",,"10,00",\nParticipant 103,Bo Li,bo@x,,5,10.00,\n'
)
COLUMNS = (
    Column("weights", "Weights", "weights", (Part("weighted_grad", Decimal(6)),)),
    Column("sums", "Sums", "sums", (Part("quiz_sums", Decimal(2)),)),
)
BOOK = Gradebook(
    "Course",
    COLUMNS,
    (
        StudentMarks("chen mei", None, {"weights": Decimal("4.125"), "sums": Decimal("0.005")}),
        StudentMarks("=eve evil", None, {"weights": Decimal(6), "sums": None}),
        StudentMarks("Zoe Quist", None, {"weights": Decimal(1), "sums": Decimal(1)}),
    ),
)


def roster(folder: Path, text: str) -> Roster:
    path = folder / "roster.csv"
    path.write_text(text, encoding="utf-8")
    return read_roster(path)


def written(folder: Path, system: System, text: str, scale: Scale | None = None, book: Gradebook = BOOK) -> Path:
    students = roster(folder, text)
    path = folder / "out" / "marks.csv"
    sheet = Sheet(students, book.columns, joined(book, students).entries)
    write_marks(path, system, sheet, scale or Scale(DECIMALS[system]))
    return path


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


HEADINGS = {
    System.CSV: ("Weights", "Sums"),
    System.CANVAS: ("Weights (4711)", "Sums"),
    System.MOODLE: ("Weights", "Sums"),
    System.GRADESCOPE: ("1: Weights (6 pts)", "2: Sums (2 pts)"),
}


@pytest.mark.parametrize("system", System)
def test_marks_come_back_joined_by_id(tmp_path, system):
    """What was written is read back as it was meant, open marks included, rounded once to the system's decimals."""
    path = written(tmp_path, system, ROSTERS[system])
    weights, sums = HEADINGS[system]
    exact = system is System.CSV
    assert read_marks(path, HEADINGS[system]) == {
        "101": {weights: Decimal("4.125" if exact else "4.13"), sums: Decimal("0.005" if exact else "0.01")},
        "102": {weights: Decimal(6), sums: None},
        "103": {weights: None, sums: None},
    }


@pytest.mark.parametrize("system", System)
def test_no_cell_is_a_formula(tmp_path, system):
    """A name that a student chose runs nowhere, and is read back as it was."""
    path = written(tmp_path, system, ROSTERS[system])
    assert not [cell for row in rows(path) for cell in row if cell.lstrip().startswith("=")]
    assert "=" in read_roster(path).members[1].name


def test_canvas_gets_its_own_columns(tmp_path):
    """The columns that its importer joins by, the assignment it knows by number, and the points possible."""
    found = rows(written(tmp_path, System.CANVAS, ROSTERS[System.CANVAS]))
    assert found[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Weights (4711)", "Sums"]
    assert found[1] == ["    Points Possible", "", "", "", "", "6", "2"]
    assert found[2] == ["Chen, Mei", "101", "S1", "mchen", "A", "4.13", "0.01"]


def test_gradescope_gets_a_total_of_whole_rows_alone(tmp_path):
    """An open mark leaves the total open, too."""
    found = rows(written(tmp_path, System.GRADESCOPE, ROSTERS[System.GRADESCOPE]))
    assert found[0][:7] == ["First Name", "Last Name", "SID", "Email", "Sections", "Total Score", "Max Points"]
    assert [row[5:7] for row in found[1:]] == [["4.14", "8"], ["", "8"], ["", "8"]]


def test_moodles_worksheet_goes_back_as_it_came(tmp_path):
    """Each grade on the scale of its row; what is open stays as it was."""
    one = Gradebook("c", COLUMNS[:1], BOOK.students)
    found = rows(written(tmp_path, System.MOODLE, WORKSHEET, book=one))
    assert found == [
        ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade", "Feedback comments"],
        ["Participant 101", "Mei Chen", "mei@x", "Submitted, late", "6.88", "10,00", ""],
        ["Participant 103", "Bo Li", "bo@x", "", "5", "10.00", ""],
    ]


def test_points_are_rounded_once_on_the_scale_that_is_wanted(tmp_path):
    """4.125 of 6 is 68.75 of 100: a mark that was rounded before would be another."""
    path = written(tmp_path, System.MOODLE, ROSTERS[System.MOODLE], Scale(2, Decimal(100)))
    assert read_marks(path, ["Weights"])["101"] == {"Weights": Decimal("68.75")}


@pytest.mark.parametrize(
    ("system", "text", "said"),
    [
        (System.CANVAS, ROSTERS[System.CSV], "has no ids of Canvas"),
        (System.MOODLE, WORKSHEET, "a grading worksheet holds one mark"),
    ],
)
def test_a_roster_that_does_not_do_is_told(tmp_path, system, text, said):
    """A table that the system could not join is not written."""
    with pytest.raises(UserError, match=said):
        written(tmp_path, system, text)
    assert not (tmp_path / "out").exists()


def test_a_table_that_does_not_come_back_is_no_table(tmp_path, monkeypatch):
    """Broken on purpose: where cells are not made safe in a way that can be undone, no file appears."""
    monkeypatch.setattr(write, "safe_cell", lambda text: f" x{text}")
    with pytest.raises(InternalError, match="did not come back"):
        written(tmp_path, System.CSV, ROSTERS[System.CSV])
    assert not list((tmp_path / "out").iterdir())
