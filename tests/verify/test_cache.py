"""What was found before: used while nothing that it depends on changes, and never when a rule is broken."""

from contextlib import nullcontext
from dataclasses import replace
from types import SimpleNamespace

import pytest
from throw_away_course import ThrowAway

from grader.catalogue.course import load_course
from grader.catalogue.rules import Broken
from grader.grading import judge
from grader.verify import cache
from grader.verify import verify as module
from grader.verify.mutation import Mutated
from grader.verify.quizzes import check_quizzes


@pytest.fixture(scope="module")
def findings(tmp_path_factory, units, sandbox):
    """Return what an exercise without a flaw gives."""
    course = ThrowAway(tmp_path_factory.mktemp("found") / "course", f"unit_{next(units)}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judge, "open_sandbox", lambda _course, **_options: nullcontext(sandbox))
        (found,) = course.verify(cached=False).exercises
    return module.Findings(found.matrix.rows, found.mutants, found.idle)


@pytest.fixture
def gives(findings):
    """Return what the next runs find, and the public tests that they find broken; both can be changed."""
    return SimpleNamespace(findings=findings, public=[])


@pytest.fixture
def worked_on(throw_away, gives, monkeypatch):
    """Return what verifies the throw-away course and tells which exercises were worked on; nothing is judged."""
    heard = []

    def run(_assignment, exercises, _progress):
        heard.extend(each.slug for each in exercises)
        return {each.slug: gives.findings for each in exercises}

    def verify(**options):
        heard.clear()
        throw_away.verify(**options)
        return list(heard)

    monkeypatch.setattr(module, "run_exercises", run)
    monkeypatch.setattr(module, "check_public_tests", lambda exercises: gives.public if exercises else [])
    return verify


def test_what_has_not_changed_is_not_run_again(throw_away, worked_on):
    """The second run tells the same."""
    first = throw_away.verify()
    assert worked_on() == []
    assert throw_away.verify() == first
    assert first.exercises


@pytest.mark.parametrize("name", ["starter", "public", "solution", "hidden"])
def test_a_file_that_changes_is_run_again(throw_away, worked_on, name):
    """A comment is a change: nobody reads what it says."""
    assert worked_on() == ["double"]
    path = getattr(throw_away, name)
    path.write_text(path.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    assert worked_on() == ["double"]
    assert worked_on() == []


def test_a_wrong_solution_that_is_added_is_run(throw_away, worked_on):
    """Though no file of before has changed."""
    worked_on()
    wrong = throw_away.withheld / "wrong"
    text = (wrong / "m14_one_more.py").read_text(encoding="utf-8").replace("x + 1", "1 + x")
    (wrong / "m14_one_more_turned.py").write_text(text, encoding="utf-8")
    assert worked_on() == ["double"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("points: 1}", "points: 1.0000000001}"), ("version: 1\n", "version: 1\nlimits: {call_wall_seconds: 13}\n")],
)
def test_settings_that_change_are_tried_again(throw_away, worked_on, old, new):
    """Points and limits decide what is found."""
    worked_on()
    config = throw_away.root / "config.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert worked_on() == ["double"]


def test_another_version_finds_again(worked_on, monkeypatch):
    """What an older grader or torch found says nothing of this one."""
    worked_on()
    monkeypatch.setattr(cache, "surroundings", lambda: "another torch")
    assert worked_on() == ["double"]


def test_what_breaks_a_rule_is_not_kept(worked_on, gives):
    """It is found again until it is mended."""
    whole = gives.findings
    gives.findings = replace(whole, mutants=(Mutated(1, "a", "b", "`a` became `b`", "", equal=False),))
    assert worked_on() == ["double"]
    gives.findings = whole
    assert worked_on() == ["double"]
    assert worked_on() == []


def test_public_tests_that_break_a_rule_are_run_again(throw_away, worked_on, gives):
    """They are part of what was found, though nobody sees them in the matrix."""
    gives.public = [Broken(throw_away.public, "the starter does not fail the public tests")]
    assert worked_on() == ["double"]
    gives.public = []
    assert worked_on() == ["double"]
    assert worked_on() == []


def test_without_the_cache_everything_is_run(throw_away, worked_on):
    """And nothing is kept."""
    worked_on(cached=False)
    assert not (throw_away.root / ".grader").exists()
    worked_on()
    assert worked_on(cached=False) == ["double"]


def test_nobody_else_reads_what_was_found(throw_away, worked_on):
    """It tells what hidden tests look for."""
    worked_on()
    folder = throw_away.root / ".grader" / "verify"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in folder.iterdir()] == ["double.json"]


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b'{"digest": "", "found": 3}'])
def test_a_file_that_is_no_finding_is_not_believed(throw_away, worked_on, content):
    """It is written anew."""
    worked_on()
    (throw_away.root / ".grader" / "verify" / "double.json").write_bytes(content)
    assert worked_on() == ["double"]
    assert worked_on() == []


def test_a_folder_that_cannot_be_written_keeps_nothing(throw_away, worked_on):
    """Then each run is the first; it is no error."""
    (throw_away.root / ".grader").write_text("", encoding="utf-8")
    assert worked_on() == ["double"]
    assert worked_on() == ["double"]


def test_a_quiz_that_has_not_changed_is_not_drawn_again(quiz_root):
    """Its draws and rejections are told as before; another number of draws is another question."""
    course = load_course(quiz_root)
    kept = cache.Cache(quiz_root)
    heard = []
    first, broken = check_quizzes(course, course.quiz_units, 5, heard.append, kept)
    assert (len(heard), broken) == (6, [])
    again, _ = check_quizzes(course, course.quiz_units, 5, heard.append, kept)
    assert (again, len(heard)) == (first, 6)
    check_quizzes(course, ["weights"], 6, heard.append, kept)
    assert len(heard) == 11
