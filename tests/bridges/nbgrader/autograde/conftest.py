"""A real nbgrader course in a folder of its own, graded once for all tests that read its gradebook."""

import json
import shutil
from types import SimpleNamespace

import pytest
from nbformat import v4
from nbgrader_course import EXPORTER, Nbgrader, cells_in, marks_in, query
from sample_exercises import copy_exercise, course_config, write_config

from grader.bridges.nbgrader.course_config import NAME, whole_config
from grader.bridges.nbgrader.source import source_release
from grader.catalogue.course import load_course
from grader.catalogue.release import write_release
from grader.quiz.make import make_variant
from grader.quiz.seed import seed_of

ASSIGNMENT, NOTEBOOK = "ps1", "week1"
UNITS = {"weights": ("weighted_grad", 4), "sums": ("sum_backward", 6)}
"""What the autograder cells are worth; the course itself gives `sum_backward` 3 points."""
SECRET = "a secret for the tests"

BREAKABLE = '''

@pytest.mark.check("edges", points=0.5)
def test_that_breaks(student):
    """A check that breaks in the judge when it is asked to.

    按要求在评分程序中出错的检查。
    """
    answer = student.call(Snippet("lambda x: 2 * x"), torch.tensor([1.25]), torch.tensor([1.0]))
    if answer.value and answer.value.tensor().tolist() == [902.0]:
        raise RuntimeError("hidden words of the judge")
'''


class NbgraderCourse:
    """A course of nbgrader on disk, and its command."""

    assignment, notebook, secret = ASSIGNMENT, NOTEBOOK, SECRET

    def __init__(self, folder, course):
        self.folder = folder
        self.course = course
        folder.mkdir()
        write_release({NAME: whole_config(course, "course").encode()}, folder)
        self.nbgrader = Nbgrader(folder / ".home", SECRET)
        self.environment = self.nbgrader.environment

    def run(self, *arguments, code=0):
        """Run one command of nbgrader in a process of its own and return what it said."""
        return self.nbgrader.run(self.folder, *arguments, code=code)

    def write(self, place, cells):
        """Write a notebook."""
        path = self.folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        for number, each in enumerate(cells):
            each["id"] = f"cell-{number}"
        notebook = v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
        path.write_text(json.dumps(notebook), encoding="utf-8")

    def released(self):
        """Return the cells that students got."""
        return cells_in(self.folder / "release" / ASSIGNMENT / f"{NOTEBOOK}.ipynb")

    def hand_in(self, student, cells):
        """Hand in a notebook."""
        self.write(f"submitted/{student}/{ASSIGNMENT}/{NOTEBOOK}.ipynb", cells)

    def submitted(self, student):
        """Return the file of a notebook that was handed in."""
        return self.folder / "submitted" / student / ASSIGNMENT / f"{NOTEBOOK}.ipynb"

    def autograded(self, student):
        """Return the cells of a notebook as nbgrader keeps it."""
        return cells_in(self.folder / "autograded" / student / ASSIGNMENT / f"{NOTEBOOK}.ipynb")

    def marks(self):
        """Return what the export says of each cell with points, by student and exercise."""
        self.exported = self.run("export", f"--exporter={EXPORTER}", "--to", "marks.csv")
        return marks_in(self.folder / "marks.csv")

    def query(self, text, *values):
        """Ask or change the gradebook behind nbgrader's back."""
        return query(self.folder, text, *values)

    def feedback(self, student):
        """Return the page that a student gets."""
        return (self.folder / "feedback" / student / ASSIGNMENT / f"{NOTEBOOK}.html").read_text(encoding="utf-8")


KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def cell(name, source, *, kind="code", **known):
    """Return a cell with nbgrader's metadata."""
    metadata = {"schema_version": 3, "grade_id": name, "grade": False, "solution": False, "locked": False}
    make = v4.new_code_cell if kind == "code" else v4.new_markdown_cell
    return make(source, metadata={"nbgrader": {**metadata, "task": False, **known}})


