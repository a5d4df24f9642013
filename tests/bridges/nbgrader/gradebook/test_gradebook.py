"""Reports entered into a gradebook of nbgrader's own: what is set, what a human keeps, and all of it or nothing."""

import sqlite3
import sys
from contextlib import closing

import nbformat
import pytest
from gradebook_reports import ESSAY, EXERCISE, FOREIGN, POINTS, QUIZ, SLUG, TEST, UNIT, exercise, quiz, report
from nbgrader.api import Gradebook

from grader.bridges.nbgrader.comment import misconceptions
from grader.bridges.nbgrader.gradebook import ledger_of
from grader.errors import UserError
from grader.results.report import Deduction
from grader.results.verdicts import AnswerVerdict, Verdict


def autograded(folder, student):
    """Return the notebook that nbgrader keeps of a student."""
    return nbformat.read(folder / "autograded" / student / UNIT / f"{UNIT}.ipynb", as_version=4)


def test_marks_are_scaled_to_the_cells_and_a_new_student_is_added(enter, look):
    """A quarter of 4 points is a quarter of the cell's 8, as the comment says; nobody waits for tests worth nothing."""
    told = enter(report())
    assert (told.students, told.added, list(told.left_out)) == (1, ["ada"], [])
    found = look("ada")
    assert found.grades == {
        EXERCISE: (2, None, False),
        QUIZ: (1, None, False),
        TEST: (0, None, False),
        ESSAY: (None, None, True),
        FOREIGN: (None, None, True),
    }
    text, manual = found.comments[f"{SLUG}-solution"]
    assert "2 of 8 points" in text
    assert "A title." in text
    assert manual is None
    assert found.comments[ESSAY] == (None, None)


def test_being_late_is_nbgraders_own_penalty(enter, folder):
    """The marks of the cells stay, and the unit's share of them is taken off where nbgrader takes it off."""
    late = (Deduction(unit=UNIT, points=1.5, share=0.25),)
    enter(report().model_copy(update={"deductions": late}), report("bob"))
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}", "") as gradebook:
        found = [gradebook.find_submission_notebook(UNIT, UNIT, each) for each in ("ada", "bob")]
        assert [(each.score, each.late_submission_penalty) for each in found] == [(3, 0.75), (3, None)]


def test_what_we_failed_on_waits_for_a_human(enter, look):
    """As it does when a notebook is marked: free text too."""
    parts = {"exercises": (exercise(4, verdict=Verdict.INTERNAL),), "quizzes": (quiz(verdict=AnswerVerdict.WAITING),)}
    enter(report(**parts))
    assert look("ada").grades[EXERCISE] == (8, None, True)
    assert look("ada").grades[QUIZ] == (1, None, True)


def test_a_humans_mark_and_comment_stay(enter, look):
    """The same mark again asks nobody; another one asks the human for a second look."""

    def by_hand(grades, comments):
        grades[EXERCISE].manual_score, grades[EXERCISE].needs_manual_grade = 7.5, False
        comments[f"{SLUG}-solution"].manual_comment = "seen"

    enter(report())
    look("ada", by_hand)
    enter(report())
    assert look("ada").grades[EXERCISE] == (2, 7.5, False)
    told = enter(report(exercises=(exercise(3),)))
    assert (told.students, told.added) == (1, [])
    found = look("ada")
    assert found.grades[EXERCISE] == (6, 7.5, True)
    text, manual = found.comments[f"{SLUG}-solution"]
    assert "6 of 8 points" in text
    assert manual == "seen"


def test_a_mark_that_nobody_asked_about_stays(enter, look):
    """A report on the exercise alone leaves the quiz as it is, and what another machine marked."""
    enter(report())

    def marked(grades, _):
        for name in (ESSAY, FOREIGN):
            grades[name].auto_score, grades[name].needs_manual_grade = 1, False

    look("ada", marked)
    enter(report(exercises=(exercise(4),), quizzes=()))
    grades = look("ada").grades
    assert (grades[EXERCISE][0], grades[QUIZ][0]) == (8, 1)
    assert grades[ESSAY] == grades[FOREIGN] == (1, None, False)


