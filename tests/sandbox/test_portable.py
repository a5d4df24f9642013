"""Process isolation where there is no Linux, tried on Linux with its own calls taken away."""

import json
import os
import runpy
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from grader.errors import IsolationError
from grader.sandbox import process as process_module
from grader.sandbox import zygotes as zygotes_module
from grader.sandbox.isolation import Isolation
from grader.sandbox.limits import Limits
from grader.sandbox.process import Lost, Stopped
from grader.sandbox.sandbox import Sandbox

BARE_SYSTEM = Path(__file__).with_name("bare_system.py")


def open_without_proc(path, *_how, **_more):
    """Be `open` on a system without /proc."""
    raise FileNotFoundError(path)


@pytest.fixture(scope="module", autouse=True)
def bare():
    """Let the judge, too, find itself on a system that lacks what Linux has."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(zygotes_module, "start_zygote", runpy.run_path(str(BARE_SYSTEM))["start_zygote"])
        patch.setattr(process_module, "open", open_without_proc, raising=False)
        patch.setattr(sys, "platform", "darwin")
        yield


@pytest.fixture(scope="module")
def portable():
    """Yield a warm sandbox of the level `process` on such a system."""
    with Sandbox(Limits(call_wall_seconds=8.0), isolation=Isolation.PROCESS) as warm:
        yield warm


@pytest.fixture
def begin(start, portable):
    """Give a function that starts a student process there."""
    return lambda source, **limits: start(source, within=portable, **limits)


LOOK = """
import ctypes, os, signal, socket, sys
def refused(attempt):
    try:
        attempt()
    except (OSError, AttributeError):
        return True
    return False
def f():
    return sys.platform, [refused(attempt) for attempt in (
        lambda: os.pidfd_open(os.getpid()),
        lambda: signal.pidfd_send_signal(0, 0),
        lambda: ctypes.CDLL(None).prctl,
        lambda: ctypes.CDLL(None).syscall,
        lambda: open("/proc/self/stat"),
        lambda: os.listdir("/proc"),
        lambda: socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET),
    )], refused(lambda: open("/dev/null"))
"""


def test_the_system_lacks_what_it_should(begin):
    """The zygote and its students have none of Linux's own calls, and the student has no handle of its own."""
    student = begin(LOOK)
    assert student.value() == ("darwin", [True] * 7, False)
    assert student.process.handle is None


def test_a_student_is_called_there(begin):
    """Values, exceptions and arguments come back as on Linux."""
    student = begin("def f(x):\n    x.add_(1)\n    return x * 2\ndef g(): return 1 / 0")
    seen = student.call(torch.ones(2))
    assert seen.value.tensor().tolist() == [4.0, 4.0]
    assert seen.arguments[0].tensor().tolist() == [2.0, 2.0]
    assert student.call(entry="g").raised.type == "ZeroDivisionError"


ENDS = {
    "a long sleep": ("import time\ndef f(): time.sleep(600)", {"call_wall_seconds": 0.2}, ("wall", "wall")),
    "an endless loop": ("def f():\n    while True: pass", {"call_wall_seconds": 0.2}, ("wall", "wall")),
    "the end of its CPU time": (
        "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 2))\ndef f():\n    while True: pass",
        {},
        ("cpu", "cpu"),
    ),
    "endless prints": (
        "def f():\n    while True: print('x' * 1000)",
        {"output_kib": 32},
        ("output", "more than 32 KiB printed"),
    ),
    "a message too large": (
        "import os, time\ndef f():\n    os.write(4, b'\\xff' * 12)\n    time.sleep(600)",
        {},
        ("message", "a message is larger than the limit"),
    ),
    "an exit past Python": ("import os\ndef f(): os._exit(3)", {}, (None, "exit code 3")),
    "a crash": ("import ctypes\ndef f(): ctypes.string_at(0)", {}, (None, f"{signal.strsignal(11)}, signal 11")),
    "an end with a child that holds its pipes": (
        "import os, time\ndef f():\n    os.fork() or time.sleep(600)\n    os._exit(0)",
        {"call_wall_seconds": 0.5},
        ("wall", "wall"),
    ),
}


@pytest.mark.parametrize(("source", "limits", "ending"), ENDS.values(), ids=ENDS)
def test_a_process_that_goes_wrong_is_ended_there_too(begin, running, source, limits, ending):
    """Each way to go wrong is told by its limit or its end, and leaves no process."""
    student = begin(source, **limits)
    with pytest.raises(Stopped) as caught:
        student.call()
    assert (caught.value.limit, caught.value.detail) == ending
    assert not running(student.process.pid)


HELD = """
import os, resource
def f():
    held = []
    for number in range(4096):
        try:
            os.fstat(number)
        except OSError:
            continue
        held.append(number)
    limits = [resource.getrlimit(kind) for kind in (resource.RLIMIT_CPU, resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE)]
    return held, limits, os.getsid(0) == os.getpgrp() == os.getpid(), sorted(os.environ)
"""


