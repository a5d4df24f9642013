"""`grader export grades`: a folder of feedback into the gradebook of an nbgrader course."""

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from grader.reports.jsonfile import write_report
from grader.results.report import CheckReport, ExerciseReport, Report
from grader.results.verdicts import Part, Verdict

UNIT, SLUG = "weights", "weighted_grad"


@pytest.fixture
def nbcourse(copied, monkeypatch):
    """Return the folder of an nbgrader course with one assignment."""
    monkeypatch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))  # alembic
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(copied / "nobody's"))
    folder = copied / "nbcourse"
    folder.mkdir()
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}", "") as gradebook:
        gradebook.check_course("default_course")
        gradebook.add_assignment(UNIT)
        gradebook.add_notebook(UNIT, UNIT)
        gradebook.add_grade_cell(f"{SLUG}-autograde", UNIT, UNIT, max_score=8, cell_type="code")
        gradebook.add_source_cell(f"{SLUG}-autograde", UNIT, UNIT, cell_type="code", locked=True, source="#")
    return folder


@pytest.fixture
def feedback(copied):
    """Return what writes a student's report, as `grader grade` does."""

    def feedback(student, score=1.0, *, folder="feedback", inside=None, slugs=(SLUG,)):
        check = CheckReport(id="t", title="T", part=Part.EDGES, points=0, max_points=4, verdict=Verdict.FAILED)
        exercises = tuple(
            ExerciseReport(slug=each, title="W", score=score, max_score=4, verdict=Verdict.FAILED, checks=(check,))
            for each in slugs
        )
        report = Report(
            student=student,
            course="c",
            language="en",
            isolation="sandbox",
            feedback="visible",
            score=score,
            max_score=4,
            exercises=exercises,
        )
        path = copied / folder / (inside or student) / "report.json"
        path.parent.mkdir(parents=True)
        write_report(report, path)
        return path

    return feedback


@pytest.fixture
def marks(nbcourse):
    """Return what gives the marks in the gradebook, by student."""

    def marks():
        query = (
            "select a.student_id, g.auto_score from grade g join submitted_notebook n on n.id = g.notebook_id"
            " join submitted_assignment a on a.id = n.assignment_id"
        )
        with closing(sqlite3.connect(nbcourse / "gradebook.db")) as database:
            return dict(database.execute(query))

    return marks


def test_a_class_is_entered(grader, nbcourse, feedback, marks):
    """On the scale of the cell; who is new is told, and how far it came."""
    feedback("ada", 4.0)
    feedback("bob")
    ended = grader("export", "grades", "--to", "nbgrader", nbcourse)
    assert (ended.code, ended.out) == (0, f"2 students in the gradebook of {nbcourse}\n")
    assert "entering" in ended.err
    assert ended.err.endswith("new in the gradebook: ada, bob\n")
    assert marks() == {"ada": 8, "bob": 2}
    assert (nbcourse / "autograded" / "bob" / UNIT / f"{UNIT}.ipynb").exists()


def test_units_and_folder_can_be_chosen(grader, nbcourse, feedback, marks):
    """The words stand in the order of `grader release`."""
    feedback("ada", folder="marks")
    ended = grader("export", "grades", UNIT, "--from", "marks", "--to", "nbgrader", nbcourse)
    assert ended.code == 0, ended.err
    assert marks() == {"ada": 2}


def test_what_is_left_out_is_told_once(grader, nbcourse, feedback, marks):
    """On stderr, by its reason, after the names of many new students were cut."""
    for number in range(12):
        feedback(f"s{number:02}", slugs=(SLUG, "renamed"))
    feedback("Doe, Jane")
    ended = grader("export", "grades", "--to", "nbgrader", nbcourse)
    assert ended.code == 0
    told = ended.err[ended.err.index("left out") :].splitlines()
    assert set(told[:-1]) == {
        "left out: the course has no exercise or quiz renamed",
        "left out: 'Doe, Jane' is no name that nbgrader can work with; rename the submission",
    }
    assert told[-1] == f"new in the gradebook: {', '.join(f's{number:02}' for number in range(10))} and 2 more"
    assert len(marks()) == 12


