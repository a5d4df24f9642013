"""The judge's door to student processes: a zygote that dies is replaced, and a closed door leaves nothing behind."""

import contextlib
import os
import signal
import subprocess
import sys
import sysconfig
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from grader.errors import InternalError, IsolationError
from grader.protocol.messages import Call, Load
from grader.sandbox import zygotes as zygotes_module
from grader.sandbox.limits import Limits
from grader.sandbox.process import Lost
from grader.sandbox.sandbox import Sandbox

SLEEP = "import time\ndef f(): time.sleep(600)"
SPIN = "import threading\ndef spin():\n    while True: pass\nthreading.Thread(target=spin).start()"
CHILD = "import os, time\ndef f():\n    if pid := os.fork():\n        return pid\n    time.sleep(60)\n    os._exit(0)"
ANSWER = "def f(): return 7"
LAYERS = frozenset({"limits", "identity", "parent", "inspection", "privileges", "landlock", "seccomp"})
"""What would end the students of a zygote that is gone, or keep them from starting anything."""
SAYS_READY = """
import socket, sys
control = socket.socket(fileno=int(sys.argv[1]))
control.send(b'{"broken": []}\\n')
"""
TAKES_A_JUDGE = f"""{SAYS_READY}
(descriptor,) = socket.recv_fds(control, 100, 1)[1]
judge = socket.socket(fileno=descriptor)
"""


def load(process, source):
    process.ask(Load("work.py", (source,), notebook=False, entries=("f",)))
    return process


def answer(process):
    return process.ask(Call("f", ())).observations[0].value


@pytest.fixture(scope="module")
def after_a_death(zygote_of):
    """Yield a sandbox whose first zygote was killed while a student slept, and a student started after that."""
    with Sandbox(Limits(call_cpu_seconds=2.0)) as sandbox:
        orphan = load(sandbox.start(), SLEEP)
        dead = zygote_of(sandbox)
        handle = os.pidfd_open(orphan.pid)
        os.kill(dead.pid, signal.SIGKILL)
        dead.wait()
        heir = load(sandbox.start(), ANSWER)
        zygote = zygote_of(sandbox).pid
        yield SimpleNamespace(sandbox=sandbox, dead=dead.pid, zygote=zygote, orphan=orphan, handle=handle, heir=heir)
        with contextlib.suppress(Lost):
            orphan.close()
        heir.close()
        os.close(handle)


def test_a_killed_zygote_is_replaced(after_a_death):
    """When the zygote was killed from outside, the next student process comes from a new one."""
    assert answer(after_a_death.heir) == 7
    assert after_a_death.zygote != after_a_death.dead


def test_the_students_of_a_killed_zygote_end(after_a_death, ends):
    """A student does not outlive the zygote that would have ended it."""
    assert ends(after_a_death.handle)


def test_a_student_of_a_killed_zygote_is_lost(after_a_death):
    """Asking a student whose zygote was killed gives `Lost`: it is no fault of the student's code."""
    with pytest.raises(Lost, match="the zygote ended"):
        after_a_death.orphan.ask(Call("f", ()))
    assert after_a_death.orphan.ended


def test_closing_an_old_student_leaves_the_new_zygote_alone(after_a_death, running, zygote_of):
    """The end of a student of the killed zygote costs no student of the new one its process."""
    with contextlib.suppress(Lost):
        after_a_death.orphan.close()
    assert running(after_a_death.zygote)
    assert zygote_of(after_a_death.sandbox).pid == after_a_death.zygote
    assert answer(after_a_death.heir) == 7


@pytest.mark.cold
def test_a_closed_sandbox_leaves_nothing_behind(monkeypatch, running, zygote_of, capfd, open_descriptors):
    """Closing ends the zygote, its students, busy ones too, and what they started, without help of the lock-down.

    It gives every descriptor back and is quiet; a student that is ended later is `Lost`, once, and closing once more
    does nothing. The students never saw the judge's environment.
    """
    monkeypatch.setenv("COURSE_SECRET", "s3cret")
    before = open_descriptors()
    with Sandbox(Limits(), without=LAYERS) as sandbox:
        zygote = zygote_of(sandbox).pid
        look = load(sandbox.start(), "import os\ndef f(): return sorted(os.environ)")
        busy = load(sandbox.start(), SPIN)
        parent = load(sandbox.start(), CHILD)
        child = answer(parent)
        assert "COURSE_SECRET" not in answer(look)
        assert all(map(running, (busy.pid, child)))
    assert not any(map(running, (zygote, look.pid, busy.pid, parent.pid, child)))
    for student in (look, busy, parent):
        with pytest.raises(Lost, match="the zygote ended"):
            student.close()
        assert student.close() == 0
    sandbox.close()
    assert open_descriptors() == before
    assert capfd.readouterr() == ("", "")


@pytest.mark.cold
def test_a_sandbox_that_nobody_used_closes_quietly(capfd, running, zygote_of):
    """A sandbox closed before its zygote was warm ends it at once and writes nothing to the terminal."""
    with Sandbox(Limits()) as sandbox:
        zygote = zygote_of(sandbox)
    assert not running(zygote.pid)
    assert zygote.returncode == -signal.SIGTERM
    assert capfd.readouterr() == ("", "")


