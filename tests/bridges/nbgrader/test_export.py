"""The exported table: one row for each cell with points, a human's marks as they are, no cell that runs."""

import csv
from types import SimpleNamespace

import pytest

from grader.bridges.nbgrader.export import GradesPlugin
from grader.errors import UserError


def grade(name, score, most, *, manual=None, waits=False):
    """Return a grade as the gradebook gives it."""
    return SimpleNamespace(name=name, score=score, max_score=most, manual_score=manual, needs_manual_grade=waits)


def submission(assignment, student):
    """Return a submission with one notebook."""
    comments = [
        SimpleNamespace(name="s-solution", auto_comment="**Likely misconception · M11**: x\n\n    **a · M99**: y"),
        SimpleNamespace(name="essay", auto_comment=None),
    ]
    grades = [
        grade("s-autograde", 2.5, 4.0, manual=2.5),
        grade("essay", 0.0, 1.0, waits=True),
        grade("s-visible-1", 0.0, 0.0),
    ]
    notebook = SimpleNamespace(
        name="week1",
        assignment=SimpleNamespace(name=assignment),
        student=SimpleNamespace(id=student),
        grades=grades,
        comments=comments,
    )
    return SimpleNamespace(student=notebook.student, notebooks=[notebook])


@pytest.fixture
def gradebook():
    """Return a gradebook of two assignments and two students, one of whom has a name that a spreadsheet would run."""
    names = ["ps1", "ps2"]
    return SimpleNamespace(
        assignments=[SimpleNamespace(name=name) for name in names],
        assignment_submissions=lambda name: [submission(name, "ada"), submission(name, "=cmd()")],
    )


def table(path):
    """Return the rows of an exported table."""
    return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_every_cell_with_points_has_a_row(gradebook, tmp_path):
    """With the mark that counts, whether a human gave it, and the misconception."""
    GradesPlugin(to=str(tmp_path / "marks.csv")).export(gradebook)
    header, *rows = table(tmp_path / "marks.csv")
    assert header == [
        *("assignment", "notebook", "student", "exercise", "score", "max_score"),
        *("by_hand", "needs_review", "misconceptions"),
    ]
    assert rows[:2] == [
        ["ps1", "week1", "ada", "essay", "0", "1", "no", "yes", ""],
        ["ps1", "week1", "ada", "s", "2.5", "4", "yes", "no", "M11"],
    ]
    assert len(rows) == 8
    assert {row[2] for row in rows} == {"ada", "'=cmd()"}


@pytest.mark.parametrize(("chosen", "rows"), [({"student": ["ada"]}, 4), ({"assignment": ["ps2"]}, 4), ({}, 8)])
def test_only_what_was_asked_for_is_exported(gradebook, tmp_path, chosen, rows):
    """As for nbgrader's own table."""
    GradesPlugin(to=str(tmp_path / "marks.csv"), **chosen).export(gradebook)
    assert len(table(tmp_path / "marks.csv")) == 1 + rows


def test_the_table_has_a_name_of_its_own(gradebook, tmp_path, monkeypatch):
    """Without --to it lies beside the gradebook."""
    monkeypatch.chdir(tmp_path)
    GradesPlugin().export(gradebook)
    assert len(table(tmp_path / "marks.csv")) == 9


def test_a_place_that_cannot_be_written_is_told(gradebook, tmp_path):
    """By a sentence."""
    with pytest.raises(UserError, match=r"marks\.csv"):
        GradesPlugin(to=str(tmp_path / "none" / "marks.csv")).export(gradebook)
