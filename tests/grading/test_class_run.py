"""Grading a class: judges die, submissions do not get lost, and the order of things changes no mark."""

import os
import signal
from multiprocessing import Pipe
from pathlib import Path
from types import SimpleNamespace

import pytest

from grader.errors import ContentError, GraderError, InternalError, IsolationError, SubmissionError, UserError
from grader.grading import class_run
from grader.grading.class_run import ClassRun, JudgeProcess
from grader.grading.grade import grade
from grader.grading.graded import Graded, failed_facts
from grader.grading.judge_process import reported
from grader.judge.bench import with_judge
from grader.results.verdicts import Verdict
from grader.submissions.entries import Entry, entries
from grader.submissions.intake import read_submission

NAMES = {"sum_backward": ("sum_backward",)}


@pytest.fixture(scope="module")
def students(tmp_path_factory, sources):
    """Return the entries of a class of five, one of whom handed in what is no archive."""
    folder = tmp_path_factory.mktemp("class")
    written = {
        "ada": sources.right,
        "bob": sources.starter,
        "cleo": sources.mean,
        "dan": sources.breaks_grader,
    }
    for name, source in written.items():
        (folder / f"{name}.py").write_text(source, encoding="utf-8")
    (folder / "eve.zip").write_bytes(b"no archive")
    return entries(folder, slugs=NAMES)


@pytest.fixture(scope="module")
def expected(students, assignment, sandbox):
    """Return the facts of each of the five, as one judge in this very process gives it."""

    def use(judge):
        read = [read_submission(entry, exercises=NAMES) for entry in students]
        return {each.student: grade(each, assignment, judge, sandbox).facts for each in read}

    return with_judge(assignment.exercises, assignment.options.secret, use)


def test_the_class_is_worth_grading(expected):
    """The five differ, so that facts in the wrong place would be seen."""
    marks = {name: (facts.points, facts.max_points, facts.needs_review) for name, facts in expected.items()}
    assert marks == {
        "ada": (3, 3, False),
        "bob": (0, 3, False),
        "cleo": (0.25, 3, False),
        "dan": (2.75, 2.75, True),
        "eve": (0, 3, False),
    }


def test_a_judge_that_is_killed_costs_nobody_anything(options, students, expected):
    """SIGKILL in the middle of the class: another judge goes on, and everyone has the facts of a quiet run."""
    run = ClassRun(options, jobs=1)
    facts, killed = {}, None
    for graded in run.graded(students):
        facts[graded.facts.student] = graded.facts
        if killed is None:
            killed = run._judges[0].process
            os.kill(killed.pid, signal.SIGKILL)
    assert killed.exitcode == -signal.SIGKILL
    assert facts == expected


def test_a_submission_that_kills_its_judge_is_left_to_a_human(options, students, expected, tmp_path, sources):
    """It is tried twice and given up without costing its student; the others are graded as ever, by two judges."""
    deadly = tmp_path / "mallory.py"
    deadly.write_text(sources.kills_judge, encoding="utf-8")
    found = [*students[:2], Entry("mallory", deadly), *students[2:]]
    graded = {each.facts.student: each for each in ClassRun(options, jobs=2).graded(found)}
    mallory = graded.pop("mallory")
    assert {name: each.facts for name, each in graded.items()} == expected
    assert (mallory.facts.points, mallory.facts.max_points, mallory.facts.needs_review) == (0, 0, True)
    assert [exercise.verdict for exercise in mallory.facts.exercises] == [Verdict.INTERNAL]
    assert mallory.traces == ("the judge died with exit code -9, twice",)
    assert "hidden words of the judge" in graded["dan"].traces[0]


class Script:
    """Stands in for the starting of judges: gives pipes that already hold what the judges will have said."""

    def __init__(self, *judges):
        """Prepare one list of words per judge, in the order in which they are started."""
        self.words = list(judges)
        self.theirs = []
        self.closed = []

    def start(self, _options):
        """Return a judge that says its words; an error is said as a judge says it, and an EOFError is its death."""
        ours, theirs = Pipe()
        self.theirs.append(theirs)
        for word in self.words.pop(0):
            if word is EOFError:
                theirs.close()
            elif isinstance(word, GraderError):
                with reported(theirs):
                    raise word
            else:
                theirs.send(word)
        process = SimpleNamespace(join=self.closed.append, is_alive=lambda: False, exitcode=-9)
        return JudgeProcess(process, ours)


