"""The zip for Gradescope, run as its harness would, with its paths in a temporary folder."""

from __future__ import annotations

import io
import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from grader.catalogue.course import load_course
from grader.errors import IsolationError
from grader.exports.gradescope import run
from grader.exports.gradescope.bundle import Settings, bundle

SECRET = b"a secret of the tests"
SETTINGS = Settings(names=("weighted_grad",), isolation="sandbox", language="en")


@pytest.fixture
def zipped(quiz_root) -> ZipFile:
    """Return the bundle of a small course."""
    return ZipFile(io.BytesIO(bundle(load_course(quiz_root), SECRET, SETTINGS, None)))


@pytest.fixture
def harness(zipped, tmp_path):
    """Return a folder as Gradescope's image has it, with the bundle unpacked, and a submission to come."""
    root = tmp_path / "autograder"
    for name in ("source", "submission", "results"):
        (root / name).mkdir(parents=True)
    zipped.extractall(root / "source")
    shutil.copy(root / "source" / "run_autograder", root / "run_autograder")
    (root / "run_autograder").chmod(0o755)
    metadata = {"id": 1, "users": [{"id": 7, "email": "mei@uni.example", "name": "Mei Chen"}]}
    (root / "submission_metadata.json").write_text(json.dumps(metadata))
    return root


def test_the_two_scripts_are_at_the_root_and_run(zipped):
    """Gradescope asks for these names, and for a script that it may execute."""
    for name in ("setup.sh", "run_autograder"):
        assert stat.S_IMODE(zipped.getinfo(name).external_attr >> 16) == 0o755
        assert zipped.read(name).startswith(b"#!/usr/bin/env bash\n")


def test_torch_is_pinned_to_a_wheel_without_gpu_packages(zipped):
    """An image with them would be gigabytes larger, and no version is left to chance."""
    lines = zipped.read("requirements.txt").decode().splitlines()
    assert lines[:2] == ["--extra-index-url https://download.pytorch.org/whl/cpu", "torch==2.13.0+cpu"]
    assert all("==" in line for line in lines[1:])
    names = {line.partition("==")[0] for line in lines[1:]}
    assert {"pydantic", "hypothesis", "typing-extensions"} <= names
    assert not [name for name in names if name.startswith("nvidia")]


def test_what_students_may_import_is_installed(zipped):
    """A course that allows matplotlib here allows it there."""
    names = {line.partition("==")[0] for line in zipped.read("requirements.txt").decode().splitlines()}
    assert {"numpy", "matplotlib", "pillow"} <= names


def test_the_whole_grader_is_inside(zipped, root):
    """Every module and every file that the package brings along."""
    there = {name.removeprefix("package/") for name in zipped.namelist() if name.startswith("package/grader/")}
    kept = {".py", ".yaml", ".j2", ".css", ".js", ".json", ".sh"}
    here = {str(path.relative_to(root)) for path in (root / "grader").rglob("*") if path.suffix in kept}
    assert here <= there
    assert 'grader = "grader.judge.plugin"' in zipped.read("package/pyproject.toml").decode()


def test_the_secret_is_its_owners_alone(zipped):
    """It is in the zip, since the questions and probes are drawn from it there as here."""
    assert zipped.read("course/.grader/secret") == SECRET + b"\n"
    assert stat.S_IMODE(zipped.getinfo("course/.grader/secret").external_attr >> 16) == 0o600


def test_the_same_course_gives_the_same_bytes(quiz_root):
    """A bundle that was made anew can be compared with the one that was uploaded."""
    course = load_course(quiz_root)
    assert bundle(course, SECRET, SETTINGS, None) == bundle(course, SECRET, SETTINGS, None)


def test_a_submission_is_graded_as_the_harness_would(harness, root):
    """From the scripts to `results.json`: full points for the reference, nothing withheld in what students see."""
    shutil.copy(root / "solutions" / "weights" / "weighted_grad" / "weighted_grad.py", harness / "submission")
    environment = {**os.environ, "AUTOGRADER_ROOT": str(harness), "AUTOGRADER_PYTHON": sys.executable}
    done = subprocess.run(
        [harness / "run_autograder"], cwd=harness, env=environment, capture_output=True, timeout=300, check=False
    )
    found = json.loads((harness / "results" / "results.json").read_text())
    assert found.get("score") == 4, (found, done.stdout, done.stderr)
    assert {test["status"] for test in found["tests"] if "status" in test} == {"passed"}
    assert SECRET.decode() not in json.dumps(found)
    assert isinstance(found["execution_time"], int)


@pytest.mark.parametrize(
    ("failure", "said"),
    [(IsolationError("this machine lacks Landlock"), "this machine lacks Landlock"), (ZeroDivisionError(), "failed")],
)
def test_a_failure_of_ours_gives_no_score(harness, monkeypatch, failure, said):
    """Neither a missing layer nor a fault of the grader becomes a 0."""

    def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr(run, "graded", fail)
    monkeypatch.setattr(sys, "argv", ["run", str(harness)])
    run.main()
    found = json.loads((harness / "results" / "results.json").read_text())
    assert "score" not in found
    assert "tests" not in found
    assert said in found["output"]


def test_a_quiz_sheet_finds_its_student(harness):
    """The names of Gradescope and of the roster in the bundle are those that a sheet may be made for."""
    (harness / "source" / "roster.csv").write_text("First Name,Last Name,SID,Email\nMei,Chen,m101,mei@uni.example\n")
    entry = run.entry_of(harness)
    assert entry.student == "Mei Chen"
    assert {"Mei Chen", "mei@uni.example", "m101"} <= set(entry.known_as)


def test_metadata_that_says_nothing_is_no_failure(harness):
    """A submission without users is graded, too."""
    for content in ("{}", '{"users": null}', '{"users": ["x"]}'):
        (harness / "submission_metadata.json").write_text(content)
        assert run.entry_of(harness).student == "student"


def test_the_scripts_are_bash(harness):
    """Both can be parsed."""
    for name in ("setup.sh", "run_autograder"):
        path = Path(harness / "source" / name)
        assert subprocess.run(["bash", "-n", path], check=False).returncode == 0
