"""The workers of an assignment: they die, and no submission is lost, doubled or charged for it."""

import pickle
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from grader.errors import InternalError, IsolationError
from grader.grading import worker as worker_module
from grader.results.verdicts import Verdict

DIES = "if times('deaths') <= {}: os.kill(os.getpid(), signal.SIGKILL)"
SLOW = "if b'squares' not in given: spend(1000.0, b'sums', b'squares'); signal.pause()"
SLOW_ONCE = "if times('tries') == 1: spend(1000.0, b'sums', b'squares'); signal.pause()"


def test_a_thread_keeps_its_worker(crew, stub, nobody):
    """It is started by the first submission and serves the next."""
    held = crew(stub())
    assert [held.grade(nobody(each)) for each in ("ada", "bob", "cleo")] == ["ada", "bob", "cleo"]
    assert len(stub.pids()) == 1


def test_each_thread_has_a_worker_of_its_own(crew, stub, nobody):
    """Two that grade at the same time do not wait for one another."""
    held, both = crew(stub(), jobs=2), threading.Barrier(2, timeout=60)

    def grade(student):
        both.wait()
        return held.grade(nobody(student))

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(grade, ("ada", "bob"))) == ["ada", "bob"]
    assert len(stub.pids()) == 2


def test_a_worker_that_dies_once_is_replaced(crew, stub, nobody):
    """The submission that it held is given to the next one, and comes back once."""
    assert crew(stub(DIES.format(1))).grade(nobody("ada")) == "ada"
    assert len(stub.pids()) == 2


def test_a_submission_is_tried_no_more_than_twice(crew, stub, nobody):
    """Two dead workers are enough to leave it to a person; it costs its student nothing."""
    graded = crew(stub(DIES.format(2))).grade(nobody("ada"))
    assert (graded.facts.student, graded.facts.points, graded.facts.max_points) == ("<ada>", 0, 0)
    assert graded.facts.needs_review
    assert [each.verdict for each in graded.facts.exercises] == [Verdict.INTERNAL]
    assert graded.traces == ("the judge died: it ended with exit code -9; twice\n",)


def test_the_next_submission_is_graded_as_ever(crew, stub, nobody):
    """A submission that kills its judges is no trouble for anybody else."""
    held = crew(stub(DIES.format(2)))
    held.grade(nobody("mallory"))
    assert held.grade(nobody("ada")) == "ada"


def test_a_worker_that_dies_with_nothing_to_do_is_replaced(crew, stub, nobody):
    """Its death counts for the submission that finds it, which has another try."""
    held = crew(stub("if times('deaths') == 1: pipe.send(student); os._exit(0)"))
    assert [held.grade(nobody(each)) for each in ("ada", "bob")] == ["ada", "bob"]
    assert len(stub.pids()) == 2


def test_a_worker_that_cannot_start_is_told_and_not_kept(crew, stub, nobody):
    """No submission is tried again and again where no judge can start; the next call finds out anew."""
    held = crew(stub(before="if times('starts') == 1: os._exit(3)"))
    with pytest.raises(InternalError, match="the judge could not be started"):
        held.grade(nobody("ada"))
    assert held.grade(nobody("ada")) == "ada"


def test_an_error_of_a_worker_ends_it(crew, stub, nobody):
    """It is raised as what it is, so that nobody is blamed for a layer that is gone."""
    problem = pickle.dumps(IsolationError("broken on purpose"))
    held = crew(stub(f"pipe.send_bytes({problem!r})"))
    with pytest.raises(IsolationError, match="broken on purpose"):
        held.grade(nobody("ada"))
    assert stub.running() == []


def test_an_interruption_leaves_no_answer_for_the_next_submission(crew, stub, nobody, monkeypatch):
    """Ctrl+C while a worker is at work ends it, so that its late answer reaches nobody else."""
    held = crew(stub())
    held.grade(nobody("ada"))

    def interrupted(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(worker_module, "wait", interrupted)
        with pytest.raises(KeyboardInterrupt):
            held.grade(nobody("bob"))
    assert stub.running() == []
    assert held.grade(nobody("cleo")) == "cleo"


def test_a_check_that_is_too_slow_once_is_tried_again(crew, stub, nobody, monkeypatch):
    """The machine may have been busy: the submission is graded in whole by another worker."""
    monkeypatch.setattr(worker_module, "TICK", 0.01)
    held = crew(stub(f"{SLOW_ONCE}\nassert b'squares' not in given"), check_seconds=600)
    assert held.grade(nobody("ada")) == "ada"
    assert len(stub.pids()) == 2


def test_a_check_that_is_too_slow_twice_is_given_up_alone(crew, stub, nobody, monkeypatch):
    """The third worker is told which one, and grades the rest."""
    monkeypatch.setattr(worker_module, "TICK", 0.01)
    assert crew(stub(SLOW), check_seconds=600).grade(nobody("ada")) == "ada"
    assert len(stub.pids()) == 3


def test_a_miss_is_no_death(crew, stub, nobody, monkeypatch):
    """A submission whose judge was late once and died once is not given up yet."""
    monkeypatch.setattr(worker_module, "TICK", 0.01)
    held = crew(stub(f"{SLOW_ONCE}\n{DIES.format(1)}"), check_seconds=600)
    assert held.grade(nobody("ada")) == "ada"
    assert len(stub.pids()) == 3


def test_every_worker_is_ended_with_the_crew(crew, stub, nobody):
    """Whatever thread started it."""
    held, both = crew(stub(), jobs=2), threading.Barrier(2, timeout=60)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda student: (both.wait(), held.grade(nobody(student))), ("ada", "bob")))
    assert len(stub.running()) == 2
    held.close()
    assert stub.running() == []


def test_a_crew_that_was_stopped_starts_nobody(crew, stub, nobody):
    """What a worker was at is given up, and whoever waits for it is told."""
    held = crew(stub("times('began'); signal.pause()"))
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(held.grade, nobody("ada"))
        while not (stub.folder / "began").exists():
            assert not waiting.done()
        held.stop()
        with pytest.raises(InternalError, match="grading was stopped"):
            waiting.result()
    assert len(stub.pids()) == 1