def test_a_sandbox_outlives_the_thread_that_started_it(zygote_of):
    """A sandbox started on a thread that has ended grades as any other, with the zygote it began with."""
    sandbox = Sandbox(Limits())
    thread = threading.Thread(target=lambda: sandbox.__enter__().wait_until_ready())
    thread.start()
    thread.join()
    with contextlib.closing(sandbox):
        zygote = zygote_of(sandbox)
        assert answer(load(sandbox.start(), ANSWER)) == 7
        assert zygote_of(sandbox) is zygote
        assert zygote.poll() is None


KILLED_JUDGE = """
from grader.sandbox.limits import Limits
from grader.sandbox.sandbox import Sandbox

with Sandbox(Limits(), without=frozenset({"parent"})) as sandbox:
    student = sandbox.start()
    print(sandbox._own._running[False]._process.pid, student.pid, flush=True)
    input()
"""


def test_nothing_outlives_a_killed_judge(ends):
    """When the judge is killed, its zygote and its students end, though nothing told them to."""
    judge = subprocess.Popen([sys.executable, "-c", KILLED_JUDGE], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with judge:
        handles = [os.pidfd_open(int(pid)) for pid in judge.stdout.readline().split()]
        judge.kill()
    assert len(handles) == 2
    assert all(map(ends, handles))
    for handle in handles:
        os.close(handle)


@pytest.fixture
def pretend(monkeypatch):
    """Give a function that lets sandboxes start another program in the place of the zygote."""

    def replace(program):
        started = []

        def start_zygote(control, *_, **_flavour):
            command = [sys.executable, "-S", "-c", program, str(control.fileno())]
            started.append(subprocess.Popen(command, pass_fds=(control.fileno(),)))
            return started[-1]

        monkeypatch.setattr(zygotes_module, "start_zygote", start_zygote)
        return started

    return replace


def test_a_zygote_that_does_not_start_is_our_failure(pretend, open_descriptors):
    """When the zygote ends before it is ready the run stops with a word on what to do, and charges no student."""
    started = pretend("")
    before = open_descriptors()
    with (
        Sandbox(Limits()) as sandbox,
        pytest.raises(InternalError, match="the zygote did not start; run `grader doctor`"),
    ):
        sandbox.start()
    assert [each.returncode for each in started] == [0]
    assert open_descriptors() == before


def test_a_zygote_that_dies_at_every_request_is_our_failure(pretend, open_descriptors):
    """A student process is tried for twice, each time from a fresh zygote; then the run stops and says why."""
    started = pretend(f"{TAKES_A_JUDGE}judge.recv(100)")
    before = open_descriptors()
    with (
        Sandbox(Limits()) as sandbox,
        pytest.raises(InternalError, match="no student process could be started: the zygote is gone"),
    ):
        sandbox.start()
    assert len(started) == 2
    assert open_descriptors() == before


def test_a_zygote_that_will_not_end_is_killed(pretend, monkeypatch):
    """A zygote that does not end when it is closed is waited for a while and then killed."""
    monkeypatch.setattr(zygotes_module, "END_SECONDS", 0.1)
    started = pretend(f"{SAYS_READY}import signal\nsignal.pause()")
    with Sandbox(Limits()) as sandbox:
        sandbox.wait_until_ready()
    assert [each.returncode for each in started] == [-signal.SIGKILL]


def test_a_zygote_that_proves_a_layer_broken_is_refused(pretend):
    """When a locked-down child could do what it must not, no student process starts; layer and remedy are told."""
    proof = SAYS_READY.replace("[]", '["seccomp: fork (it worked)"]')
    started = pretend(f"{proof}control.recv(100)")
    told = r"does not hold here \(seccomp: fork \(it worked\)\); run `grader doctor`, or choose .*--isolation=process"
    with Sandbox(Limits()) as sandbox, pytest.raises(IsolationError, match=told):
        sandbox.start()
    assert all(each.returncode is not None for each in started)


def test_a_machine_that_lacks_a_layer_is_refused(monkeypatch, pretend):
    """Where a promised layer can't be had nothing is started, unless that layer was left out by name."""
    started = pretend("")
    monkeypatch.setattr("grader.sandbox.zygotes.missing_layers", lambda: {"landlock": "the kernel is too old"})
    told = r"can't isolate student code \(landlock: the kernel is too old\); run `grader doctor`"
    with pytest.raises(IsolationError, match=told):
        Sandbox(Limits()).__enter__()
    assert started == []
    with Sandbox(Limits(), without=frozenset({"landlock"})):
        assert len(started) == 1


def test_secrets_where_students_may_read_are_refused(pretend, tmp_path):
    """A course that lies inside what every student process may read is refused before anything starts."""
    started = pretend("")
    libraries = Path(sysconfig.get_paths()["purelib"])
    with pytest.raises(IsolationError, match=r"which they must not; move the course or the interpreter"):
        Sandbox(Limits(), secret=(tmp_path, libraries / "course")).__enter__()
    assert started == []
    with Sandbox(Limits(), secret=(tmp_path,)):
        assert len(started) == 1
