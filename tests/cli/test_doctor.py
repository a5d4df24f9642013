"""`grader doctor`: what a person reads of this machine's isolation, and of a course."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from grader.authoring.new import new_course
from grader.catalogue.course import load_course
from grader.catalogue.shown import PLACE, ShownByExercise, encode_shown, shown_digest
from grader.cli.app import app
from grader.sandbox import diagnostics
from grader.sandbox.diagnostics import Diagnostics, LayerState

HOLDS = LayerState("landlock", "reads the libraries alone", holds=True)
MISSING = LayerState("seccomp", "starts no process", holds=False, reason="the kernel has no filter")


@pytest.fixture
def found(monkeypatch):
    """Let `doctor` find what a test says."""

    def tell(*layers: LayerState) -> None:
        answer = Diagnostics("Linux", "ada", layers, 3, 2, "2 s CPU")
        monkeypatch.setattr(diagnostics, "diagnose_machine", lambda: answer)

    return tell


def test_a_machine_with_every_layer_is_well(found):
    """Every layer with its promise, the level, and exit code 0."""
    found(HOLDS)
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 0
    assert "landlock" in result.output
    assert "level: L1" in result.output
    assert "tried 3 forbidden things, 2 refused" in result.output


def test_a_missing_layer_is_told(found):
    """A missing layer stands there with its reason, and the exit code is 1."""
    found(HOLDS, MISSING)
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 1
    assert "the kernel has no filter" in " ".join(result.output.replace("│", " ").split())
    assert "level: L3" in result.output


def test_json_says_the_same(found):
    """--json holds each layer, the level, and whether all holds."""
    found(HOLDS, MISSING)
    result = CliRunner().invoke(app, ["doctor", "--json"])
    data = json.loads(result.output)
    assert result.exit_code == 1
    assert data["holds"] is False
    assert [layer["name"] for layer in data["layers"]] == ["landlock", "seccomp"]


@pytest.fixture
def look(tmp_path, monkeypatch):
    """Return what runs `doctor --course` in a new course, and the course's folder."""
    new_course(tmp_path / "mine")
    monkeypatch.chdir(tmp_path / "mine")
    monkeypatch.delenv("GRADER_SECRET", raising=False)
    return tmp_path / "mine", lambda *more: CliRunner().invoke(app, ["doctor", "--course", *more])


def keep_fresh(root):
    """Write that the wrong solutions were recorded with the content that there is now."""
    shown = {each.slug: ShownByExercise(digest=shown_digest(each), wrong={}) for each in load_course(root).exercises}
    (root / PLACE).write_bytes(encode_shown(shown))


def test_a_course_that_is_well_is_told_in_one_look(look):
    """Exercises, questions, points, misconceptions, secret and roster; exit code 0."""
    root, doctor = look
    keep_fresh(root)
    (root / "roster.csv").write_text("id,name\n1,Ada\n2,Bob\n", encoding="utf-8")
    (root / ".grader").mkdir(mode=0o700)
    (root / ".grader" / "secret").write_text("a secret of the tests\n", encoding="utf-8")
    ended = doctor("--json")
    found = json.loads(ended.output)
    assert ended.exit_code == 0
    assert found["well"] is True
    assert found["units"] == [{"name": "lists", "exercises": 1, "questions": 1, "points": 6}]
    assert (found["misconceptions"], found["acted_out"]) == (2, 2)
    assert (found["broken"], found["stale"]) == ([], [])
    assert found["secret"].endswith("secret")
    assert found["roster"] == "roster.csv: 2 students"
    assert "a secret of the tests" not in ended.output


def test_what_waits_in_a_course_is_told(look):
    """What is broken, by file and line; what is stale, with the command; no secret and no roster; exit code 1."""
    root, doctor = look
    starter = root / "exercises" / "lists" / "running_sums" / "running_sums.py"
    starter.write_text(starter.read_text(encoding="utf-8").replace("raise NotImpl", "return 1 or NotImpl"), "utf-8")
    ended = doctor()
    assert ended.exit_code == 1
    for line in (
        "secret: none yet; the first grading draws one, or run grader secret set",
        "roster: none beside config.yaml; give one with grader grade --roster",
        "exercises/lists/running_sums/running_sums.py:7: the body of running_sums must be",
        "solutions/observations.yaml: running_sums; run grader verify running_sums",
    ):
        assert line in ended.output


def test_a_roster_that_cannot_be_read_is_told(look):
    """By its line, as grading would."""
    root, doctor = look
    (root / "roster.csv").write_text("id,name\n1,Ada\n1,Bob\n", encoding="utf-8")
    assert "roster.csv" in json.loads(doctor("--json").output)["roster"]
    assert "students" not in json.loads(doctor("--json").output)["roster"].replace("two students", "")
