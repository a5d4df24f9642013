"""`grader release`: each form, what is refused, and that nothing withheld goes out."""

import json
import shutil
import subprocess
import sys

import nbformat
import pytest
import yaml

from grader.catalogue.rules import CANARY

UNIT, SLUG = "weights", "weighted_grad"
FORMS = ("folder", "zip", "notebooks", "nbgrader")

WITHOUT_NBGRADER = """
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {absent}:
            raise ImportError(name)

sys.meta_path.insert(0, Absent())
sys.argv = ["grader", *sys.argv[1:]]
from grader.cli.app import main
main()
"""


@pytest.fixture
def whole(tmp_path, root):
    """Return a copy of the project's whole course, of which every unit has a quiz or none."""
    folder = tmp_path / "whole"
    for part in ("exercises", "solutions", "tests/hidden"):
        shutil.copytree(root / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    config = yaml.safe_load((root / "config.yaml").read_text(encoding="utf-8"))
    for unit in config["units"]:
        if not (folder / "exercises" / unit["name"] / "quiz.yaml").is_file():
            unit.pop("quiz", None)
    (folder / "config.yaml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    return folder


@pytest.fixture
def bare(copied):
    """Take the quiz out of the copied course, of which the questions were not copied."""
    config = yaml.safe_load((copied / "config.yaml").read_text(encoding="utf-8"))
    for unit in config["units"]:
        unit.pop("quiz", None)
    (copied / "config.yaml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    return copied


def text_of(path):
    """Return what a released file says: of a notebook its cells, of anything else all that it holds."""
    if path.suffix == ".ipynb":
        return "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
    return path.read_bytes().decode(errors="replace")


def texts(out):
    """Return what all files of a release say."""
    paths = [path for path in out.rglob("*") if path.is_file()] if out.is_dir() else [out]
    return "\n".join(map(text_of, paths))


def withheld_lines(course):
    """Return the long lines of the withheld files that stand in no starter, text or public test."""
    given = [path for path in (course / "exercises").glob("*/*/*.*") if path.name != "exercise.yaml"]
    given += [path for path in (course / "exercises").glob("*/*.*") if path.name != "quiz.yaml"]
    known = {line.strip() for path in given for line in path.read_text(encoding="utf-8").splitlines()}
    kept = [*(course / "solutions").rglob("*.*"), *(course / "tests" / "hidden").rglob("*.*")]
    kept += [*(course / "exercises").rglob("exercise.yaml")]
    lines = {line.strip() for path in kept if path.is_file() for line in path.read_text(encoding="utf-8").splitlines()}
    return {line for line in lines - known if len(line) > 30}


def pasted(path, *solutions):
    """Write solutions into the cells of a notebook that declare their functions."""
    notebook = nbformat.read(path, as_version=4)
    for slug, solution in solutions:
        (stub,) = [cell for cell in notebook.cells if f"def {slug}(" in cell.source and "NotImplemented" in cell.source]
        stub.source = solution.read_text(encoding="utf-8")
    nbformat.write(notebook, path)


@pytest.mark.parametrize("form", FORMS)
def test_nothing_withheld_is_in_any_release(grader, whole, tmp_path, form):
    """No withheld file's canary, and no line of a solution, a key, a hidden test or a hint, in any form."""
    out = tmp_path / "out"
    ended = grader("release", "--to", form, out, "--course", whole)
    assert ended.code == 0, ended.err
    said, lines = texts(out), withheld_lines(whole)
    assert len(lines) > 1000
    assert CANARY.removeprefix("# ") not in said
    assert [line for line in lines if line in said] == []


def test_a_leak_would_be_seen(grader, whole, tmp_path):
    """The search above finds a solution that was saved as the README, even without its canary."""
    solution = (whole / "solutions" / UNIT / SLUG / f"{SLUG}.py").read_text(encoding="utf-8")
    readme = whole / "exercises" / UNIT / SLUG / "README.md"
    lines = withheld_lines(whole)
    readme.write_text(solution.removeprefix(f"{CANARY}\n"), encoding="utf-8")
    for form in FORMS:
        out = tmp_path / form
        assert grader("release", UNIT, "--to", form, out, "--course", whole).code == 0
        assert [line for line in lines if line in texts(out)], form
    readme.write_text(solution, encoding="utf-8")
    for form in FORMS:
        ended = grader("release", UNIT, "--to", form, tmp_path / f"refused-{form}", "--course", whole)
        assert (ended.code, "canary" in ended.err) == (2, True)
        assert not (tmp_path / f"refused-{form}").exists()


def test_a_folder_is_released(grader, tmp_path):
    """The command says how many files lie where."""
    ended = grader("release", "--to", "folder", tmp_path / "out")
    assert (ended.code, ended.err, ended.out) == (0, "", f"7 files in {tmp_path / 'out'}\n")
    assert (tmp_path / "out" / UNIT / SLUG / f"test_{SLUG}.py").is_file()
    assert not (tmp_path / "out" / UNIT / SLUG / "exercise.yaml").exists()


def test_a_zip_is_one_file_and_the_same_each_time(grader, tmp_path):
    """A second release of the same course is the same zip, and so no conflict."""
    for name in ("a.zip", "b.zip", "b.zip"):
        assert grader("release", "--to", "zip", tmp_path / name).code == 0
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_notebooks_speak_the_chosen_language(grader, tmp_path):
    """The course's own language, or the one that is asked for."""
    assert grader("release", "--to", "notebooks", tmp_path / "own").code == 0
    assert grader("release", "--to", "notebooks", "--lang", "zh", tmp_path / "zh").code == 0
    assert "## Goal" in text_of(tmp_path / "own" / f"{UNIT}.ipynb")
    assert "## 目标" in text_of(tmp_path / "zh" / f"{UNIT}.ipynb")


def test_released_notebooks_with_solutions_earn_full_marks(grader, sample_course, tmp_path, monkeypatch):
    """Whoever writes the solution into the stub's cell and hands the notebooks in as they are gets every point."""
    monkeypatch.setenv("GRADER_SECRET", "release")
    students = tmp_path / "class"
    course = sample_course
    assert grader("release", "--to", "notebooks", students / "ada", "--course", course.place).code == 0
    shutil.copytree(students / "ada", students / "bob")
    for each in course.exercises:
        pasted(students / "ada" / f"{each.unit}.ipynb", (each.slug, each.solution))
    chosen = [argument for each in course.exercises for argument in ("-e", each.slug)]
    ended = grader("grade", students, "--course", course.place, *chosen, "--out", tmp_path / "marks", "-j", "1")
    assert ended.code == 0, ended.err
    grades = json.loads((tmp_path / "marks" / "grades.json").read_text(encoding="utf-8"))
    scores = {each["student"]: each["score"] for each in grades["students"]}
    assert scores == {"ada": sum(each.points for each in course.exercises), "bob": 0}


@pytest.fixture
def pair(grader, bare, root, tmp_path):
    """Return the one notebook of a unit with two exercises, and the solutions of both."""
    for place in ("exercises/{}/sum_backward", "solutions/{}/sum_backward"):
        shutil.copytree(root / place.format("sums"), bare / place.format(UNIT))
    shutil.copy(root / "tests/hidden/sums/test_sum_backward_hidden.py", bare / "tests/hidden" / UNIT)
    config = yaml.safe_load((bare / "config.yaml").read_text(encoding="utf-8"))
    config["units"][0]["exercises"].append({"slug": "sum_backward", "points": 3})
    config["limits"].update(call_cpu_seconds=0.5, restarts=0)
    (bare / "config.yaml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    assert grader("release", "--to", "notebooks", tmp_path / "out").code == 0
    solutions = {slug: bare / "solutions" / UNIT / slug / f"{slug}.py" for slug in (SLUG, "sum_backward")}
    return tmp_path / "out" / f"{UNIT}.ipynb", solutions


def scores_of(grader, path, out):
    """Return the points of each exercise of one submission, graded by the command."""
    assert grader("grade", path, "--out", out, "-j", "1").code == 0
    grades = json.loads((out / "grades.json").read_text(encoding="utf-8"))
    return {each["slug"]: each["score"] for each in grades["students"][0]["exercises"]}


def test_one_notebook_answers_all_exercises_of_its_unit(grader, pair, tmp_path):
    """Two exercises in one unit share a notebook; neither's tests disturb the other."""
    path, solutions = pair
    pasted(path, *solutions.items())
    assert scores_of(grader, path, tmp_path / "marks") == {SLUG: 4, "sum_backward": 3}


def test_an_endless_loop_in_one_cell_does_not_cost_the_other_exercise(grader, pair, tmp_path):
    """Though the notebook calls the function in its public tests, the next function keeps its points."""
    path, solutions = pair
    endless = tmp_path / "endless.py"
    endless.write_text("def weighted_grad(f, x, v):\n    while True:\n        pass\n")
    pasted(path, *{**solutions, SLUG: endless}.items())
    assert scores_of(grader, path, tmp_path / "marks") == {SLUG: 0, "sum_backward": 3}


def test_an_nbgrader_course_gets_its_settings(grader, bare, tmp_path):
    """The settings are written once, and hold the place of this course."""
    out = tmp_path / "autograd"
    ended = grader("release", "--to", "nbgrader", out)
    assert (ended.code, ended.err) == (0, "")
    settings = (out / "nbgrader_config.py").read_text(encoding="utf-8")
    assert f"c.GradeExercises.course = {str(bare)!r}" in settings
    assert "c.CourseDirectory.course_id = 'autograd'" in settings
    assert (out / "source" / UNIT / f"{UNIT}.ipynb").is_file()
    again = grader("release", "--to", "nbgrader", out)
    assert (again.code, again.err) == (0, "")


@pytest.mark.usefixtures("bare")
def test_an_instructors_settings_stay_and_the_rest_is_told(grader, tmp_path):
    """Not even --force changes a settings file that is there; what it lacks is printed, until it is added."""
    path = tmp_path / "out" / "nbgrader_config.py"
    path.parent.mkdir()
    path.write_text("c = get_config()\nc.CourseDirectory.course_id = 'mine'\n")
    ended = grader("release", "--to", "nbgrader", "--force", tmp_path / "out")
    assert ended.code == 0
    assert path.read_text() == "c = get_config()\nc.CourseDirectory.course_id = 'mine'\n"
    head, _, lines = ended.err.partition("\n\n")
    assert head == f"{path} is yours and stays as it is; add these lines to it:"
    path.write_text(path.read_text() + lines)
    assert grader("release", "--to", "nbgrader", tmp_path / "out").err == ""


@pytest.mark.usefixtures("bare")
def test_an_instructors_change_is_not_lost(refused, grader, tmp_path):
    """A source notebook that was edited is refused until --force is given; the settings are not written either."""
    path = tmp_path / "out" / "source" / UNIT / f"{UNIT}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text("edited")
    told = refused("release", "--to", "nbgrader", tmp_path / "out")
    assert told.startswith(f"{path} is there already and differs")
    assert "--force" in told
    assert path.read_text() == "edited"
    assert not (tmp_path / "out" / "nbgrader_config.py").exists()
    assert grader("release", "--to", "nbgrader", "--force", tmp_path / "out").code == 0
    assert nbformat.read(path, as_version=4).cells


def test_a_unit_in_the_place_of_the_folder_is_noticed(refused, grader, copied):
    """Whoever forgets where to write does not get the whole course under a unit's name."""
    told = refused("release", "--to", "folder", UNIT)
    assert told.startswith(f"{UNIT} is a unit, and where to write is missing")
    assert not (copied / UNIT).exists()
    assert grader("release", "--to", "folder", f"./{UNIT}/here").code == 0


def test_unknown_units_and_bad_places_are_told_in_one_sentence(refused, tmp_path):
    """A wrong name and a place that can't be written are the command's fault: exit code 2."""
    (tmp_path / "file").write_text("")
    assert "there is no unit 'weightz'" in refused("release", "weightz", "--to", "folder", tmp_path / "out")
    for form in FORMS[:3]:
        assert "a part of the path is a file" in refused("release", "--to", form, tmp_path / "file" / "out")
    assert "a folder of that name is in the way" in refused("release", "--to", "zip", tmp_path)


def test_a_unit_without_exercises_is_released_for_nbgrader_alone(refused, grader, sample_course, tmp_path):
    """Elsewhere questions come with the answer sheets; in nbgrader they need their cells."""
    whole = sample_course.place
    for form in FORMS[:3]:
        told = refused("release", "graph", "--to", form, tmp_path / form, "--course", whole)
        assert told.startswith("the unit graph has no exercises to release")
    assert grader("release", "graph", "--to", "nbgrader", tmp_path / "nb", "--course", whole).code == 0


@pytest.mark.parametrize("form", FORMS)
def test_no_form_needs_nbgrader(bare, tmp_path, form):
    """Where nbgrader and Jupyter are not installed, everything can be released, its own form included."""
    script = WITHOUT_NBGRADER.format(absent={"nbgrader", "nbconvert", "nbclient", "notebook", "jupyterlab", "torch"})
    command = [sys.executable, "-c", script, "release", "--to", form, str(tmp_path / "out")]
    done = subprocess.run(command, cwd=bare, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out").exists()
