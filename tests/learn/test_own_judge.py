"""Judging one's own files: one exercise alone, and with less isolation only where that is the learner's own matter."""

import pytest

from grader.errors import IsolationError
from grader.grading.graded import Graded
from grader.learn import own_judge as module
from grader.learn.own_judge import OwnJudge
from grader.learn.targets import targets
from grader.learn.workspace import open_workspace
from grader.results.facts import ExerciseFacts, SubmissionFacts
from grader.results.verdicts import Verdict
from grader.sandbox.isolation import Isolation


class Judges:
    """Stands in for the warm judges of the process."""

    def __init__(self):
        self.asked = []
        self.lacking = frozenset()

    def grade_warm(self, options, _content, submission, *, only):
        """Return facts that say nothing; refuse where a layer is missing."""
        self.asked.append((options.isolation, only))
        if options.isolation in self.lacking:
            raise IsolationError("this machine can't isolate student code; choose --isolation=process")
        exercises = tuple(ExerciseFacts(slug=slug, verdict=Verdict.FAILED) for slug in only)
        course = open_workspace(options.root).course.version
        return Graded(
            SubmissionFacts(
                student=submission.student, course=course, isolation=options.isolation.value, exercises=exercises
            )
        )


@pytest.fixture
def judges(monkeypatch):
    """Replace the warm judges."""
    stand_in = Judges()
    monkeypatch.setattr(module, "grade_warm", stand_in.grade_warm)
    return stand_in


def report(space, *words, **fields):
    """Return the report on some exercises."""
    return OwnJudge(space, **fields).report_on(targets(space, words, space.root, None))


def test_only_the_exercise_that_was_asked_for_is_judged(space, judges):
    """The others are not even collected, so the first verdict comes soon; two are put into one report."""
    found = report(space, "weighted_grad", "make_leaf")
    assert judges.asked == [(Isolation.SANDBOX, ("weighted_grad",)), (Isolation.SANDBOX, ("make_leaf",))]
    assert [each.slug for each in found.exercises] == ["weighted_grad", "make_leaf"]
    assert found.exercises[0].title == "Weight the outputs"


def test_a_missing_layer_does_not_stop_a_learner_at_home(space, judges):
    """The report says which isolation there was, and the sandbox is not tried again for each save."""
    judges.lacking = {Isolation.SANDBOX}
    judge = OwnJudge(space)
    for _ in range(2):
        found = judge.report_on(targets(space, ("make_leaf",), space.root, None))
        assert (found.isolation, judge.is_weaker) == ("process", True)
    assert [isolation for isolation, _ in judges.asked] == [Isolation.SANDBOX, Isolation.PROCESS, Isolation.PROCESS]


def test_a_chosen_isolation_is_never_exchanged(space, judges):
    """Who asks for the sandbox gets it or a refusal."""
    judges.lacking = {Isolation.SANDBOX}
    with pytest.raises(IsolationError):
        report(space, "make_leaf", isolation=Isolation.SANDBOX)


def test_files_of_others_are_refused_without_the_layers(space, judges):
    """They are not the learner's own; the sentence names the choice."""
    judges.lacking = {Isolation.SANDBOX}
    with pytest.raises(IsolationError, match="--isolation=process"):
        report(space, "make_leaf", is_at_home=False)


def test_the_course_itself_is_no_home(copied, judges):
    """Only a folder that `grader start` made goes on by itself."""
    judges.lacking = {Isolation.SANDBOX}
    with pytest.raises(IsolationError):
        report(open_workspace(copied), "make_leaf")


def test_a_machine_that_has_neither_is_told(space, judges):
    """The weaker one is tried once."""
    judges.lacking = {Isolation.SANDBOX, Isolation.PROCESS}
    with pytest.raises(IsolationError):
        report(space, "make_leaf")
    assert len(judges.asked) == 2
