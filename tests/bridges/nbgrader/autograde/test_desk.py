"""The desk keeps one judge as long as it is the right one, and tells a failure once it is known."""

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
    """Stands in for a kept judge: facts without any mark, and a look at what it was handed."""

    made = ()
    failure = None

    def __init__(self, options):
        self.options = options
        self.handed = []
        self.ended = False
        Rehearsal.made += (self,)

    def graded(self, entry):
        self.handed.append(
            SimpleNamespace(
                student=entry.student,
                files={path.name: path.read_bytes() for path in entry.path.iterdir()},
                mode=entry.path.stat().st_mode & 0o777,
                folder=entry.path,
            )
        )
        if Rehearsal.failure:
            raise Rehearsal.failure
        return Graded(failed_facts(entry.student, load_assignment(self.options)))

    def end(self):
        self.ended = True


@pytest.fixture
def own(tmp_path, small_course, monkeypatch):
    """Return a desk without judges, and settings for a course that may be changed."""
    shutil.copytree(small_course, tmp_path / "course")
    monkeypatch.setenv("GRADER_SECRET", "x")
    monkeypatch.setattr(module, "KeptJudge", Rehearsal)
    monkeypatch.setattr(Rehearsal, "made", ())
    monkeypatch.setattr(Rehearsal, "failure", None)
    return SimpleNamespace(desk=Desk(), settings=Settings(tmp_path / "course", "", Isolation.SANDBOX))


def test_one_judge_serves_all_notebooks(own):
    """Each lies in a folder that nobody else can read and that is gone afterwards."""
    own.desk.graded(own.settings, "ada", b"{}", None)
    graded = own.desk.graded(own.settings, "bob", b"{ }", b"version: 1")
    (judge,) = Rehearsal.made
    assert judge.options.notebooks
    assert graded.report.student == "bob"
    assert [each.files for each in judge.handed] == [
        {"notebook.ipynb": b"{}"},
        {"notebook.ipynb": b"{ }", "answers.yaml": b"version: 1"},
    ]
    assert {each.mode for each in judge.handed} == {0o700}
    assert not any(each.folder.exists() for each in judge.handed)


@pytest.mark.parametrize("name", ["config.yaml", "tests/hidden/weights/test_weighted_grad_hidden.py"])
def test_a_course_that_was_changed_gets_another_judge(own, name):
    """An instructor who mends a test in formgrader's server grades with the new one."""
    own.desk.graded(own.settings, "ada", b"{}", None)
    path = own.settings.course / name
    later = path.stat().st_mtime + 10
    os.utime(path, (later, later))
    own.desk.graded(own.settings, "ada", b"{}", None)
    first, second = Rehearsal.made
    assert first.ended
    assert not second.ended


def test_a_removed_file_gets_another_judge_too(own):
    """Though no file is newer than before."""
    own.desk.graded(own.settings, "ada", b"{}", None)
    (own.settings.course / "solutions/weights/weighted_grad/wrong/m14_mean_for_sum.py").unlink()
    own.desk.graded(own.settings, "ada", b"{}", None)
    assert [each.ended for each in Rehearsal.made] == [True, False]


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
    own.desk.graded(own.settings, "ada", b"{}", None)
    monkeypatch.setattr(module, "datetime", SimpleNamespace(now=(due + timedelta(seconds=1)).astimezone))
    own.desk.graded(own.settings, "ada", b"{}", None)
    assert asked == [False, True]
    assert len(Rehearsal.made) == 1


def test_language_and_isolation_are_the_instructors(own):
    """Else the course's own language counts."""
    course = own.settings.course
    settings = (own.settings, Settings(course / "exercises", "zh", Isolation.PROCESS))
    reports = [own.desk.graded(each, "ada", b"{}", None).report for each in settings]
    assert [each.language for each in reports] == ["en", "zh"]
    assert [each.options.isolation for each in Rehearsal.made] == [Isolation.SANDBOX, Isolation.PROCESS]
    assert {each.options.root for each in Rehearsal.made} == {course}


def test_another_language_needs_no_other_judge(own):
    """The facts that a judge finds have none."""
    for language in ("en", "zh"):
        settings = Settings(own.settings.course, language, Isolation.SANDBOX)
        assert own.desk.graded(settings, "ada", b"{}", None).report.language == language
    assert len(Rehearsal.made) == 1


def test_a_judge_that_failed_is_not_tried_for_every_student(own):
    """The same error is told at once, until the course changes."""
    Rehearsal.failure = InternalError("no layer")
    for _ in range(3):
        with pytest.raises(InternalError, match="no layer"):
            own.desk.graded(own.settings, "ada", b"{}", None)
    assert len(Rehearsal.made[0].handed) == 1
    Rehearsal.failure = None
    later = (own.settings.course / "config.yaml").stat().st_mtime + 10
    os.utime(own.settings.course / "config.yaml", (later, later))
    assert own.desk.graded(own.settings, "ada", b"{}", None).report.student == "ada"


def test_a_course_that_is_none_is_told(own, tmp_path):
    """By a sentence that says what to do."""
    with pytest.raises(UserError, match=r"no config\.yaml at or above"):
        own.desk.graded(Settings(tmp_path, "", Isolation.SANDBOX), "ada", b"{}", None)
    (own.settings.course / "config.yaml").write_text("version: 2", encoding="utf-8")
    with pytest.raises(ContentError, match=r"config\.yaml"):
        own.desk.graded(own.settings, "ada", b"{}", None)


def test_there_is_one_desk_in_a_process():
    """Whoever asks gets the same."""
    assert desk() is desk()
