"""Requests on code cells: judged by the course of the folder around, or by a release's public tests."""

import re

import pytest

from grader.errors import IsolationError, UserError
from grader.grading import warm
from grader.jupyter.ask import Ask
from grader.learn import own_judge
from grader.learn.progress import ProgressFile
from grader.learn.public_tests import PublicRunner
from grader.sandbox.isolation import Isolation

SLUG = "weighted_grad"
WRONG = "def weighted_grad(f, x, v):\n    return x"
RIGHT = f"{WRONG}  # right"


def test_the_cells_go_to_the_judge_as_one_notebook(desk, judges, own):
    """Their numbers are the kernel's own; the zygote for notebooks alone is started."""
    desk.answer(Ask(SLUG), ["import torch", "", WRONG], own)
    ((options, submission),) = judges.asked
    assert submission.files[SLUG].cells == ("import torch", "", WRONG)
    assert submission.files[SLUG].notebook
    assert options.notebooks_only


@pytest.mark.usefixtures("judges")
def test_a_wrong_answer_is_offered_its_hints(desk, own):
    """Each of the three is closed until it is opened, and there is no script."""
    shown = desk.answer(Ask(SLUG), [WRONG], own)
    assert re.findall(r'<details class="hint"><summary>(.*?)</summary>', shown.html) == [
        "Hint 1 of 3",
        "Hint 2 of 3",
        "Hint 3 of 3",
    ]
    assert "<script" not in shown.html
    assert "Weight the outputs · ✗ failed · 0 of 4 points" in shown.text


@pytest.mark.usefixtures("judges")
def test_a_right_answer_is_kept_in_the_progress(desk, own):
    """Nobody who passed is offered a hint."""
    shown = desk.answer(Ask(SLUG), [RIGHT], own)
    assert '<details class="hint">' not in shown.html
    assert "passed" in shown.text
    assert ProgressFile(own / ".learn").read().of(SLUG).passed


@pytest.mark.usefixtures("judges")
def test_a_verdict_is_in_the_language_that_is_asked_for(desk, own):
    """HTML and text alike."""
    shown = desk.answer(Ask(SLUG, language="zh"), [WRONG], own)
    assert "提示 1 / 3" in shown.html
    assert "未通过" in shown.text


def test_cells_without_the_function_are_told(desk, judges, own):
    """Nothing is judged: the sentence says what to do."""
    with pytest.raises(UserError, match="no cell that ran so far defines weighted_grad"):
        desk.answer(Ask(SLUG), ["import torch"], own)
    assert judges.asked == []


@pytest.mark.usefixtures("judges")
def test_a_misspelt_exercise_is_told(desk, own):
    """With the one that was probably meant."""
    with pytest.raises(UserError, match="did you mean weighted_grad"):
        desk.answer(Ask("weightd_grad"), [WRONG], own)


@pytest.mark.usefixtures("judges")
def test_more_code_than_any_notebook_may_have_is_refused(desk, own):
    """The limit is the intake's own."""
    with pytest.raises(UserError, match="restart it, and run the notebook from its top"):
        desk.answer(Ask(SLUG), [WRONG] * 501, own)


def lacking(_options, _content, _submission, *, only):
    """Stand in for a machine without a layer."""
    if _options.isolation is Isolation.SANDBOX:
        raise IsolationError("this machine can't isolate student code; choose the weaker --isolation=process")
    return lacking.otherwise(_options, _content, _submission, only=only)


def test_a_missing_layer_is_told_once(desk, judges, own, monkeypatch):
    """In a folder of the learner's own the check goes on, and the report says so each time, the note once."""
    lacking.otherwise = judges.grade_warm
    monkeypatch.setattr(own_judge, "grade_warm", lacking)
    first, second = (desk.answer(Ask(SLUG), [WRONG], own) for _ in range(2))
    note = "This machine lacks a layer of isolation"
    assert (note in first.html, note in second.html) == (True, False)
    assert (note in first.text, note in second.text) == (True, False)


def test_a_missing_layer_stops_a_check_outside_of_ones_own_folder(desk, judges, small_course, monkeypatch):
    """The sentence names the choice."""
    lacking.otherwise = judges.grade_warm
    monkeypatch.setattr(own_judge, "grade_warm", lacking)
    with pytest.raises(IsolationError, match="--isolation=process"):
        desk.answer(Ask(SLUG), [WRONG], small_course)
    assert "weighted_grad" in desk.answer(Ask(SLUG, isolation=Isolation.PROCESS), [WRONG], small_course).html


def test_public_tests_answer_where_there_is_no_course(desk, released, sandbox):
    """In the sandbox, for notebooks and for files; the others are said to be the teacher's."""
    desk._runner = PublicRunner()
    desk._runner._sandbox = sandbox
    for part in ("notebooks", "files"):
        shown = desk.answer(Ask(SLUG, "en"), ["import torch", WRONG], released / part)
        assert "Public tests · weighted_grad · 1 of 5 passed" in shown.text
        assert "The other checks are your teacher&#39;s" in shown.html
        assert "<script" not in shown.html
    desk._runner._sandbox = None


def test_a_release_names_its_exercises(desk, released):
    """A slug that it does not have is told with those that it has."""
    with pytest.raises(UserError, match="it has weighted_grad"):
        desk.answer(Ask("hvp", "en"), [WRONG], released / "files")


def test_the_end_ends_every_judge(desk, monkeypatch):
    """The keeper's, which serve all that is checked in this process."""
    ended = []
    monkeypatch.setattr(warm.Keeper, "end", lambda _self: ended.append("judges"))
    desk.end()
    assert ended == ["judges"]
