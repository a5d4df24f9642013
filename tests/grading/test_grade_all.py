"""Grading many over an executor: everyone comes back once, a bounded number is held, and nothing is left running."""

import os
import random
import signal
import threading
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress

import pytest

from grader.errors import InternalError
from grader.grading.grade_all import cores, grade_all, local_executor
from grader.grading.graded import Graded
from grader.grading.judge import open_judge
from grader.grading.warm import keeper as real_keeper
from grader.grading.worker import Forked

KILLS = 20


class Immediately(Executor):
    """Does what it is given at once, in the same thread."""

    def submit(self, call, /, *given, **named):
        """Return a future that is done."""
        future = Future()
        future.set_result(call(*given, **named))
        return future


class OneThreadEach(Executor):
    """Starts a thread for each piece of work, so that results come in any order."""

    def __init__(self):
        self.threads = []

    def submit(self, call, /, *given, **named):
        """Return the future of a thread."""
        future = Future()
        future.set_running_or_notify_cancel()
        self.threads.append(threading.Thread(target=lambda: future.set_result(call(*given, **named))))
        self.threads[-1].start()
        return future


@pytest.fixture
def grade_stubs(keeper, stub, options):
    """Return what grades submissions by stubs that do nothing special."""

    def grade(submissions, executor, **given):
        keeper(stub())
        return grade_all(submissions, executor, options, **given)

    return grade


def students(count):
    """Return names of students."""
    return [f"student-{number:03}" for number in range(count)]


@pytest.mark.parametrize("executor", [Immediately, OneThreadEach, lambda: ThreadPoolExecutor(2)])
def test_any_executor_will_do(grade_stubs, nobody, executor):
    """Each submission comes back once."""
    names = students(6)
    with executor() as chosen:
        graded = list(grade_stubs(map(nobody, names), chosen, in_flight=3))
    assert sorted(graded) == names


@pytest.mark.parametrize("executor", [Immediately, lambda: ThreadPoolExecutor(2)])
@pytest.mark.parametrize("in_flight", [1, 4])
def test_a_bounded_number_is_held(grade_stubs, nobody, executor, in_flight):
    """The next submission is read when a result has been taken, so that memory does not grow with the class."""
    read, taken, held = 0, 0, []

    def submissions():
        nonlocal read
        for name in students(12):
            read += 1
            held.append(read - taken)
            yield nobody(name)

    with executor() as chosen:
        for _ in grade_stubs(submissions(), chosen, in_flight=in_flight):
            taken += 1
    assert (taken, max(held)) == (12, in_flight)


def test_the_exercises_of_each_submission_can_be_chosen(keeper, stub, nobody, options):
    """What is known of one is not judged again; the choice reaches the worker."""
    keeper(stub("times(f'asked-{student}') if b'weighted_grad' in given else None"))
    chosen = {"<ada>": ("weighted_grad",)}
    list(grade_all(map(nobody, ["ada", "bob"]), Immediately(), options, only=lambda each: chosen.get(each.student, ())))
    assert [path.name for path in stub.folder.glob("asked-*")] == ["asked-ada"]


def test_nothing_to_grade_is_no_work(grade_stubs, stub):
    """No worker is started for an empty class."""
    assert list(grade_stubs([], Immediately())) == []
    assert stub.pids() == []


def test_an_error_ends_the_run(keeper, stub, nobody, options):
    """Where no judge can be had there is nothing to wait for, and what waits is given up."""
    keeper(stub(before="os._exit(1)"))
    graded = grade_all(map(nobody, students(50)), ThreadPoolExecutor(1), options, in_flight=2)
    with pytest.raises(InternalError, match="the judge could not be started"):
        list(graded)


class Killer:
    """Kills workers that are ready, at random moments of a class, while they are at work or idle."""

    def __init__(self, stub, seed):
        self.folder = stub.folder
        self.random = random.Random(seed)
        self.killed = []

    def submissions(self, nobody):
        """Yield submissions until enough workers have been killed, and some after that."""
        for number in range(2000):
            if len(self.killed) < KILLS and self.random.random() < 0.3:
                self.kill()
            yield nobody(f"student-{number}")
            if len(self.killed) == KILLS and number > KILLS * 4:
                return

    def kill(self):
        """Kill one that is ready, if there is any."""
        ready = sorted(self.folder.glob("ready-*"))
        if ready:
            chosen = self.random.choice(ready)
            chosen.unlink()
            with suppress(ProcessLookupError):
                os.kill(int(chosen.name.removeprefix("ready-")), signal.SIGKILL)
                self.killed.append(chosen.name)


