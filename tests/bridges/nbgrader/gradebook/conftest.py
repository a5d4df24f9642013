"""A gradebook of nbgrader's own with one unit and no student, in a folder for each test."""

import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from gradebook_reports import ESSAY, EXERCISE, FOREIGN, POINTS, QUIZ, SLUG, TEST, UNIT
from nbgrader.api import Gradebook

from grader.bridges.nbgrader.gradebook import ledger_of
from grader.catalogue.course import load_course


def fill(gradebook):
    """Enter what `nbgrader generate_assignment` would of one unit."""
    place = (UNIT, UNIT)
    gradebook.check_course("default_course")
    gradebook.add_assignment(UNIT)
    gradebook.add_notebook(*place)
    for name, points in POINTS.items():
        gradebook.add_grade_cell(name, *place, max_score=points, cell_type="markdown" if name == ESSAY else "code")
    for name in (f"{SLUG}-solution", ESSAY):
        gradebook.add_solution_cell(name, *place)
    for name in (f"{SLUG}-solution", *POINTS):
        kind = "markdown" if name == ESSAY else "code"
        locked = name in {EXERCISE, QUIZ, TEST, FOREIGN}
        gradebook.add_source_cell(name, *place, cell_type=kind, locked=locked, source=f"# {name}", checksum="0")


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """Return a gradebook with one unit's assignment and no student."""
    path = tmp_path_factory.mktemp("template") / "gradebook.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))  # alembic
        with Gradebook(f"sqlite:///{path}", "") as gradebook:
            fill(gradebook)
    return path


@pytest.fixture
def folder(tmp_path, template, monkeypatch):
    """Return the folder of an nbgrader course."""
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "nobody's"))
    made = tmp_path / "nbcourse"
    made.mkdir()
    shutil.copy(template, made / "gradebook.db")
    return made


@pytest.fixture
def config(quiz_root):
    """Return the settings of a course with this unit and another."""
    return load_course(quiz_root).config


@pytest.fixture
def enter(folder, config):
    """Return what enters reports into the gradebook and gives back what was told."""

    def enter(*reports, chosen=("weights", "print_outs")):
        with ledger_of(folder, config, chosen) as ledger:
            for report in reports:
                ledger.enter(report)
        return ledger

    return enter


@pytest.fixture
def look(folder):
    """Return what shows a student's grades and comments."""

    def look(student, change=None):
        with Gradebook(f"sqlite:///{folder / 'gradebook.db'}", "") as gradebook:
            notebook = gradebook.find_submission_notebook(UNIT, UNIT, student)
            grades = {each.name: each for each in notebook.grades}
            comments = {each.name: each for each in notebook.comments}
            if change:
                change(grades, comments)
                gradebook.db.commit()
            return SimpleNamespace(
                grades={
                    name: (each.auto_score, each.manual_score, each.needs_manual_grade) for name, each in grades.items()
                },
                comments={name: (each.auto_comment, each.manual_comment) for name, each in comments.items()},
            )

    return look


@pytest.fixture
def everything(folder):
    """Return what shows all that lies in the folder, the gradebook's rows for its bytes."""

    def everything():
        files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        with closing(sqlite3.connect(folder / "gradebook.db")) as database:
            return {**files, "gradebook.db": list(database.iterdump())}

    return everything
