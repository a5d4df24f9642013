"""The desk keeps one judge as long as it is the right one, and tells a failure once it is known."""

import json
import os
import shutil
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import yaml

from grader.bridges.nbgrader import desk as module
from grader.bridges.nbgrader.desk import Desk, Settings, desk
from grader.config.course_config import FeedbackPolicy
from grader.errors import ContentError, InternalError, UserError
from grader.grading.graded import Graded, failed_facts
from grader.grading.options import load_assignment
from grader.sandbox.isolation import Isolation


class Rehearsal:
    """Stands in for the warm judges of a process: facts without any mark, and a look at what was handed in."""

    def __init__(self):
        self.handed = []
        self.failure = None
        self.assignments = {}

    def grade_warm(self, options, content, submission):
        """Return facts, or fail."""
        self.handed.append(SimpleNamespace(options=options, content=content, submission=submission))
        if self.failure:
            raise self.failure
        key = (options, content)
        if key not in self.assignments:
            self.assignments[key] = load_assignment(options)
        return Graded(failed_facts(submission.student, self.assignments[key]))

    def judges(self):
        """Return how many judges would have been needed."""
        return len(self.assignments)


@pytest.fixture
def own(tmp_path, small_course, monkeypatch):
    """Return a desk without judges, and settings for a course that may be changed."""
    shutil.copytree(small_course, tmp_path / "course")
    monkeypatch.setenv("GRADER_SECRET", "x")
    rehearsal = Rehearsal()
    monkeypatch.setattr(module, "grade_warm", rehearsal.grade_warm)
    settings = Settings(tmp_path / "course", "", Isolation.SANDBOX)
    return SimpleNamespace(desk=Desk(), settings=settings, rehearsal=rehearsal)


def notebook(*cells):
    """Return a notebook of code cells as a file's content."""
    made = [{"cell_type": "code", "source": each, "metadata": {}, "outputs": []} for each in cells]
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": made}).encode()


ANSWER = "def weighted_grad(f, x, v):\n    return x"
SHEET = b"version: 1\nanswers: [{question: shape_of_the_weights, answer: '1'}]\n"


def test_one_judge_serves_all_notebooks(own, monkeypatch):
    """Each lies in a folder that nobody else can read while it is read, and that is gone afterwards."""
    folders = []
    read = module.read_submission

    def look(entry, wanted):
        names = sorted(path.name for path in entry.path.iterdir())
        folders.append((names, entry.path.stat().st_mode & 0o777, entry.path))
        return read(entry, wanted)

    monkeypatch.setattr(module, "read_submission", look)
    own.desk.graded(own.settings, "ada", notebook("1"), None)
    graded = own.desk.graded(own.settings, "bob", notebook(ANSWER), SHEET)
    assert own.rehearsal.judges() == 1
    assert all(each.options.notebooks_only for each in own.rehearsal.handed)
    assert graded.report.student == "bob"
    assert [names for names, _, _ in folders] == [["notebook.ipynb"], ["answers.yaml", "notebook.ipynb"]]
    assert {mode for _, mode, _ in folders} == {0o700}
    assert not any(folder.exists() for _, _, folder in folders)
    handed = own.rehearsal.handed[1].submission
    assert handed.files["weighted_grad"].cells == (ANSWER,)
    assert list(handed.sheet.given) == ["shape_of_the_weights"]


@pytest.mark.parametrize("name", ["config.yaml", "tests/hidden/weights/test_weighted_grad_hidden.py"])
def test_a_course_that_was_changed_gets_another_judge(own, name):
    """An instructor who mends a test in formgrader's server grades with the new one."""
    own.desk.graded(own.settings, "ada", notebook("1"), None)
    path = own.settings.course / name
    path.write_text(path.read_text(encoding="utf-8") + "# mended\n", encoding="utf-8")
    own.desk.graded(own.settings, "ada", notebook("1"), None)
    assert own.rehearsal.judges() == 2


