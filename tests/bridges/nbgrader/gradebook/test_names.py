"""Names of students that nbgrader, a shell or a file system stumbles over: each costs its own student alone."""

import csv

import pytest
from gradebook_reports import EXERCISE, report
from nbgrader.api import Gradebook
from nbgrader.plugins import CsvExportPlugin

NAMES = ["Doe, Jane", "[ab]", "=1+1", "-x", "@x", "a*", "..", "a/b", "x" * 101, "a\u202eb", "a\nb", "CON", " ada"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_nbgrader_stumbles_over_costs_its_own_student_alone(enter, look, folder, name):
    """It would forge columns of nbgrader's own table, run in a spreadsheet, leave the folder or match other folders."""
    told = enter(report(name), report("bob"))
    assert (told.students, told.added) == (1, ["bob"])
    (reason,) = told.left_out
    assert "is no name that nbgrader can work with; rename the submission" in reason
    assert reason.isprintable()
    assert look("bob").grades[EXERCISE] == (2, None, False)
    assert [path.name for path in (folder / "autograded").iterdir()] == ["bob"]


def test_no_name_forges_a_row_of_nbgraders_own_table(enter, folder):
    """Which writes names as they are: neither another's marks nor a formula can stand in one."""
    names = ["bob", "ada,Ada,A,a@x,100,0,100,100", "=1+1", "@x"]
    enter(*(report(name) for name in names))
    table = folder / "grades.csv"
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}", "") as gradebook:
        CsvExportPlugin(to=str(table)).export(gradebook)
    header, *rows = csv.reader(table.read_text().splitlines())
    assert [dict(zip(header, row, strict=True))["student_id"] for row in rows] == ["bob"]


def test_an_instructors_own_ids_are_taken_as_they_are(enter, folder, look):
    """Whom the gradebook knows nobody chose a name for."""
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}", "") as gradebook:
        gradebook.add_student("Doe, Jane")
    assert enter(report("Doe, Jane")).added == []
    assert look("Doe, Jane").grades[EXERCISE] == (2, None, False)


@pytest.mark.parametrize("name", ["王小明", "{student}", "a'b", "'; drop table student; --", "%s", "O'Neil & Co"])
def test_other_names_are_names(enter, look, name):
    """Nothing is made of them but an id."""
    enter(report(name))
    assert look(name).grades[EXERCISE] == (2, None, False)