def source_cells(course):
    """Return the cells of the instructor's notebook."""
    made = [cell("head", "# Week 1", kind="markdown", locked=True)]
    for unit, (slug, points) in UNITS.items():
        starter = (course / "exercises" / unit / slug / f"{slug}.py").read_text(encoding="utf-8")
        body = "    ### BEGIN SOLUTION\n    raise NotImplementedError\n    ### END SOLUTION"
        source = starter.replace("    raise NotImplementedError", body)
        made += [
            cell(f"{slug}-solution", source, solution=True),
            cell(f"{slug}-visible-1", f"assert {slug}", grade=True, locked=True, points=0),
            cell(f"{slug}-autograde", f"# graded by Autograd Grader: {slug}", grade=True, locked=True, points=points),
        ]
    quiz = v4.new_code_cell('quiz_answers = {\n    "shape_of_the_weights": None,\n}', metadata={"deletable": False})
    graded_quiz = cell("quiz-weights-autograde", "# quiz-weights", grade=True, locked=True, points=2)
    legacy = cell("legacy", "assert weighted_grad", grade=True, locked=True, points=1)
    essay = cell("essay", "YOUR ANSWER HERE", kind="markdown", grade=True, solution=True, points=1)
    return [*made, quiz, graded_quiz, legacy, essay]


@pytest.fixture(scope="session")
def small_course(tmp_path_factory, root):
    """Return the folder of a course with two of the project's exercises, one check that can break, and a quiz."""
    folder = tmp_path_factory.mktemp("small") / "course"
    for unit, (slug, _) in UNITS.items():
        copy_exercise(root, folder, unit, slug)
    with (folder / "tests/hidden/weights/test_weighted_grad_hidden.py").open("a", encoding="utf-8") as file:
        file.write(BREAKABLE)
    for part in ("exercises", "solutions"):
        shutil.copy(root / part / "weights" / "quiz.yaml", folder / part / "weights")
    shutil.copy(root / "solutions" / "misconceptions.yaml", folder / "solutions")
    config = course_config(root, *UNITS)
    config["units"][1].pop("quiz")
    config["limits"].update(call_cpu_seconds=0.5, call_wall_seconds=8, total_cpu_seconds=3, total_wall_seconds=20)
    write_config(folder, config)
    return folder


@pytest.fixture(scope="session")
def variant_for(small_course):
    """Return a function that gives a student's variant of a question of the quiz."""
    course = load_course(small_course)

    def variant(student, question_id):
        question = next(each for each in course.quizzes["weights"] if each.id == question_id)
        return make_variant(question, seed_of(SECRET.encode(), student, question_id), course.config.quiz.tolerance)

    return variant


@pytest.fixture(scope="session")
def solutions(small_course):
    """Return the reference solution of each exercise, without the line that marks it as withheld."""
    found = {}
    for unit, (slug, _) in UNITS.items():
        text = (small_course / "solutions" / unit / slug / f"{slug}.py").read_text(encoding="utf-8")
        found[slug] = text.partition("\n")[2]
    return SimpleNamespace(**found)


@pytest.fixture(scope="session")
def unit_course(tmp_path_factory, small_course):
    """Return an nbgrader course with an assignment for each of the course's units."""
    made = NbgraderCourse(tmp_path_factory.mktemp("nbgrader") / "course", small_course)
    course = load_course(small_course)
    write_release(source_release(course, course.select_units([]), "en"), made.folder)
    for unit in course.config.units:
        made.run("generate_assignment", unit.name)
    return made


@pytest.fixture(scope="session")
def make_course(tmp_path_factory, small_course):
    """Return what makes an nbgrader course whose assignment is released."""

    def make(course=small_course):
        made = NbgraderCourse(tmp_path_factory.mktemp("nbgrader") / "course", course)
        made.write(f"source/{ASSIGNMENT}/{NOTEBOOK}.ipynb", source_cells(course))
        made.run("generate_assignment", ASSIGNMENT)
        return made

    return make