def test_pages_of_a_student_without_a_notebook_have_one(enter, folder):
    """It holds the marks, the quiz's comment below its mark, and no answer of anybody's."""
    enter(report(), report("bob", language="zh"))
    notebook = autograded(folder, "ada")
    nbformat.validate(notebook)
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in notebook.cells}
    assert set(cells) == {None, f"{SLUG}-solution", *POINTS}
    assert "handed in outside of this notebook" in cells[None].source
    assert "笔记本以外" in autograded(folder, "bob").cells[0].source
    assert cells[f"{SLUG}-solution"].source == ""
    assert [each.data["text/plain"] for each in cells[EXERCISE].outputs] == ["2.0"]
    mark, feedback = cells[QUIZ].outputs
    assert mark.data["text/plain"] == "1.0"
    assert misconceptions(feedback.data["text/markdown"]) == ("M10",)


def test_a_notebook_that_nbgrader_keeps_gets_the_new_marks(enter, folder):
    """Once each; a student's own cells stay."""
    enter(report())
    path = folder / "autograded" / "ada" / UNIT / f"{UNIT}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("print('mine')"))
    nbformat.write(notebook, path)
    path.chmod(0o444)
    enter(report(quizzes=(quiz(10),)))
    *_, mine = autograded(folder, "ada").cells
    assert mine.source == "print('mine')"
    (outputs,) = [
        cell.outputs
        for cell in autograded(folder, "ada").cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") == QUIZ
    ]
    assert [each.data["text/plain"].partition("\n")[0] for each in outputs] == ["2.0", "**2 of 2 points**"]


def test_a_notebook_that_waits_for_nbgrader_is_left_to_it(enter, folder, look):
    """Else nbgrader would take it for marked and skip it."""
    (folder / "submitted" / "ada" / UNIT).mkdir(parents=True)
    enter(report())
    assert not (folder / "autograded").exists()
    assert look("ada").grades[EXERCISE] == (2, None, False)


def test_what_the_gradebook_lacks_is_told_once(enter, look):
    """The rest is entered."""
    more = {
        "exercises": (exercise(), exercise(slug="renamed")),
        "quizzes": (quiz(), quiz(unit="print_outs")),
    }
    told = enter(report(**more), report("bob", **more))
    assert list(told.left_out) == [
        "the course has no exercise or quiz renamed",
        "the gradebook has no assignment print_outs; `nbgrader generate_assignment print_outs` makes it",
    ]
    assert told.students == 2
    assert look("bob").grades[EXERCISE] == (2, None, False)


def test_an_exercise_without_a_cell_is_told(folder, enter):
    """By the cell that is missing."""
    with closing(sqlite3.connect(folder / "gradebook.db")) as database, database:
        database.execute("update source_cell set name = 'x' where name = ?", [EXERCISE])
    assert list(enter(report()).left_out) == [f"the assignment {UNIT} has no cell {EXERCISE}"]


def test_a_cell_in_another_units_assignment_is_not_meant(enter, folder, look):
    """A mark goes to its own unit's assignment or nowhere."""
    place, name = (UNIT, UNIT), "quiz-print_outs-autograde"
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}", "") as gradebook:
        gradebook.add_grade_cell(name, *place, max_score=1, cell_type="code")
        gradebook.add_source_cell(name, *place, cell_type="code", locked=True, source="#", checksum="0")
    told = enter(report(quizzes=(quiz(unit="print_outs"),)))
    assert "the gradebook has no assignment print_outs" in next(iter(told.left_out))
    assert look("ada").grades[name] == (None, None, True)


def test_units_that_were_not_chosen_are_left_alone(enter, everything):
    """Where nothing is left, that is an error, and nothing was done."""
    before = everything()
    with pytest.raises(UserError, match="nothing was entered; the gradebook has no assignment print_outs"):
        enter(report(quizzes=(quiz(unit="print_outs"),)), chosen=("print_outs",))
    with pytest.raises(UserError, match=r"nothing was entered$"):
        enter(report(), chosen=("print_outs",))
    assert everything() == before


@pytest.mark.parametrize("before", [(), ("ada",)])
def test_whatever_breaks_halfway_leaves_all_as_it_was(enter, everything, folder, config, before):
    """Students, marks, comments, notebooks and folders."""
    for student in before:
        enter(report(student))
    known = everything()
    chosen = ("weights",)
    with pytest.raises(KeyboardInterrupt), ledger_of(folder, config, chosen) as ledger:  # noqa: PT012 - the point
        ledger.enter(report(exercises=(exercise(4),)))
        ledger.enter(report("bob"))
        assert everything() != known
        raise KeyboardInterrupt
    assert everything() == known
    assert not (folder / "autograded" / "bob").exists()
    assert (folder / "autograded").exists() == bool(before)


