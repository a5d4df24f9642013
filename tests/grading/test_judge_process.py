"""A judge's own process: entries in, facts out, and nothing that fails here costs a student."""

import threading
from multiprocessing import Pipe
from types import SimpleNamespace

import pytest

from grader.errors import IsolationError, UserError
from grader.grading import judge_process
from grader.grading.judge_process import answer_entries, grade_entry, reported, with_grader
from grader.grading.options import Options, load_assignment
from grader.results.verdicts import Verdict
from grader.sandbox.sandbox import Sandbox
from grader.submissions.entries import Entry


@pytest.fixture
def entry(tmp_path, sources):
    """Return a submission on the disk."""
    path = tmp_path / "sum_backward.py"
    path.write_text(sources.right, encoding="utf-8")
    return Entry("ada", path)


@pytest.fixture
def pipe():
    """Yield the coordinator's and the judge's end of a pipe."""
    ours, theirs = Pipe()
    yield SimpleNamespace(ours=ours, theirs=theirs)
    ours.close()
    theirs.close()


def failing(problem):
    """Return a judge that fails on every submission."""

    def outcomes(_slug, _student):
        raise problem

    return SimpleNamespace(outcomes=outcomes, checks={})


def test_whatever_fails_in_the_judge_is_no_verdict_on_the_student(entry, assignment):
    """Any exception becomes facts that count nothing and ask for a human, with the traceback beside it."""
    judge = failing(ZeroDivisionError("broken on purpose"))
    graded = grade_entry(entry, {"sum_backward": ("sum_backward",)}, assignment, judge, None)
    assert (graded.facts.student, graded.facts.points, graded.facts.max_points) == ("ada", 0, 0)
    assert graded.facts.needs_review
    assert [exercise.verdict for exercise in graded.facts.exercises] == [Verdict.INTERNAL]
    assert "ZeroDivisionError: broken on purpose" in graded.traces[0]
    assert "broken on purpose" not in graded.facts.model_dump_json()


def test_an_interrupt_is_not_taken_for_a_failure(entry, assignment):
    """Ctrl+C ends the run and is no fact."""
    with pytest.raises(KeyboardInterrupt):
        grade_entry(entry, {"sum_backward": ("sum_backward",)}, assignment, failing(KeyboardInterrupt()), None)


def test_grading_refuses_where_isolation_does_not_hold(entry, assignment, monkeypatch):
    """A machine that can't keep the promise of isolation grades nobody, and says so instead of giving reports."""

    def refuse(_sandbox):
        raise IsolationError("the isolation of student code does not hold here")

    monkeypatch.setattr(Sandbox, "_launch", lambda _sandbox: None)
    monkeypatch.setattr(Sandbox, "_ensure", refuse)
    with pytest.raises(IsolationError, match="does not hold here"):
        with_grader(assignment, lambda grade_one: grade_one(entry))


def test_entries_are_answered_one_by_one_until_the_other_side_closes(pipe):
    """The judge says that it is ready, answers each entry, and ends by itself."""
    thread = threading.Thread(target=answer_entries, args=(pipe.theirs, lambda given: f"graded {given}"))
    thread.start()
    answers = [pipe.ours.recv()]
    for given in ("ada", "bob"):
        pipe.ours.send(given)
        answers.append(pipe.ours.recv())
    pipe.ours.close()
    thread.join(60)
    assert answers == ["ready", "graded ada", "graded bob"]
    assert not thread.is_alive()


def test_a_judge_that_nobody_waits_for_any_more_ends_quietly(pipe):
    """A coordinator that is gone before the judge is ready is no error: there is nobody to tell."""
    pipe.ours.close()
    answer_entries(pipe.theirs, str)


def test_a_judge_whose_answer_nobody_takes_ends_quietly(pipe):
    """A coordinator that is gone while the judge grades, as after Ctrl+C, is no error either."""

    def grade_one(_entry):
        pipe.ours.close()

    pipe.ours.send("ada")
    answer_entries(pipe.theirs, grade_one)


def test_an_error_raised_on_purpose_is_told_to_the_coordinator(pipe):
    """It crosses the pipe with its words, instead of becoming a traceback on the terminal."""
    with reported(pipe.theirs):
        raise UserError("no such slug")
    assert "no such slug" in str(pipe.ours.recv())


def test_an_error_that_nobody_foresaw_is_not_hidden(pipe):
    """What is no error of ours goes its way, and nothing is sent."""
    with pytest.raises(ZeroDivisionError), reported(pipe.theirs):
        _ = 1 / 0
    assert not pipe.ours.poll()


@pytest.fixture
def quizzes_alone(quiz_root, tmp_path, monkeypatch):
    """Return what grades a sheet for a unit that has a quiz and no exercise, where no sandbox can be opened."""
    monkeypatch.setattr(judge_process, "Sandbox", lambda *_arguments, **_options: pytest.fail("a sandbox is opened"))
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "answers.yaml").write_text("version: 1\nanswers: [{question: printed, answer: '1'}]\n")
    chosen = load_assignment(Options(quiz_root, b"a secret of the tests", names=("print_outs",)))
    return lambda: with_grader(chosen, lambda grade_one: grade_one(Entry("ada", tmp_path / "ada")))


def test_a_unit_with_a_quiz_alone_needs_no_sandbox(quizzes_alone):
    """There is nothing to run: the answers are marked, and that is all."""
    facts = quizzes_alone().facts
    assert facts.exercises == ()
    assert [(quiz.unit, quiz.max_points, len(quiz.answers)) for quiz in facts.quizzes] == [("print_outs", 3, 1)]
    assert (facts.max_points, facts.needs_review, facts.problem) == (3, False, None)


def test_a_quiz_that_fails_on_our_side_waits_for_a_human(quizzes_alone, monkeypatch):
    """Without any exercise, too, our failure is an internal verdict and costs nothing."""
    monkeypatch.setattr(judge_process, "read_submission", lambda *_arguments, **_options: 1 / 0)
    graded = quizzes_alone()
    assert (graded.facts.needs_review, graded.facts.points, graded.facts.max_points) == (True, 0, 0)
    assert "ZeroDivisionError" in graded.traces[0]
