"""Rosters of every form."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import UserError
from grader.roster.member import Roster
from grader.roster.read import read_roster

CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Weights (4711),Current Score
,,,,,Manual Posting,(read only)
    Points Possible,,,,,6,(read only)
"Chen, Mei",101,S1,mchen,A,,
"O'Brien, Seán",102,S2,sobrien,A,,
"Student, Test",999,,x,A,,
"""
MOODLE = """\
"First name","Last name","ID number","Email address",Groups
Mei,Chen,m101,mei@uni.example,A
Seán,O'Brien,,sean@uni.example,B
"""
WORKSHEET = """\
Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed","Feedback comments"
"Participant 101","Mei Chen",mei@uni.example,"Submitted for grading",,6.00,Yes,
"""
GRADESCOPE = (
    "First Name,Last Name,SID,Email,Sections\nMei,Chen,101,mei@uni.example,A\nSeán,O'Brien,,sean@uni.example,B\n"
)
NBGRADER = "id,first_name,last_name,email,lms_user_id\nmchen,Mei,Chen,mei@uni.example,101\n"
OWN = "id,name,email,section,extension,submission\n101,Mei Chen,mei@uni.example,A,2026-12-30T23:59,mc-final\n"


def roster(folder: Path, text: str) -> Roster:
    path = folder / "roster.csv"
    path.write_text(text, encoding="utf-8")
    return read_roster(path)


@pytest.mark.parametrize(
    ("text", "form", "first"),
    [
        (CANVAS, "canvas", ("101", "Mei Chen", "")),
        (MOODLE, "moodle", ("m101", "Mei Chen", "mei@uni.example")),
        (WORKSHEET, "moodle", ("101", "Mei Chen", "mei@uni.example")),
        (GRADESCOPE, "gradescope", ("101", "Mei Chen", "mei@uni.example")),
        (NBGRADER, "nbgrader", ("mchen", "Mei Chen", "mei@uni.example")),
        (OWN, "own", ("101", "Mei Chen", "mei@uni.example")),
        ("学号,姓名,邮箱\n101,陈梅,mei@uni.example\n", "own", ("101", "陈梅", "mei@uni.example")),
    ],
    ids=["canvas", "moodle", "worksheet", "gradescope", "nbgrader", "own", "chinese"],
)
def test_the_form_is_told_by_its_columns(tmp_path, text, form, first):
    """Each system's own file is read as it comes."""
    found = roster(tmp_path, text)
    member = found.members[0]
    assert (found.form, (member.id, member.name, member.email)) == (form, first)


def test_canvas_rows_that_are_no_students_are_left_out(tmp_path):
    """Points, posting policies and the test student are nobody."""
    assert [member.id for member in roster(tmp_path, CANVAS).members] == ["101", "102"]


def test_who_has_no_id_is_joined_by_the_email(tmp_path):
    """Moodle and Gradescope join marks by e-mail where the id is empty."""
    for text in (MOODLE, GRADESCOPE):
        assert roster(tmp_path, text).members[1].id == "sean@uni.example"


def test_logins_extension_and_handed_in_name_are_kept(tmp_path):
    """What else a row tells is there for matching and dates."""
    assert roster(tmp_path, CANVAS).members[0].others == ("S1", "mchen")
    member = roster(tmp_path, OWN).members[0]
    assert (member.extension, member.others) == ("2026-12-30T23:59", ("mc-final",))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,name\n", ":1: the roster has no students"),
        ("name,email\nMei,mei@x\n", ":1: the column 'id' is missing"),
        ("a,b\n1,2\n", ":1: no column of a roster is known here"),
        ("id,name\n1,Mei\n2,Bo\n１,Ann\n", ":4: the id '１' stands on line 2 too"),
        ("id,name,email\n1,Mei,m@x\n2,Bo,M@X\n", ":3: the e-mail 'M@X' stands on line 2 too"),
        ("id,name\n1,Mei\n,Bo\n", ":3: there is no id"),
        ("id,name\n2.01512E+11,Mei\n", ":2: a spreadsheet made '2.01512E+11' of the id"),
    ],
)
def test_a_fault_is_one_sentence_with_its_line(tmp_path, text, said):
    """A roster that would join marks wrongly is refused, and its line named."""
    with pytest.raises(UserError) as caught:
        roster(tmp_path, text)
    assert f"roster.csv{said}" in str(caught.value)


def test_a_formula_is_undone(tmp_path):
    """A cell that was made safe for a spreadsheet is read as it was."""
    assert roster(tmp_path, "id,name\n'+1,'=Mei\n").members[0].id == "+1"
