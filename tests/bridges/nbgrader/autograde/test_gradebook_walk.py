"""A class that hands in files, kept in the real nbgrader: its pages, its table, and a human's mark in between."""

import subprocess
from types import SimpleNamespace

import nbformat
import pytest
from incubator import warm_command
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

UNIT, SLUG = "weights", "weighted_grad"
CELL = f"{SLUG}-autograde"


class Files:
    """A class's folder, and what takes its marks into an nbgrader course."""

    def __init__(self, nbgrader, folder):
        self.nbgrader = nbgrader
        self.folder = folder
        self.store = folder / "store.db"

    def hand_in(self, student, **files):
        """Write what a student hands in."""
        for name, text in files.items():
            path = self.folder / "class" / student / name.replace("_yaml", ".yaml").replace("_py", ".py")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def run(self, *arguments):
        """Run one command of grader and return what it said."""
        done = subprocess.run(
            [*warm_command(), *map(str, arguments), f"--course={self.nbgrader.course}", f"--store={self.store}"],
            cwd=self.folder,
            env=self.nbgrader.environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return SimpleNamespace(out=done.stdout, err=done.stderr)

    def export(self):
        """Grade the class and export its marks; return what the export said, and the table of the gradebook."""
        self.run("grade", "class", "-j1")
        said = self.run("export", "grades", "--to", "nbgrader", self.nbgrader.folder)
        return SimpleNamespace(out=said.out, err=said.err, marks=self.nbgrader.marks())


@pytest.fixture(scope="module")
def walk(unit_course, tmp_path_factory, small_course, solutions, variant_for):
    """Hand in, mark and mark by hand, again and again; return what each step gave."""
    files = Files(unit_course, tmp_path_factory.mktemp("files"))
    wrong = small_course / "solutions" / UNIT / SLUG / "wrong" / "m11_v_weights_the_inputs.py"
    files.hand_in("ada", weighted_grad_py=solutions.weighted_grad, sum_backward_py=solutions.sum_backward)
    mistaken = str(not variant_for("bob", "only_the_ratio_counts").key).lower()
    sheet = f"version: 1\nanswers:\n  - {{question: only_the_ratio_counts, answer: {mistaken}}}\n"
    files.hand_in("bob", weighted_grad_py=wrong.read_text(encoding="utf-8").partition("\n")[2], answers_yaml=sheet)
    files.hand_in("cleo", weighted_grad_py="def weighted_grad(f, x, v):\n    return None\n")
    released = nbformat.read(unit_course.folder / "release" / UNIT / f"{UNIT}.ipynb", as_version=4).cells
    (cell,) = [each for each in released if each.metadata.get("nbgrader", {}).get("grade_id") == f"{SLUG}-solution"]
    cell.source = solutions.weighted_grad
    unit_course.write(f"submitted/cleo/{UNIT}/{UNIT}.ipynb", released)
    unit_course.run("autograde", UNIT)
    mark_by_hand(unit_course, 1.5)
    first = files.export()
    unit_course.run("generate_feedback", UNIT)
    unit_course.run("autograde", UNIT, "--force")
    return SimpleNamespace(course=unit_course, first=first, remarked=unit_course.marks(), second=files.export())


def mark_by_hand(course, points):
    """Give cleo a mark, as formgrader does."""
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}", "") as gradebook:
        grade = gradebook.find_grade(CELL, UNIT, UNIT, "cleo")
        grade.manual_score, grade.needs_manual_grade = points, False
        gradebook.db.commit()


def test_files_are_marked_in_the_gradebook(walk):
    """Each unit in its assignment; those whom nbgrader did not know are new."""
    assert f"3 students in the gradebook of {walk.course.folder}" in walk.first.out
    assert "new in the gradebook: ada, bob\n" in walk.first.err
    marks = walk.first.marks
    assert (marks["ada"][SLUG].points, marks["ada"][SLUG].max_score) == (4, "4")
    assert marks["ada"]["sum_backward"].assignment == "sums"
    assert 0 < marks["bob"][SLUG].points < 4
    assert (marks["bob"]["sum_backward"].points, marks["bob"]["sum_backward"].needs_review) == (0, "no")


def test_misconceptions_of_exercise_and_quiz_come_back_out(walk):
    """Of files as of notebooks."""
    bob = walk.first.marks["bob"]
    assert (bob[SLUG].misconceptions, bob[f"quiz-{UNIT}"].misconceptions) == ("M11", "M15")
    assert "could not be read" not in walk.course.exported


def test_a_mark_by_hand_outlives_both_ways(walk):
    """Whichever of the two marks again; each tells a human that its mark has changed."""
    for marks in (walk.first.marks, walk.remarked, walk.second.marks):
        assert (marks["cleo"][SLUG].points, marks["cleo"][SLUG].by_hand) == (1.5, "yes")
        assert marks["cleo"][SLUG].needs_review == "yes"
    assert {row[SLUG].by_hand for student, row in walk.second.marks.items() if student != "cleo"} == {"no"}


def test_a_second_run_changes_nothing_else(walk):
    """Nobody is new."""
    assert "new in" not in walk.second.err
    assert {name: walk.second.marks[name] for name in ("ada", "bob")} == {
        name: walk.first.marks[name] for name in ("ada", "bob")
    }


def test_nbgraders_pages_show_students_without_a_notebook(walk):
    """Formgrader lists them, to be marked by hand, and feedback pages are made, with the comments."""
    api = NbGraderAPI(CourseDirectory(root=str(walk.course.folder)))
    assert {each["student"] for each in api.get_notebook_submissions(UNIT, UNIT)} == {"ada", "bob", "cleo"}
    assert all(each["autograded"] for each in api.get_submissions(UNIT))
    page = (walk.course.folder / "feedback" / "bob" / UNIT / f"{UNIT}.html").read_text(encoding="utf-8")
    assert "v weights the outputs, not the inputs" in page
    assert "handed in outside of this notebook" in page
    assert page.count("Likely misconception") == 2
