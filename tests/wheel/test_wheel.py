"""The wheel carries the course: without a clone, in a folder with no course, everything that a learner does works."""

import json
import os
import shutil
import stat
import subprocess
import zipfile
from types import SimpleNamespace

import pytest
from installed_wheel import build_wheel, install

from grader.catalogue.rules import CANARY

SLUG = "weighted_grad"
LAYERS_TAKEN = (
    "import sys; from grader.sandbox.lockdown import landlock, seccomp; "
    "landlock.unavailable = seccomp.unavailable = lambda: 'taken away'; "
    "from grader.cli.app import main; sys.argv[0] = 'grader'; main()"
)
"""The command line on a machine without Landlock and seccomp."""


@pytest.fixture(scope="module")
def wheel(root, tmp_path_factory):
    """Return the wheel."""
    return build_wheel(root, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def python(wheel, tmp_path_factory):
    """Return an interpreter that has it."""
    return install(wheel, tmp_path_factory.mktemp("installed"))


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Return an empty folder, and a home beside it."""
    base = tmp_path_factory.mktemp("empty")
    (base / "here").mkdir()
    return base / "here"


@pytest.fixture(scope="module")
def grader(python, place):
    """Return what runs the installed command in a folder."""

    def run(*arguments, cwd=place, start=("-m", "grader")):
        environment = {"PATH": os.environ["PATH"], "HOME": str(place.parent), "LANG": "C.UTF-8", "COLUMNS": "80"}
        command = [str(python), *start, *map(str, arguments)]
        ended = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
        return SimpleNamespace(code=ended.returncode, out=ended.stdout, err=ended.stderr)

    return run


@pytest.fixture(scope="module")
def mine(grader, place):
    """Return the folder that `grader start` makes, with a right answer in it."""
    started = grader("start")
    assert started.code == 0, started.err
    folder = place / "my-autograd"
    installed = next(place.parent.parent.rglob(f"grader/course/solutions/weights/{SLUG}/{SLUG}.py"))
    shutil.copy(installed, folder / "weights" / SLUG / f"{SLUG}.py")
    return folder


def test_the_wheel_holds_the_course_and_nothing_else_of_the_project(wheel, root):
    """Every file that the course needs, and no test of the project's own."""
    names = set(zipfile.ZipFile(wheel).namelist())
    course = {name.removeprefix("grader/course/") for name in names if name.startswith("grader/course/")}
    expected = {
        path.relative_to(root).as_posix()
        for part in ("exercises", "solutions", "tests/hidden")
        for path in (root / part).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert course == expected | {"config.yaml"}
    tops = {name.partition("/")[0] for name in names}
    assert {each for each in tops if not each.endswith(".dist-info")} == {"grader"}


def test_the_version_names_grader_and_course(grader):
    """In a folder that has none, the installed one."""
    told = grader("--version")
    assert told.code == 0
    assert told.out.startswith("grader 0.")
    assert "course 'Autograd, from weights to Jacobians'" in told.out


def test_learning_works_without_a_clone(grader, mine, root):
    """Start, learn, check and the list of quizzes; what is kept lies in the learner's folder, for its owner alone."""
    assert len(list(mine.glob("*/*/test_*.py"))) == len(list((root / "exercises").glob("*/*/test_*.py")))
    assert "installed:autograd-grader" in (mine / "learn.yaml").read_text(encoding="utf-8")
    once = grader("learn", "--once", cwd=mine)
    assert (once.code, once.err) == (1, "")
    checked = grader("check", SLUG, "--json", cwd=mine)
    assert checked.code == 0, checked.err
    report = json.loads(checked.out)
    assert (report["score"], report["isolation"]) == (report["max_score"], "sandbox")
    assert "weights" in grader("quiz", cwd=mine).out
    assert stat.S_IMODE((mine / ".learn").stat().st_mode) == 0o700


def test_a_folder_without_a_course_has_the_installed_one(grader, place):
    """Its quizzes are listed there too; answers are written in a folder of one's own."""
    assert "weights" in grader("quiz").out
    refused = grader("check", SLUG)
    assert refused.code == 2
    assert "grader start" in refused.err
    assert not list(place.parent.glob("**/answers.yaml"))


def test_grading_by_the_installed_course_warns_and_keeps_its_secret_at_home(grader, mine, place):
    """One warning; the secret lies in the user's data folder, and nothing new beside the package."""
    package = next(place.parent.parent.rglob("grader/course"))
    before = {path for path in package.rglob("*") if "__pycache__" not in path.parts}
    graded = grader("grade", mine / "weights" / SLUG / f"{SLUG}.py", "-e", SLUG, "--out", place / "feedback")
    assert graded.code == 0, graded.err
    assert graded.err.count("whoever installs it can read its solutions") == 1
    secret = place.parent / ".local" / "share" / "autograd-grader" / "secret"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert stat.S_IMODE(secret.parent.stat().st_mode) == 0o700
    assert {path for path in package.rglob("*") if "__pycache__" not in path.parts} == before
    assert CANARY not in (place / "feedback" / SLUG / "report.html").read_text(encoding="utf-8")


def test_without_the_layers_a_learner_goes_on_at_home_alone(grader, mine, place):
    """Said once and in the report; files elsewhere and a class are refused, and the choice is named."""
    bare, first = ("-c", LAYERS_TAKEN), mine / "first_steps" / "make_leaf" / "make_leaf.py"
    first.write_text(first.read_text(encoding="utf-8") + "\n# begun\n", encoding="utf-8")
    once = grader("learn", "--once", cwd=mine, start=bare)
    assert once.code == 1, once.err
    assert once.err.count("lacks a layer of isolation") == 1
    checked = grader("check", SLUG, "--json", cwd=mine, start=bare)
    assert checked.code == 0, checked.err
    assert json.loads(checked.out)["isolation"] == "process"
    shown = grader("check", SLUG, cwd=mine, start=bare)
    assert shown.err.count("lacks a layer of isolation") == 1
    shutil.copy(mine / "weights" / SLUG / f"{SLUG}.py", place / "draft.py")
    for command in (("check", place / "draft.py"), ("grade", place / "draft.py", "--out", place / "other")):
        refused = grader(*command, start=bare)
        assert refused.code == 3, refused.err
        assert "--isolation process" in refused.err.replace("=", " ")
        assert "Traceback" not in refused.err
