"""What runs in a worker: it says that it is ready, answers each piece of work, and ends with its pipe."""

import mmap
import os
import socket
import threading
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import Pipe
from types import SimpleNamespace

import pytest

from grader.errors import ContentError, InternalError, IsolationError
from grader.grading import serve as module
from grader.grading.serve import RemoteDoor, answer, serve
from grader.grading.work import READY, Work
from grader.judge.own_time import RECORD, read_spending
from grader.sandbox.control import connect, hear, say


@pytest.fixture
def pipe():
    """Yield the coordinator's and the worker's end of a pipe."""
    ours, theirs = Pipe()
    yield SimpleNamespace(ours=ours, theirs=theirs)
    ours.close()
    theirs.close()


@pytest.fixture
def door():
    """Yield the way to the coordinator's zygotes, and the coordinator's end of it."""
    ours, theirs = connect()
    with ours, theirs:
        yield SimpleNamespace(ours=ours, remote=RemoteDoor(theirs))


def grading(grade):
    """Return a judge that grades as a function does."""
    return SimpleNamespace(grade=grade)


def test_work_is_answered_until_the_other_side_closes(pipe, nobody):
    """Each submission with the checks that are given up, and the exercises that are asked for."""
    for work in (Work(nobody("ada"), only=("sums",)), Work(nobody("bob"), (("sums", "squares"),))):
        pipe.ours.send(work)
    judge = grading(lambda submission, too_slow, only: (submission.student, too_slow, only))
    answers = []

    def coordinate():
        answers.extend(pipe.ours.recv() for _ in range(2))
        pipe.ours.close()

    thread = threading.Thread(target=coordinate)
    thread.start()
    with pytest.raises(EOFError):
        answer(pipe.theirs, judge)
    thread.join(60)
    assert answers == [("<ada>", (), ("sums",)), ("<bob>", (("sums", "squares"),), ())]


@pytest.fixture
def served(pipe, monkeypatch):
    """Return what runs a worker in this thread, with what the coordinator has said already; gives its page."""
    monkeypatch.setattr(module.signal, "signal", lambda *_: None)
    monkeypatch.setattr(module.gc, "freeze", lambda: None)
    file = os.memfd_create("own-time")
    os.ftruncate(file, RECORD.size)

    def run(*said):
        for each in said:
            pipe.ours.send(each)
        ours, theirs = socket.socketpair()
        with ours:
            serve(os.dup(pipe.theirs.fileno()), theirs.detach(), file)
        return mmap.mmap(file, RECORD.size)

    yield run
    os.close(file)


def test_a_broken_course_is_told_to_the_coordinator(pipe, served, options, tmp_path):
    """It crosses the pipe as what it is, instead of becoming a traceback on the terminal."""
    (tmp_path / "config.yaml").write_text("version: 1\n", encoding="utf-8")
    served(replace(options, root=tmp_path))
    problem = pipe.ours.recv()
    assert type(problem) is ContentError
    assert "config.yaml:1: title is missing" in str(problem)


def test_a_layer_that_does_not_hold_is_told_to_the_coordinator(pipe, served, options, monkeypatch):
    """A machine that can't keep the promise of isolation grades nobody."""

    @contextmanager
    def refuse(*_, **__):
        raise IsolationError("the isolation of student code does not hold here")
        yield

    monkeypatch.setattr(module, "open_judge", refuse)
    served(options)
    problem = pipe.ours.recv()
    assert (type(problem), "does not hold here" in str(problem)) == (IsolationError, True)


def test_a_worker_is_ready_before_it_grades(pipe, served, options, nobody, monkeypatch):
    """Its own time is written where the coordinator reads it."""
    clocks = []

    @contextmanager
    def opened(assignment, *, door, own_time):
        assert (assignment.options, type(door)) == (options, RemoteDoor)
        clocks.append(own_time)

        def grade(_submission, *, too_slow, only):
            own_time.begin("sums", "squares")
            pipe.theirs.close()
            raise EOFError(too_slow, only)

        yield grading(grade)

    monkeypatch.setattr(module, "open_judge", opened)
    page = served(options, Work(nobody("ada")))
    assert pipe.ours.recv() == READY
    spending = read_spending(page)
    assert (spending.slug, spending.check) == ("sums", "squares")


def test_a_coordinator_that_is_gone_is_no_error(pipe, served, options):
    """There is nobody to tell: neither before the worker is ready nor afterwards."""
    pipe.ours.close()
    served()
    assert options


@pytest.mark.parametrize("notebooks", [True, False])
def test_the_door_leads_to_the_coordinators_zygotes(door, notebooks):
    """Each conversation is a new one, with the flavour that is asked for."""
    asked = []

    def coordinate():
        asked.append(hear(door.ours)[0])
        ours, theirs = socket.socketpair()
        with ours, theirs:
            ours.sendall(b"hello")
            say(door.ours, {"connected": True}, [theirs.fileno()])

    thread = threading.Thread(target=coordinate)
    thread.start()
    with door.remote.connect(notebooks=notebooks) as line:
        assert line.recv(5) == b"hello"
    thread.join(60)
    assert asked == [{"notebooks": notebooks}]


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ({"problem": "no layer", "isolation": True}, IsolationError),
        ({"problem": "no layer", "isolation": False}, InternalError),
    ],
)
def test_what_the_coordinator_met_is_raised(door, told, kind):
    """As what it is: without isolation nobody is graded."""
    say(door.ours, told)
    with pytest.raises(kind, match="no layer") as caught:
        door.remote.connect(notebooks=False)
    assert caught.type is kind


def test_a_coordinator_that_is_gone_gives_no_zygote(door):
    """The door says so instead of waiting."""
    say(door.ours, {"connected": True})
    door.ours.shutdown(socket.SHUT_WR)
    with pytest.raises(InternalError, match="the coordinator is gone"):
        door.remote.connect(notebooks=False)