@pytest.fixture
def scripted(monkeypatch, options):
    """Return what makes a run whose judges keep to a script."""

    def make(*judges):
        script = Script(*judges)
        monkeypatch.setattr(class_run, "start_judge", script.start)
        return ClassRun(options, jobs=2), script

    return make


@pytest.fixture
def said(assignment):
    """Return what a judge says of a student; which facts these are does not matter here."""
    return lambda student: Graded(failed_facts(student, assignment))


ADA, BOB = Entry("ada", None), Entry("bob", None)


def test_a_judge_that_dies_once_is_replaced(scripted, said):
    """The submission it held is given to the next judge, and comes back once."""
    run, script = scripted(["ready", EOFError], ["ready", said("ada")])
    assert [each.facts.student for each in run.graded([ADA])] == ["ada"]
    assert script.words == [], "a second judge was started"


def test_a_submission_is_tried_no_more_than_twice(scripted):
    """Two dead judges are enough to leave it to a human."""
    run, _ = scripted(["ready", EOFError], ["ready", EOFError], [])
    (given_up,) = run.graded([ADA])
    assert given_up.facts.needs_review
    assert given_up.traces == ("the judge died with exit code -9, twice",)


def test_a_judge_that_dies_with_nothing_to_do_is_no_loss(scripted, said):
    """Its work is done and reported: the run goes on with those that still grade."""
    run, script = scripted(["ready", said("ada")], ["ready"], [])
    found = run.graded([ADA, BOB])
    names = [next(found).facts.student]
    script.theirs[0].close()
    script.theirs[1].send(said("bob"))
    names += [each.facts.student for each in found]
    assert names == ["ada", "bob"]


def test_a_judge_that_never_gets_ready_ends_the_run(scripted):
    """Where no judge can be started there is nothing to wait for; the message says how to find out why."""
    run, _ = scripted([EOFError], [EOFError])
    with pytest.raises(InternalError, match="the judge could not be started; run `grader verify` to see why"):
        list(run.graded([ADA, BOB]))


@pytest.mark.parametrize(
    "problem",
    [
        UserError("broken on purpose"),
        SubmissionError("broken on purpose"),
        ContentError("broken on purpose", path=Path("config.yaml"), line=3),
        InternalError("broken on purpose"),
        IsolationError("broken on purpose"),
    ],
    ids=lambda problem: type(problem).__name__,
)
def test_an_error_of_a_judge_is_raised_as_what_it_is(scripted, problem):
    """Whose fault it is decides on the exit code, so it must survive the way from the judge's process."""
    run, _ = scripted([problem], [])
    with pytest.raises(type(problem)) as caught:
        list(run.graded([ADA, BOB]))
    assert (caught.type, str(caught.value)) == (type(problem), str(problem))


def test_every_judge_is_ended_when_the_run_is_given_up(scripted, said):
    """Whoever stops listening leaves no process behind."""
    run, script = scripted(["ready", said("ada")], ["ready"])
    found = run.graded([ADA, BOB])
    next(found)
    found.close()
    assert len(script.closed) == 2
    assert [judge.pipe.closed for judge in run._judges] == [True, True]


@pytest.mark.parametrize(("jobs", "started"), [(1, 1), (0, 1), (2, 2), (9, 2)])
def test_no_more_judges_are_started_than_there_is_work_for(scripted, said, jobs, started):
    """Two submissions need two judges at most, and one at least."""
    run, script = scripted(["ready", said("ada"), said("bob")], ["ready", said("bob")])
    run.jobs = jobs
    next(run.graded([ADA, BOB]))
    assert len(script.theirs) == started


def test_a_judge_that_does_not_end_is_killed():
    """A process that hangs at its end is not waited for without end."""
    calls = []
    process = SimpleNamespace(
        join=lambda *seconds: calls.append(("join", *seconds)),
        is_alive=lambda: True,
        kill=lambda: calls.append(("kill",)),
    )
    ours, theirs = Pipe()
    JudgeProcess(process, ours).end()
    assert [name for name, *_ in calls] == ["join", "kill", "join"]
    assert len(calls[0]) == 2, "the first wait has an end"
    theirs.close()