def test_a_course_file_of_another_name_is_the_course(own):
    """The judge is given that file, and another one when the file or what it chooses changes."""
    file = own.settings.course / "autumn.yaml"
    shutil.copy(own.settings.course / "config.yaml", file)
    settings = Settings(file, "", Isolation.SANDBOX)
    own.desk.graded(settings, "ada", b"{}", None)
    for name in ("autumn.yaml", "tests/hidden/weights/test_weighted_grad_hidden.py"):
        with (own.settings.course / name).open("a", encoding="utf-8") as changed:
            changed.write("\n# changed\n")
        own.desk.graded(settings, "ada", b"{}", None)
    assert {each.options.root for each in own.rehearsal.handed} == {file}
    assert own.rehearsal.judges() == 3


def test_a_removed_file_gets_another_judge_too(own):
    """Though no file is newer than before."""
    own.desk.graded(own.settings, "ada", notebook("1"), None)
    (own.settings.course / "solutions/weights/weighted_grad/wrong/m14_mean_for_sum.py").unlink()
    own.desk.graded(own.settings, "ada", notebook("1"), None)
    assert own.rehearsal.judges() == 2


def test_a_file_that_is_only_saved_again_gets_no_other_judge(own):
    """A judge is known by the course's content, not by time stamps."""
    own.desk.graded(own.settings, "ada", notebook("1"), None)
    path = own.settings.course / "config.yaml"
    os.utime(path, (path.stat().st_mtime + 10,) * 2)
    own.desk.graded(own.settings, "ada", notebook("1"), None)
    assert own.rehearsal.judges() == 1


def test_a_due_date_that_passes_changes_what_is_told(own, monkeypatch):
    """The judge goes on: what it found is told in other words."""
    asked = []
    policy = FeedbackPolicy.tells_all
    monkeypatch.setattr(FeedbackPolicy, "tells_all", lambda *given: asked.append(policy(*given)) or asked[-1])
    path = own.settings.course / "config.yaml"
    config = yaml.safe_load(path.read_text(encoding="utf-8"))
    due = datetime.now(UTC) + timedelta(hours=1)
    config["feedback"] = {"level": "after_due", "due": due}
    path.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    own.desk.graded(own.settings, "ada", notebook("1"), None)
    monkeypatch.setattr(module, "datetime", SimpleNamespace(now=(due + timedelta(seconds=1)).astimezone))
    own.desk.graded(own.settings, "ada", notebook("1"), None)
    assert asked == sorted(asked)
    assert set(asked) == {False, True}
    assert own.rehearsal.judges() == 1


def test_language_and_isolation_are_the_instructors(own):
    """Else the course's own language counts."""
    course = own.settings.course
    settings = (own.settings, Settings(course / "exercises", "zh", Isolation.PROCESS))
    reports = [own.desk.graded(each, "ada", notebook("1"), None).report for each in settings]
    assert [each.language for each in reports] == ["en", "zh"]
    assert [each.options.isolation for each in own.rehearsal.handed] == [Isolation.SANDBOX, Isolation.PROCESS]
    assert {each.options.root for each in own.rehearsal.handed} == {course}


def test_another_language_needs_no_other_judge(own):
    """The facts that a judge finds have none."""
    for language in ("en", "zh"):
        settings = Settings(own.settings.course, language, Isolation.SANDBOX)
        assert own.desk.graded(settings, "ada", notebook("1"), None).report.language == language
    assert own.rehearsal.judges() == 1


def test_a_judge_that_failed_is_not_tried_for_every_student(own):
    """The same error is told at once, until the course changes."""
    own.rehearsal.failure = InternalError("no layer")
    for _ in range(3):
        with pytest.raises(InternalError, match="no layer"):
            own.desk.graded(own.settings, "ada", notebook("1"), None)
    assert len(own.rehearsal.handed) == 1
    own.rehearsal.failure = None
    path = own.settings.course / "config.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# mended\n", encoding="utf-8")
    assert own.desk.graded(own.settings, "ada", notebook("1"), None).report.student == "ada"


def test_a_course_that_is_none_is_told(own, tmp_path):
    """By a sentence that says what to do."""
    with pytest.raises(UserError, match=r"no config\.yaml at or above"):
        own.desk.graded(Settings(tmp_path, "", Isolation.SANDBOX), "ada", notebook("1"), None)
    (own.settings.course / "config.yaml").write_text("version: 2", encoding="utf-8")
    with pytest.raises(ContentError, match=r"config\.yaml"):
        own.desk.graded(own.settings, "ada", notebook("1"), None)


def test_there_is_one_desk_in_a_process():
    """Whoever asks gets the same."""
    assert desk() is desk()