def test_a_student_holds_its_pipes_and_has_its_limits(begin, monkeypatch):
    """It leads a session of its own, with five descriptors, bounded CPU time and files, and no environment of ours."""
    monkeypatch.setenv("COURSE_SECRET", "s3cret")
    held, limits, leads, environment = begin(HELD).value()
    assert held == [0, 1, 2, 3, 4]
    assert limits == [(22, 22), (64, 64), (0, 0)]
    assert leads
    assert "COURSE_SECRET" not in environment


CHILDREN = """
import os, time
def f(count):
    children = []
    for _ in range(count):
        children.append(os.fork())
        if not children[-1]:
            time.sleep(60)
            os._exit(0)
    return children
"""


def test_what_stays_in_its_group_ends_with_a_student(begin, running, ends):
    """The children that a student started are gone once it is closed, and those of another live on."""
    one, two = begin(CHILDREN), begin(CHILDREN)
    handles, second = [os.pidfd_open(pid) for pid in one.value(3)], two.value(1)
    one.process.close()
    assert not running(one.process.pid)
    assert all(map(ends, handles))
    assert all(map(running, second))
    for handle in handles:
        os.close(handle)


SPIN = """
import threading
def spin():
    while True: pass
threading.Thread(target=spin).start()
"""


def test_a_closed_sandbox_leaves_nothing_behind_there(start, running, ends, capfd, open_descriptors):
    """Closing ends the zygote, its students, busy ones too, and their children, and gives every descriptor back."""
    before = open_descriptors()
    with Sandbox(Limits(), isolation=Isolation.PROCESS) as sandbox:
        zygote = sandbox._own._running[False]._process.pid
        busy = start(SPIN, within=sandbox)
        parent = start(CHILDREN, within=sandbox)
        child = os.pidfd_open(parent.value(1)[0])
    assert not any(map(running, (zygote, busy.process.pid)))
    assert ends(child)
    os.close(child)
    assert capfd.readouterr() == ("", "")
    for student in (busy, parent):
        with pytest.raises(Lost, match="the zygote ended"):
            student.process.close()
    assert open_descriptors() == before


def test_the_sandbox_is_refused_there_by_its_layers():
    """Every layer is named once, with the system as the reason and the weaker choice as the remedy."""
    told = (
        r"\(session, descriptors, limits, identity, parent, inspection, privileges, landlock, seccomp: "
        r"it needs Linux and this is darwin; .*\); run `grader doctor`, or choose the weaker --isolation=process"
    )
    with pytest.raises(IsolationError, match=told), Sandbox(Limits()):
        pytest.fail("the sandbox must not open")


WEAKER = ("--isolation", "process")


@pytest.fixture
def grader_there(tmp_path):
    """Give a function that runs `grader` on such a system, in an empty folder."""

    def run(*arguments):
        command = [sys.executable, str(BARE_SYSTEM), "grader.cli.app", *map(str, arguments)]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)

    return run


def test_a_submission_is_judged_there_and_its_report_names_the_isolation(root, grader_there, tmp_path):
    """`grader check --isolation=process` tells right from wrong, and says in the report that it was the weaker way."""
    shutil.copy(root / "solutions" / "weights" / "weighted_grad" / "weighted_grad.py", tmp_path)
    wrong = root / "solutions" / "sums" / "sum_backward" / "wrong" / "m14_mean_for_sum.py"
    shutil.copy(wrong, tmp_path / "sum_backward.py")
    names = ("weighted_grad", "sum_backward")
    ended = grader_there("check", *names, f"--course={root}", f"--path={tmp_path}", *WEAKER, "--json")
    report = json.loads(ended.stdout)
    verdicts = {each["slug"]: each["verdict"] for each in report["exercises"]}
    assert (report["isolation"], verdicts) == ("process", dict(zip(names, ("passed", "failed"), strict=True)))


def test_the_command_line_refuses_the_sandbox_there(root, grader_there):
    """Without the weaker choice `grader check` grades nothing: exit code 3, and one sentence with the remedy."""
    ended = grader_there("check", "weighted_grad", "--course", root)
    assert (ended.returncode, ended.stdout) == (3, "")
    assert "seccomp: it needs Linux and this is darwin" in ended.stderr
    assert "--isolation=process" in ended.stderr


def test_the_doctor_tells_the_level_there(grader_there):
    """`grader doctor` finds no layer and promises the weaker level alone."""
    ended = grader_there("doctor", "--json")
    found = json.loads(ended.stdout)
    assert (ended.returncode, found["holds"]) == (1, False)
    assert not any(layer["holds"] for layer in found["layers"])
    assert found["level"].startswith("L3")


def test_a_notebook_runs_there_too(start, portable):
    """A notebook's cells run one by one, within their time, and what they put out is kept."""
    cells = ("print('a')", "1 / 0", "while True: pass", "def f(): return 7")
    student = start(*cells, within=portable, notebook=True)
    assert [(each.type, each.cell) for each in student.loaded.raised] == [("ZeroDivisionError", 2), ("CellTimeout", 3)]
    assert student.loaded.outputs[0][0].text == "a\n"
    assert student.value() == 7
