"""Zygotes that several judges share: each judge ends its own students alone, and what has died is replaced once."""

import contextlib
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from grader.errors import InternalError
from grader.protocol.messages import Call, Load
from grader.sandbox import zygotes as zygotes_module
from grader.sandbox.confinement import Confinement
from grader.sandbox.limits import Limits
from grader.sandbox.process import Lost
from grader.sandbox.sandbox import Sandbox
from grader.sandbox.zygotes import Zygotes

LIMITS = Limits()
HELD_BY_NOTHING = frozenset({"limits", "identity", "parent", "inspection", "privileges", "landlock", "seccomp"})
"""What would end a student whose judge or zygote is gone, or keep it from starting anything."""
PARENT = "import os\ndef f(): return os.getppid()"
CHILD = "import os, time\ndef f():\n    if pid := os.fork():\n        return pid\n    time.sleep(60)\n    os._exit(0)"


def load(sandbox, source):
    process = sandbox.start()
    process.ask(Load("work.py", (source,), notebook=False, entries=("f",)))
    return process


def answer(process):
    return process.ask(Call("f", ())).observations[0].value


@pytest.fixture
def launches(monkeypatch):
    """Return the list of the zygotes that are started from here on."""
    started = []
    start_zygote = zygotes_module.start_zygote

    def start(*given, **named):
        started.append(start_zygote(*given, **named))
        return started[-1]

    monkeypatch.setattr(zygotes_module, "start_zygote", start)
    return started


@pytest.fixture(scope="module")
def door():
    """Yield zygotes that several sandboxes share, whose students nothing but the zygote ends."""
    with Zygotes(Confinement(LIMITS, HELD_BY_NOTHING)) as zygotes:
        yield zygotes


@pytest.fixture
def judges(door):
    """Yield two sandboxes behind one door."""
    with Sandbox(LIMITS, door=door) as one, Sandbox(LIMITS, door=door) as two:
        yield one, two


def quiet_close(process):
    with contextlib.suppress(Lost):
        process.close()


def test_one_zygote_serves_two_judges(judges, door, launches):
    """Two sandboxes behind one door get their students from one zygote, and none starts another."""
    one, two = (load(each, PARENT) for each in judges)
    assert answer(one) == answer(two) == door._running[False]._process.pid
    assert launches == []
    for process in (one, two):
        assert process.close() == -signal.SIGKILL


@pytest.mark.parametrize(
    "die", [Sandbox.close, lambda sandbox: sandbox._lines[False].control.close()], ids=["closed", "cut off"]
)
def test_the_death_of_a_judge_ends_its_own_students_alone(judges, running, ends, die):
    """When a judge's socket is closed its students end, with what they started; those of another judge go on."""
    one, two = judges
    mine, theirs = load(one, CHILD), load(two, CHILD)
    handles = [os.pidfd_open(pid) for pid in (mine.pid, answer(mine))]
    child = answer(theirs)
    die(one)
    assert all(map(ends, handles))
    assert running(child)
    assert running(answer(theirs))
    quiet_close(mine)
    theirs.close()
    for handle in handles:
        os.close(handle)


def test_a_killed_zygote_is_replaced_once_for_all(judges, door, launches):
    """After the death of their zygote the students of all judges are `Lost`, and one new zygote serves every judge."""
    students = [load(each, PARENT) for each in judges]
    dead = door._running[False]._process
    assert {answer(each) for each in students} == {dead.pid}
    dead.kill()
    dead.wait()
    for student in students:
        with pytest.raises(Lost, match="the zygote ended"):
            student.close()
        assert student.ended
    with ThreadPoolExecutor(2) as threads:
        heirs = list(threads.map(lambda judge: load(judge, PARENT), judges))
    assert [each.pid for each in launches] == [door._running[False]._process.pid]
    assert {answer(each) for each in heirs} == {launches[0].pid}
    for heir in heirs:
        heir.close()


def test_a_death_while_a_reply_is_awaited_is_lost(door):
    """A student that ends because its zygote was killed is `Lost` in the middle of a call, and never `Stopped`."""
    with Zygotes(Confinement(LIMITS)) as own, Sandbox(LIMITS, door=own) as judge:
        source = "import os, time\ndef f():\n    print('on', flush=True)\n    time.sleep(600)"
        student = load(judge, source)
        zygote = own._running[False]._process
        keep = student.keep_output

        def kill_once(data):
            keep(data)
            zygote.kill()

        student.keep_output = kill_once
        with pytest.raises(Lost, match="the zygote ended"):
            student.ask(Call("f", ()))
        assert bytes(student.printed) == b"on\n"
    assert door._running[False]._process.poll() is None


def test_each_flavour_is_started_when_it_is_asked_for(launches):
    """Files and notebooks have a zygote each, or one with IPython for both; a second conversation starts nothing."""
    confinement = Confinement(LIMITS)
    with Zygotes(confinement) as both:
        for notebooks in (False, True, False, True):
            both.connect(notebooks=notebooks).close()
        assert len(launches) == 2
    with Zygotes(confinement, notebooks_only=True) as single:
        for notebooks in (False, True):
            single.connect(notebooks=notebooks).close()
        assert len(launches) == 3
    assert all(each.returncode is not None for each in launches)


def test_a_sandbox_behind_a_door_leaves_the_zygotes_to_their_owner(door):
    """Opening and closing a sandbox that has no zygotes of its own starts and ends none."""
    zygote = door._running[False]._process
    with Sandbox(LIMITS, door=door) as judge:
        load(judge, PARENT).close()
    assert door._running[False]._process is zygote
    assert zygote.poll() is None


def test_a_door_behind_which_nothing_starts_is_our_failure(monkeypatch, open_descriptors):
    """A zygote that is gone as soon as it is ready is tried for twice; then the run stops and says so."""
    program = "import socket, sys\nsocket.socket(fileno=int(sys.argv[1])).send(b'{\"broken\": []}\\n')"
    started = []

    def start_zygote(control, *_given, **_flavour):
        command = [sys.executable, "-S", "-c", program, str(control.fileno())]
        started.append(subprocess.Popen(command, pass_fds=(control.fileno(),)))
        started[-1].wait()
        return started[-1]

    monkeypatch.setattr(zygotes_module, "start_zygote", start_zygote)
    before = open_descriptors()
    with (
        contextlib.closing(Zygotes(Confinement(LIMITS))) as zygotes,
        pytest.raises(InternalError, match="no zygote could be started"),
    ):
        zygotes.connect(notebooks=False)
    assert len(started) == 2
    assert open_descriptors() == before
