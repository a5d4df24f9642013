"""The exported table: one row for each cell with points, a human's marks as they are, no cell that runs."""

import csv
import logging
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from nbformat import v4
from nbgrader.apps.baseapp import NbGrader
from nbgrader.coursedir import CourseDirectory

from grader.bridges.nbgrader import cells
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


@pytest.fixture
def quizzed():
    """Return a gradebook of two students with a quiz, and an exercise whose solution cell it does not know."""
    submissions = [submission("ps1", name) for name in ("ada", "bob")]
    for each in submissions:
        (notebook,) = each.notebooks
        notebook.grades = [grade(f"{name}-autograde", 1.0, 2.0) for name in ("quiz-sums", "bare", "s")]
    return SimpleNamespace(
        assignments=[SimpleNamespace(name="ps1")], assignment_submissions=lambda _: submissions, students=submissions
    )


@pytest.fixture
def plugin(tmp_path, caplog):
    """Return the plugin as nbgrader starts it in a course, logging to where a test looks."""
    app = NbGrader()
    app.coursedir = CourseDirectory(parent=app, root=str(tmp_path))
    caplog.set_level(logging.WARNING)
    return GradesPlugin(parent=app, log=logging.getLogger("export"), to=str(tmp_path / "marks.csv"))


@pytest.fixture
def keep(tmp_path):
    """Return what writes the notebook that nbgrader keeps of a student."""

    def keep(student, content):
        path = tmp_path / "autograded" / student / "ps1" / "week1.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(content if isinstance(content, str) else nbformat.writes(content), encoding="utf-8")

    return keep


def notebook_with(**comments):
    """Return a notebook with comments below the marks of autograder cells, by what they grade."""
    made = []
    for name, text in comments.items():
        known = {"grade_id": f"{name}-autograde", "grade": True, "solution": False, "points": 2}
        made.append(v4.new_code_cell("", metadata={"nbgrader": known}))
        cells.write_mark(made[-1], cells.Mark(1.0, 2.0, waits=False))
        cells.write_feedback(made, name, text)
    output = v4.new_output("display_data", {"text/markdown": "**Likely misconception · M66**: x"})
    made.append(v4.new_code_cell("", outputs=[output]))
    made.append(v4.new_code_cell("", outputs=[output], metadata={"nbgrader": {"grade_id": "quiz-sums-autograde"}}))
    return v4.new_notebook(cells=made)


def misconceptions(plugin):
    """Return the last column of the table that was exported, by student and exercise."""
    return {(row[2], row[3]): row[-1] for row in table(Path(plugin.to))[1:]}


TOLD = "**1 of 2 points**\n\n**Likely misconception · M08**: x\n\n    **a · M99**: y\n\n**可能的误解 · M09**: z"


def test_a_comment_below_a_mark_is_read_too(quizzed, plugin, keep, caplog):
    """That of a quiz, and of an exercise that no cell with comments belongs to; other cells are not asked."""
    keep("ada", notebook_with(**{"quiz-sums": TOLD, "bare": "**Likely misconception · M10**: x", "s": TOLD}))
    keep("bob", notebook_with(**{"quiz-sums": "**2 of 2 points**", "bare": "", "s": ""}))
    plugin.export(quizzed)
    assert misconceptions(plugin) == {
        ("ada", "bare"): "M10",
        ("ada", "quiz-sums"): "M08 M09",
        ("ada", "s"): "M11",
        ("bob", "bare"): "",
        ("bob", "quiz-sums"): "",
        ("bob", "s"): "M11",
    }
    assert caplog.messages == []


BROKEN = {
    "missing": None,
    "empty": "",
    "a list": "[]",
    "text": "no notebook",
    "no cells": '{"nbformat": 4, "nbformat_minor": 4, "metadata": {}}',
    "odd cells": '{"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [1]}',
    "old": '{"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": []}',
    "deep": "[" * 100_000,
    "no text": nbformat.writes(notebook_with(**{"quiz-sums": "seven"})).replace('"seven"', "7"),
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_notebook_that_cannot_be_read_leaves_the_column_empty(quizzed, plugin, keep, caplog, content):
    """The table is whole, and the log says so once, with the first of them and their number."""
    if content is not None:
        keep("ada", content)
    plugin.export(quizzed)
    rows = misconceptions(plugin)
    assert len(rows) == 6
    assert (rows["ada", "quiz-sums"], rows["ada", "s"]) == ("", "M11")
    (told,) = caplog.messages
    assert "2 notebooks could not be read" in told
    assert "autograded/ada/ps1/week1.ipynb" in told


def test_no_notebook_is_read_without_need(gradebook, plugin, keep, caplog):
    """Where every comment stands in the gradebook nobody is told of a missing one."""
    keep("ada", "broken")
    plugin.export(gradebook)
    assert caplog.messages == []
