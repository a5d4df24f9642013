"""`grader check`: one's own files, judged and explained."""

import json
import shutil

import pytest

from grader.grading.warm import keeper
from grader.learn.progress import ProgressFile
from grader.results.report import Report
from grader.sandbox import zygotes


def contents(folder):
    """Return what lies in `folder`, but for what Python itself keeps."""
    return sorted(path for path in folder.rglob("*") if path.name != "__pycache__" and path.suffix != ".pyc")


def test_a_starter_is_not_passed(process, copied):
    """Exit code 1, feedback in the language that was asked for, and nothing new lies in the learner's folders."""
    before = contents(copied)
    ended = process("check", "--lang", "zh")
    assert ended.code == 1, ended.err
    assert "还没有写：weighted_grad" in ended.out
    assert "ot written yet" not in ended.out
    assert contents(copied) == before


def test_a_terminal_that_knows_ascii_alone_shows_the_feedback(process):
    """What the terminal can't show is shown in another way: the verdict is the same, and nothing breaks."""
    ended = process("check", "--isolation", "process", PYTHONIOENCODING="ascii")
    assert ended.code == 1, ended.err
    assert "Not written yet: weighted_grad" in ended.out


def test_a_solution_in_its_place_passes_everything(process, files):
    """Exit code 0, and --json prints the whole report and nothing else."""
    shutil.copy(files.solution, files.starter)
    ended = process("check", "weighted_grad", "--json")
    assert ended.code == 0, ended.err
    report = Report.model_validate_json(ended.out)
    assert (report.score, report.max_score) == (4, 4)
    assert (report.language, report.isolation, report.feedback) == ("en", "sandbox", "visible")
    assert [exercise.verdict for exercise in report.exercises] == ["passed"]


def test_files_elsewhere_are_checked_in_the_weaker_isolation_that_is_asked_for(process, files, tmp_path):
    """--path names one's own folder, and the report says that --isolation=process was chosen."""
    mine = tmp_path / "mine"
    mine.mkdir()
    shutil.copy(files.wrong / "m14_mean_for_sum.py", mine / "weighted_grad.py")
    ended = process("check", "--path", mine, "--isolation", "process", "--json")
    assert ended.code == 1, ended.err
    report = json.loads(ended.out)
    assert (report["isolation"], report["student"]) == ("process", "mine")
    assert report["exercises"][0]["misconception"] == "M14"


def test_a_path_that_is_missing_is_told(refused, copied):
    """The message names the path and what to check."""
    words = refused("check", "--path", "mine")
    assert words.startswith(f"no submission can be read at {copied / 'mine'} (No such file or directory)")


def test_a_path_that_is_no_submission_is_told(refused):
    """A file of another kind is refused with the kinds that are read."""
    words = refused("check", "--path", "config.yaml")
    assert words.startswith("config.yaml is no submission: give a folder or a file ending in .py, .ipynb")


@pytest.fixture
def lacking(monkeypatch):
    """Take a layer of isolation away from this machine."""
    monkeypatch.setattr(zygotes, "missing_layers", lambda: {"landlock": "taken away on purpose"})


@pytest.fixture
def mine(grader, tmp_path, monkeypatch):
    """Return a learner's own folder of the copied course, and stand in it."""
    folder = tmp_path / "mine"
    assert grader("start", folder).code == 0
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.usefixtures("lacking")
def test_a_learner_at_home_goes_on_where_a_layer_is_missing(grader, mine, files):
    """The verdict is there, said to be of the weaker isolation, and kept; files elsewhere are refused."""
    shutil.copy(files.solution, mine / "weights" / "weighted_grad" / "weighted_grad.py")
    try:
        ended = grader("check")
    finally:
        keeper().end()
    assert ended.code == 0, ended.err
    assert "This machine lacks a layer of isolation" in ended.err
    assert ProgressFile(mine / ".learn").read().of("weighted_grad").passed
    ended = grader("check", files.solution)
    assert (ended.code, ended.out) == (3, "")
    assert "--isolation=process" in ended.err


@pytest.fixture
def handout(process, tmp_path):
    """Return the folder of a release."""
    folder = tmp_path / "handout"
    assert process("release", "--to", "folder", folder).code == 0
    return folder


def test_a_released_folder_is_checked_by_its_public_tests(process, files, handout):
    """In the sandbox; the hidden tests are said to be the teacher's, and a course above is not asked."""
    mine = handout / "weights" / "weighted_grad"
    shutil.copy(files.wrong / "m14_mean_for_sum.py", mine / "weighted_grad.py")
    ended = process("check", "weighted_grad", "--lang", "en", cwd=handout)
    assert ended.code == 1, ended.err
    assert "Public tests · weighted_grad" in ended.out
    assert "The other checks are your teacher's" in ended.out
    shutil.copy(files.solution, mine / "weighted_grad.py")
    ended = process("check", "--lang", "zh", cwd=mine)
    assert ended.code == 0, ended.err
    assert "5 项中通过 5 项" in ended.out


def test_a_released_folder_names_its_exercises(process, handout):
    """Before anything is started; where nothing was begun, that is said."""
    ended = process("check", "hvp", "--lang", "en", cwd=handout)
    assert ended.code == 2
    assert "it has weighted_grad" in ended.err
    ended = process("check", "--lang", "en", cwd=handout)
    assert (ended.code, ended.out) == (1, "No exercise in this folder is begun yet.\n")
