"""A judge in a process of its own, as its coordinator holds it: what it says, when it is late, and how it ends."""

import os
import pickle
import socket
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from grader.errors import ContentError, InternalError, IsolationError, SubmissionError, UserError
from grader.grading import worker as module
from grader.grading.work import Work
from grader.grading.worker import CheckTooSlow, TemplateStarter, Worker, WorkerDied
from grader.judge.own_time import Spending


@pytest.fixture
def worker(options):
    """Yield what makes a worker."""
    made = []

    def make(starter, door=None, **given):
        made.append(Worker(options, door, starter, **given))
        return made[-1]

    yield make
    for each in made:
        with suppress(OSError, ValueError):  # a test may have closed it
            each.close()


@pytest.fixture
def work(nobody):
    """Return what makes a piece of work for a student's submission."""
    return lambda student: Work(nobody(student))


def sent(problem):
    """Return what lets a stub say an error instead of being ready."""
    return f"pipe.send_bytes({pickle.dumps(problem)!r})"


def test_a_worker_answers_one_piece_of_work_after_the_other(worker, stub, work):
    """The same process serves all; it is waited for once."""
    held = worker(stub())
    held.wait_until_ready()
    held.wait_until_ready()
    assert [held.grade(work(each)) for each in ("ada", "bob")] == ["ada", "bob"]
    assert len(stub.pids()) == 1


def test_a_worker_ends_when_it_is_closed(worker, stub):
    """It has a while to end by itself, and is waited for."""
    held = worker(stub())
    held.wait_until_ready()
    held.close()
    assert (held._process.exit_code, stub.running()) == (0, [])


def test_a_worker_that_does_not_end_is_killed(worker, stub, work, monkeypatch):
    """A process that hangs is not waited for without end."""
    monkeypatch.setattr(module, "END_SECONDS", 0.2)
    held = worker(stub("pipe.send(0); signal.pause()"))
    held.wait_until_ready()
    held.grade(work("ada"))
    held.close()
    assert held._process.exit_code == -9


def test_a_worker_that_is_not_ready_is_killed_at_once(worker, stub, monkeypatch):
    """There is nothing that it could lose."""
    monkeypatch.setattr(module, "END_SECONDS", 600)
    held = worker(stub(before="signal.pause()"))
    held.close()
    assert held._process.exit_code == -9


def test_a_worker_that_never_gets_ready_is_told(worker, stub):
    """The message says how to find out why."""
    held = worker(stub(before="os._exit(3)"))
    with pytest.raises(InternalError, match="the judge could not be started; run `grader verify` to see why"):
        held.wait_until_ready()


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
def test_an_error_of_a_worker_is_raised_as_what_it_is(worker, stub, problem):
    """Whose fault it is decides on the exit code, so it must survive the way from the worker's process."""
    held = worker(stub(before=sent(problem)))
    with pytest.raises(type(problem)) as caught:
        held.wait_until_ready()
    assert (caught.type, str(caught.value)) == (type(problem), str(problem))


def test_a_death_at_work_is_told_with_its_exit_code(worker, stub, work):
    """Whoever holds the worker decides what becomes of the submission."""
    held = worker(stub("os.kill(os.getpid(), signal.SIGKILL)"))
    held.wait_until_ready()
    with pytest.raises(WorkerDied, match="it ended with exit code -9"):
        held.grade(work("ada"))


def test_a_death_with_nothing_to_do_is_noticed_with_the_next_work(worker, stub, work):
    """A pipe that nobody reads any more is no error of the coordinator's."""
    held = worker(stub("pipe.send(0); os._exit(4)"))
    held.wait_until_ready()
    held.grade(work("ada"))
    held._process.wait(60)
    with pytest.raises(WorkerDied, match="exit code 4"):
        held.grade(work("bob"))


def test_a_check_that_takes_the_judge_too_long_is_named(worker, stub, work, monkeypatch):
    """The worker is killed, since a hidden test may never give up its thread."""
    monkeypatch.setattr(module, "TICK", 0.01)
    held = worker(stub("spend(1000.0, b'sums', b'squares'); signal.pause()"), check_seconds=600)
    held.wait_until_ready()
    with pytest.raises(CheckTooSlow) as late:
        held.grade(work("ada"))
    assert late.value.place == ("sums", "squares")
    assert held._process.wait(60)
    assert held._process.exit_code == -9


def test_the_time_before_a_worker_is_ready_is_not_a_checks(worker, stub, monkeypatch):
    """What takes long then is loading, and there is no check that could be named for it."""
    quiet = iter(range(3))
    waited = module.wait
    monkeypatch.setattr(module, "wait", lambda *given: waited(*given) if next(quiet, None) is None else [])
    monkeypatch.setattr(module, "read_spending", lambda _page: Spending("sums", "squares", 1e9))
    held = worker(stub())
    held.wait_until_ready()
    assert next(quiet, None) is None