def test_workers_that_are_killed_at_random_moments_lose_and_double_nothing(keeper, stub, nobody, options):
    """Everyone comes back exactly once: graded, or left to a person after two deaths in a row."""
    ready = "open(os.path.join(folder, f'ready-{os.getpid()}'), 'wb').close()"
    kept, killer = keeper(stub("for _ in range(20): os.sched_yield()", before=ready)), Killer(stub, seed=11)
    read = []

    def submissions():
        for submission in killer.submissions(nobody):
            read.append(submission.student.strip("<>"))
            yield submission

    with ThreadPoolExecutor(3) as threads:
        graded = list(grade_all(submissions(), threads, options, in_flight=6))
    names = [each.facts.student.strip("<>") if isinstance(each, Graded) else each for each in graded]
    assert len(killer.killed) == KILLS
    assert sorted(names) == sorted(read)
    assert all(each.facts.failed for each in graded if isinstance(each, Graded))
    kept.end()
    assert stub.running() == []


def test_local_threads_own_workers_that_end_with_the_block(keeper, stub, nobody, options):
    """As many as there are jobs at the most, and none is left."""
    keeper(stub())
    with local_executor(options, 2) as executor:
        graded = list(grade_all(map(nobody, students(9)), executor, options))
        assert 1 <= len(stub.running()) <= 2
    assert sorted(graded) == students(9)
    assert stub.running() == []


def test_an_interruption_ends_everything_at_once(keeper, stub, nobody, options):
    """Ctrl+C waits for no submission, though two are at work and would never end."""
    keeper(stub("times(f'began-{student}'); signal.pause()"))

    def submissions():
        yield nobody("ada")
        yield nobody("bob")
        while len(list(stub.folder.glob("began-*"))) < 2:
            assert len(stub.pids()) <= 2
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), local_executor(options, 2) as executor:
        list(grade_all(submissions(), executor, options))
    assert len(stub.pids()) == 2
    assert stub.running() == []


def test_there_is_a_job_for_each_core_that_may_be_used(monkeypatch):
    """On a system such as macOS, which tells no affinity, every core counts."""
    assert cores() == len(os.sched_getaffinity(0))
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: 7)
    assert cores() == 7


def test_a_class_gets_the_facts_of_one_judge(options, assignment, sources, submission):
    """Two real workers, forks of one template, find what one judge in this process finds, one death included."""
    handed_in = [
        submission("ada", sources.right),
        submission("bob", sources.starter),
        submission("cleo", sources.mean),
        submission("dan", sources.breaks_grader),
        submission("eve", sources.telling),
    ]
    with open_judge(assignment) as judge:
        expected = {each.student: judge.grade(each).facts for each in reversed(handed_in)}
    marks = {name: (facts.points, facts.max_points, facts.needs_review) for name, facts in expected.items()}
    assert marks == {
        "ada": (3, 3, False),
        "bob": (0, 3, False),
        "cleo": (0.25, 3, False),
        "dan": (2.75, 2.75, True),
        "eve": (0, 3, False),
    }
    handed_in.insert(2, submission("mallory", sources.kills_judge))
    with local_executor(options, 2, loaded=assignment) as executor:
        graded = {each.facts.student: each for each in grade_all(handed_in, executor, options, in_flight=4)}
        ((_, crew),) = real_keeper()._crews.values()
        processes = [worker._process for worker in crew._workers.values()]
        assert {type(each) for each in processes} == {Forked}
        assert crew.assignment is assignment
    mallory = graded.pop("mallory")
    assert {name: each.facts for name, each in graded.items()} == expected
    assert [each.verdict for each in mallory.facts.exercises] == ["internal"]
    assert mallory.traces == ("the judge died: its process has ended; twice\n",)
    assert "hidden words of the judge" in graded["dan"].traces[0]
    assert all(each._ended for each in processes)
