"""The judge's thread: the last save counts, and a failure is told to the learner."""

import threading

import pytest

from grader.errors import InternalError
from grader.learn.events import Failed, Judged
from grader.learn.inbox import Inbox
from grader.learn.judging import Judging

SECONDS = 60


class Judge:
    """Stands in for a judge that waits until it may answer."""

    is_weaker = False

    def __init__(self, report):
        self.may = threading.Semaphore(0)
        self.begun = threading.Semaphore(0)
        self.asked = []
        self.problem = None
        self.report = report

    def report_on(self, found):
        """Return a report on an exercise, or raise."""
        self.asked.append(found[0].slugs[0])
        self.begun.release()
        assert self.may.acquire(timeout=SECONDS)
        if self.problem:
            raise self.problem
        return self.report(self.asked[-1])


class Told(Inbox):
    """An inbox that can be waited for."""

    def __init__(self):
        super().__init__()
        self.came = threading.Semaphore(0)

    def tell(self, event):
        """Keep an event and say that it came."""
        super().tell(event)
        self.came.release()

    def next(self):
        """Return the next event."""
        assert self.came.acquire(timeout=SECONDS)
        (event,) = self.events()
        return event


@pytest.fixture
def judging(space, report):
    """Yield a thread that judges with a stand-in."""
    thread = Judging(space, Judge(report), Told())
    yield thread
    thread.judge.may.release(10)
    thread.stop()


def test_the_last_save_is_judged(judging):
    """What was saved while the judge was at work and saved over since is judged by nobody."""
    judging.check("make_leaf")
    assert judging.judge.begun.acquire(timeout=SECONDS)
    for slug in ("describe_graph", "make_leaf", "weighted_grad"):
        judging.check(slug)
    judging.judge.may.release(2)
    assert [judging.inbox.next().report.exercises[0].slug for _ in range(2)] == ["make_leaf", "weighted_grad"]
    assert judging.judge.asked == ["make_leaf", "weighted_grad"]


def test_a_verdict_says_whether_the_file_was_begun(judging, space):
    """The page of the last verdict is that of the learner's own answer, not of a starter."""
    judging.judge.may.release(2)
    judging.check("make_leaf")
    assert judging.inbox.next() == Judged(judging.judge.report("make_leaf"), begun=False)
    assert judging.last is None
    space.file(space.exercise("make_leaf")).write_text("mine", encoding="utf-8")
    judging.check("make_leaf")
    assert judging.inbox.next().begun
    assert judging.last == judging.judge.report("make_leaf")


@pytest.mark.parametrize(
    ("problem", "told"),
    [(InternalError("no judge"), "no judge"), (ZeroDivisionError("oops"), "ZeroDivisionError: oops")],
)
def test_a_failure_is_told_and_the_next_save_is_judged(judging, problem, told):
    """Nobody waits for ever."""
    judging.judge.may.release(2)
    judging.judge.problem = problem
    judging.check("make_leaf")
    assert judging.inbox.next() == Failed(told)
    judging.judge.problem = None
    judging.check("make_leaf")
    assert isinstance(judging.inbox.next(), Judged)