def last_line(ended):
    """Return the one sentence that a command ends with, below its progress."""
    assert (ended.code, ended.out) == (2, "")
    *_, line = ended.err.splitlines()
    assert line.startswith("grader: ")
    return line.removeprefix("grader: ")


BROKEN = [
    ("{", "feedback/zoe/report.json is no report (Expecting property name"),
    (
        "[]",
        "feedback/zoe/report.json is no report (the file must be keys with values, as `key: value`, not a list); grade",
    ),
    (
        '{"version": 3}',
        "feedback/zoe/report.json is no report (version must be 2, not 3); grade that submission again",
    ),
]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_report_leaves_everything_as_it_was(grader, nbcourse, feedback, marks, broken):
    """It is named with what is wrong; whoever came before it in the folder is not entered either."""
    feedback("ada")
    text, words = broken
    feedback("zoe").write_text(text, encoding="utf-8")
    assert words in last_line(grader("export", "grades", "--to", "nbgrader", nbcourse))
    assert marks() == {}
    assert [each.name for each in nbcourse.iterdir()] == ["gradebook.db"]


def test_a_copied_folder_is_told(grader, nbcourse, feedback, marks):
    """It would silently take the place of the student's own marks."""
    feedback("ada", 4.0)
    feedback("ada", inside="ada-old")
    words = last_line(grader("export", "grades", "--to", "nbgrader", nbcourse))
    assert words == "feedback/ada-old/report.json is the report of 'ada'; remove the copy and run again"
    assert marks() == {}


def test_a_report_that_cannot_be_read_is_told(grader, nbcourse, feedback, marks):
    """Whatever lies in its place."""
    path = feedback("ada")
    path.unlink()
    path.mkdir()
    words = last_line(grader("export", "grades", "--to", "nbgrader", nbcourse))
    assert words == "feedback/ada/report.json can't be read: Is a directory; mend it and run again"
    assert marks() == {}


def test_a_folder_without_feedback_is_told(refused, nbcourse):
    """And which folder is meant."""
    told = refused("export", "grades", "--to", "nbgrader", nbcourse)
    assert told == "feedback holds no student's report.json; name the folder that `grader grade` wrote with --out"


def test_a_course_of_nbgraders_that_is_none_is_told(refused, feedback, copied):
    """No folder, and one without a gradebook."""
    feedback("ada")
    assert "there is no folder nowhere; name the folder" in refused("export", "grades", "--to", "nbgrader", "nowhere")
    (copied / "empty").mkdir()
    told = refused("export", "grades", "--to", "nbgrader", "empty")
    assert "there is no gradebook" in told
    assert "run `nbgrader generate_assignment` in the course's folder first" in told
    assert list((copied / "empty").iterdir()) == []


def test_an_assignment_that_was_never_made_is_told(grader, nbcourse, feedback):
    """With what makes it; nothing was entered, so that is an error."""
    feedback("ada")
    with closing(sqlite3.connect(nbcourse / "gradebook.db")) as database, database:
        database.execute("update assignment set name = 'other'")
    words = last_line(grader("export", "grades", "--to", "nbgrader", nbcourse))
    assert words == (
        "nothing was entered; the gradebook has no assignment weights; `nbgrader generate_assignment weights` makes it"
    )


def test_an_unknown_unit_is_told(refused, nbcourse):
    """Before anything is read."""
    assert "there is no unit 'weighz'" in refused("export", "grades", "weighz", "--to", "nbgrader", nbcourse)


def test_without_nbgrader_one_sentence_says_how_to_install_it(refused, monkeypatch, feedback, copied):
    """It is no part of grader's own needs."""
    feedback("ada")
    monkeypatch.setitem(sys.modules, "nbgrader", None)
    words = refused("export", "grades", "--to", "nbgrader", copied)
    assert words == "nbgrader is not installed; `pip install nbgrader` into the Python that runs grader"


def test_help_names_the_way_out_of_the_gradebook_too(grader):
    """Both directions are found in one place."""
    said = " ".join(grader("export", "grades", "--help").out.split())
    assert "nbgrader export --exporter=grader.bridges.nbgrader.export.GradesPlugin --to marks.csv" in said