@pytest.mark.parametrize("use", ["begin exclusive", "begin immediate", "begin"])
def test_a_gradebook_in_use_is_told(enter, everything, folder, monkeypatch, use):
    """After a while, be it at the start or at the very end, and nothing is done; notebooks too stay as they were."""
    enter(report())
    before = everything()
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3.dbapi2, "connect", lambda *args, **named: connect(*args, **{**named, "timeout": 0.01}))
    with closing(connect(folder / "gradebook.db")) as other:
        other.execute(use)
        other.execute("select * from student").fetchone()
        with pytest.raises(UserError, match=r"gradebook\.db can't be used: database is locked$"):
            enter(report(exercises=(exercise(4),)), report("bob"))
        other.rollback()
    assert everything() == before


def test_a_notebook_that_is_none_stops_everything(enter, everything, folder):
    """It may be a student's only copy."""
    enter(report())
    (folder / "autograded" / "ada" / UNIT / f"{UNIT}.ipynb").write_text("[]")
    before = everything()
    with pytest.raises(UserError, match=rf"{UNIT}\.ipynb is no notebook as nbgrader writes them"):
        enter(report("aaron"), report(exercises=(exercise(4),)))
    assert everything() == before


@pytest.mark.parametrize("name", ["autograded", "autograded/ada", f"autograded/ada/{UNIT}"])
def test_a_file_in_the_way_is_told(enter, look, folder, name):
    """And nothing is entered."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("in the way")
    with pytest.raises(UserError, match=rf"{UNIT}\.ipynb could not be written"):
        enter(report())
    with pytest.raises(ValueError, match="No such submitted notebook"):
        look("ada")


@pytest.mark.parametrize("content", [None, b"", b"no database at all, but long enough to be read as one" * 40])
def test_a_gradebook_that_is_none_stays_as_it_is(enter, folder, content):
    """Neither is a new one made, nor is a foreign file filled."""
    path = folder / "gradebook.db"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(UserError, match="gradebook") as told:
        enter(report())
    assert "\n" not in str(told.value)
    assert (path.read_bytes() if path.exists() else None) == content
    assert [each.name for each in folder.iterdir()] == ([] if content is None else ["gradebook.db"])


def test_a_database_of_something_else_stays_as_it_is(enter, folder, everything):
    """Or nbgrader would add its tables to it."""
    (folder / "gradebook.db").unlink()
    with closing(sqlite3.connect(folder / "gradebook.db")) as database, database:
        database.execute("create table mine (x)")
    before = everything()
    with pytest.raises(UserError, match="is no gradebook of nbgrader's; run `nbgrader generate_assignment`"):
        enter(report())
    assert everything() == before


def test_the_courses_own_settings_count(enter, folder):
    """Where the gradebook lies, and where notebooks are kept."""
    (folder / "gradebook.db").rename(folder / "own.db")
    lines = ["sqlite:///own.db", "kept"]
    (folder / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.CourseDirectory.db_url = {lines[0]!r}\nc.CourseDirectory.autograded_directory = 'kept'\n"
        "c.CourseDirectory.root = '/nowhere'\n"
    )
    assert enter(report()).students == 1
    assert (folder / "kept" / "ada" / UNIT / f"{UNIT}.ipynb").exists()
    assert not (folder / "gradebook.db").exists()


@pytest.mark.parametrize("settings", ["c = get_config(", "raise OSError('x')", "c.CourseDirectory.db_url = 'nonsense'"])
def test_settings_that_are_broken_are_told(enter, folder, settings):
    """With the file's name, in one sentence."""
    (folder / "nbgrader_config.py").write_text(settings)
    with pytest.raises(UserError, match=r"the settings nbgrader_config\.py of .*nbcourse can't be used: "):
        enter(report())


def test_no_word_of_a_password_is_told(enter, folder):
    """A gradebook that can't be reached is named without it."""
    (folder / "nbgrader_config.py").write_text("c.CourseDirectory.db_url = 'mysql+none://me:secret@localhost/x'")
    with pytest.raises(UserError) as told:
        enter(report())
    assert "secret" not in str(told.value)


def test_nothing_of_the_current_folder_runs(enter, tmp_path, monkeypatch):
    """A student may have handed in a file of any name, and the command may be given among them."""
    here = tmp_path / "class"
    here.mkdir()
    for name in ("nbgrader_config.py", "sqlite3.py", "alembic.py"):
        (here / name).write_text("raise AssertionError('run')")
    monkeypatch.chdir(here)
    before = list(sys.path)
    assert enter(report()).students == 1
    assert sys.path == before