ASKS_FOR_A_ZYGOTE = """
import socket
door = socket.socket(fileno=int(sys.argv[5]))
door.sendall(b'{"notebooks": true}\\n')
words, descriptors, _, _ = socket.recv_fds(door, 4096, 1)
pipe.send((words, [os.read(each, 100) for each in descriptors]))
"""


class Door:
    """Leads to no zygote, but to one end of a pair of sockets, or nowhere."""

    def __init__(self, problem=None):
        self.problem = problem
        self.asked = []

    def connect(self, *, notebooks):
        """Return what the worker is given."""
        self.asked.append(notebooks)
        if self.problem:
            raise self.problem
        ours, theirs = socket.socketpair()
        with ours:
            ours.sendall(b"a zygote speaks")
        return theirs


def test_a_worker_is_led_to_the_coordinators_zygotes(worker, stub, work):
    """It asks while it grades, and gets a conversation of its own."""
    door = Door()
    held = worker(stub(ASKS_FOR_A_ZYGOTE), door)
    held.wait_until_ready()
    words, spoken = held.grade(work("ada"))
    assert (b'"connected": true' in words, spoken, door.asked) == (True, [b"a zygote speaks"], [True])


@pytest.mark.parametrize(
    ("problem", "isolation"), [(IsolationError("no layer"), b"true"), (InternalError("x"), b"false")]
)
def test_a_zygote_that_cannot_be_had_is_told_to_the_worker(worker, stub, work, problem, isolation):
    """The worker learns why, and whether isolation is what is missing."""
    held = worker(stub(ASKS_FOR_A_ZYGOTE), Door(problem))
    held.wait_until_ready()
    words, spoken = held.grade(work("ada"))
    assert str(problem).encode() in words
    assert b'"isolation": ' + isolation in words
    assert spoken == []


TEMPLATE = """
import socket, sys
control = socket.socket(fileno=int(sys.argv[1]))
control.sendall(SAYS)
control.recv(LISTENS)
"""


@pytest.mark.parametrize(
    ("says", "listens"),
    [
        pytest.param(b'{"clean": false}\n', 1000, id="has several threads"),
        pytest.param(b'{"clean": true}\n', 0, id="is gone when it is asked"),
        pytest.param(b"", 0, id="never says a word"),
    ],
)
def test_where_no_template_can_fork_workers_are_fresh_processes(worker, stub, work, says, listens):
    """Sharing what was imported only saves time: nothing else hangs on it."""
    text = TEMPLATE.replace("SAYS", repr(says)).replace("LISTENS", str(listens))
    starter = TemplateStarter((sys.executable, "-S", "-c", text), stub())
    held = [worker(starter), worker(starter)]
    for each in held:
        each.wait_until_ready()
    assert [each.grade(work("ada")) for each in held] == ["ada", "ada"]
    assert len(stub.pids()) == 2
    starter.close()
    assert starter._process.returncode is not None


FORKING_TEMPLATE = """
import os, signal, socket, sys
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
control = socket.socket(fileno=int(sys.argv[4]))
control.sendall(b'{"clean": true}\\n')
while True:
    words, descriptors, _, _ = socket.recv_fds(control, 4096, 4)
    if not words:
        break
    if (pid := os.fork()) == 0:
        control.close()
        for each in descriptors:
            os.set_inheritable(each, True)
        os.execv(sys.executable, [sys.executable, *sys.argv[1:4], *WORKER, *map(str, descriptors)])
    for each in descriptors:
        os.close(each)
    socket.send_fds(control, [b'{}\\n'], [os.pidfd_open(pid)])
"""


def forked(stub):
    """Return what starts stubs as a template does: they are no children of this process."""
    command = stub.command
    text = FORKING_TEMPLATE.replace("WORKER", repr(tuple(command[4:])))
    return TemplateStarter((sys.executable, "-S", "-c", text, "-S", "-c", command[3]))


def test_a_fork_that_dies_can_still_be_closed(worker, stub, work):
    """Its handle is closed once only: the number may be another file's by then."""
    starter = forked(stub("os.kill(os.getpid(), signal.SIGKILL)"))
    held = worker(starter)
    held.wait_until_ready()
    with pytest.raises(WorkerDied, match="its process has ended"):
        held.grade(work("ada"))
    other = os.open(os.devnull, os.O_RDONLY)
    held.close()
    os.close(other)
    starter.close()


def test_a_fork_ends_as_any_worker_does(worker, stub, work):
    """By itself when its pipe closes; its end is seen through the handle."""
    starter = forked(stub())
    held = worker(starter)
    held.wait_until_ready()
    assert held.grade(work("ada")) == "ada"
    held.close()
    assert stub.running() == []
    starter.close()
