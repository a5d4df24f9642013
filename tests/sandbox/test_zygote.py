"""The zygote: what the process it forks holds, and that nothing a student starts outlives its student."""

import fcntl
import os
import signal
import stat
import subprocess
import sys

import pytest

from grader.sandbox.confinement import Confinement
from grader.sandbox.limits import Limits
from grader.sandbox.process import Stopped
from grader.sandbox.zygote import broken_layers, children_of_this_process, hold_low_descriptors, place_descriptors

PREPARED = """
import os, signal, time

def deaf():
    for each in set(range(1, 32)) - {9, 17, 19}:
        signal.signal(each, signal.SIG_IGN)

def stay():
    time.sleep(60)
    os._exit(0)

def tell(pipe):
    os.write(pipe, os.getpid().to_bytes(4, "little"))

def told(pipe, count):
    return [int.from_bytes(os.read(pipe, 4), "little") for _ in range(count)]
"""
CHILD = f"""{PREPARED}
def f(count):
    reading, writing = os.pipe()
    for _ in range(count):
        if os.fork() == 0:
            tell(writing)
            stay()
    return told(reading, count)
"""
DAEMONS = f"""{PREPARED}
def f(count):
    reading, writing = os.pipe()
    for _ in range(count):
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                deaf()
                tell(writing)
                stay()
            os._exit(0)
        os.wait()
    return told(reading, count)
"""
TREE = f"""{PREPARED}
def f(count):
    reading, writing = os.pipe()
    if os.fork() == 0:
        for _ in range(count.bit_length() - 1):
            os.fork()
        os.setsid() if os.getpid() != os.getpgrp() else None
        deaf()
        tell(writing)
        stay()
    return told(reading, count)
"""
BEHIND = {"children": CHILD, "daemons that left the session": DAEMONS, "a tree of forks": TREE}


@pytest.fixture
def output_of():
    """Give a function that keeps a student's output readable after its end: it is at its end when nobody holds it."""
    kept = []

    def keep(process):
        kept.append(os.dup(process.pipes.output))
        return kept[-1]

    yield keep
    for descriptor in kept:
        os.close(descriptor)


@pytest.mark.parametrize("source", BEHIND.values(), ids=BEHIND)
def test_nothing_that_a_student_started_outlives_it(start, open_sandbox, running, output_of, source):
    """Children, deaf daemons in sessions of their own and a tree of forks are gone once the student is closed."""
    student = start(source, within=open_sandbox)
    output = output_of(student.process)
    left_behind = student.value(8)
    assert all(map(running, left_behind))
    student.process.close()
    assert not any(map(running, left_behind))
    assert os.read(output, 1) == b""


def test_what_a_student_left_before_it_ended_is_gone_too(start, open_sandbox, running):
    """A student that ends while its daemon lives on is told by its own end, and the daemon is gone with it."""
    student = start(f"{DAEMONS}\ndef g(): os._exit(3)", within=open_sandbox)
    (daemon,) = student.value(1)
    with pytest.raises(Stopped, match="exit code 3"):
        student.call(entry="g")
    assert not running(daemon)


def test_an_end_is_noticed_though_a_child_holds_the_pipes(start, open_sandbox):
    """A student that ends and leaves its pipes to a child is not waited for."""
    source = f"{PREPARED}\ndef f():\n    if os.fork() == 0:\n        stay()\n    os._exit(4)"
    student = start(source, within=open_sandbox)
    with pytest.raises(Stopped, match="exit code 4"):
        student.call()


def test_a_process_that_flees_from_pid_to_pid_is_caught(start, open_sandbox, zygote_of, output_of):
    """A daemon that forks a successor and exits, over and over, is gone once the student is closed."""
    source = f"""{PREPARED}
def f():
    if os.fork() == 0:
        os.setsid()
        stop = time.monotonic() + 10
        while time.monotonic() < stop:
            if os.fork():
                os._exit(0)
        os._exit(0)
"""
    student = start(source, within=open_sandbox)
    output = output_of(student.process)
    zygote = zygote_of(open_sandbox).pid
    student.value()
    student.process.close()
    assert os.read(output, 1) == b""
    start("", within=open_sandbox)
    assert zygote_of(open_sandbox).pid == zygote


def test_one_students_end_leaves_another_and_its_children_alone(start, open_sandbox, running):
    """When one student is cleared away, a second one goes on, with what it has started."""
    one, two = start(CHILD, within=open_sandbox), start(CHILD, within=open_sandbox)
    (first,), (second,) = one.value(1), two.value(1)
    one.process.close()
    assert not running(first)
    assert running(second)
    assert running(two.value(1)[0])


def test_an_end_is_told_with_what_it_cost(start, open_sandbox):
    """The zygote answers an end with the exit code, the CPU time and the peak of memory of the student."""
    student = start("import os\nheld = bytearray(64 << 20)\ndef f(): os._exit(3)", within=open_sandbox)
    answers = []

    def end(pid):
        answers.append(open_sandbox._lines[False]._ask({"do": "end", "pid": pid})[0])
        return answers[0]["code"]

    student.process.end = end
    with pytest.raises(Stopped, match="exit code 3"):
        student.call()
    assert answers[0]["code"] == 3
    assert answers[0]["cpu_seconds"] > 0
    assert answers[0]["peak_kib"] > 64 << 10


HELD = """
import os
def f():
    held = {}
    for number in range(4096):
        try:
            mode = os.fstat(number).st_mode
        except OSError:
            continue
        held[number] = mode, os.get_inheritable(number)
    return held
"""


@pytest.mark.parametrize("others", [0, 3])
def test_a_student_process_holds_its_pipes_and_nothing_else(start, others):
    """Descriptors 0 to 4 are a null device and four pipes, none is inherited further, and there is no other.

    However many other students are alive.
    """
    for _ in range(others):
        start("")
    held = start(HELD).value()
    assert sorted(held) == [0, 1, 2, 3, 4]
    assert stat.S_ISCHR(held[0][0])
    assert all(stat.S_ISFIFO(held[number][0]) for number in (1, 2, 3, 4))
    assert not any(inheritable for _, inheritable in held.values())


def test_another_descriptor_would_be_noticed(start):
    """What the test above lists is what is open: one more is one more."""
    assert sorted(start(f"import os\nos.open(os.devnull, os.O_RDONLY)\n{HELD}").value()) == [0, 1, 2, 3, 4, 5]


def where_pipes_end_up(pipe, numbers):
    """Place four pipes whose ends have `numbers`; return whose bytes come out behind each number of a student."""
    requests, reply = os.pipe(), pipe
    os.write(requests[1], b"r")
    os.dup2(reply, 900)
    made = [os.pipe() for _ in range(3)]
    sources = (requests[0], *(writing for _, writing in made))
    high = [fcntl.fcntl(each, fcntl.F_DUPFD, 500) for each in sources]
    readers = [fcntl.fcntl(reading, fcntl.F_DUPFD, 500) for reading, _ in made]
    os.closerange(0, 500)
    for source, number in zip(high, numbers, strict=True):
        os.dup2(source, number)
    hold_low_descriptors()
    place_descriptors(list(numbers))
    for number in (1, 2, 4):
        os.write(number, b"%d" % number)
    os.dup2(900, pipe)
    return [os.read(reading, 10).decode() for reading in readers], os.read(3, 10).decode(), os.read(0, 10).decode()


NUMBERS = {
    "the targets": (0, 1, 2, 3),
    "the targets in another order": (4, 3, 2, 1),
    "around the targets": (3, 4, 5, 6),
    "just above the targets": (8, 7, 6, 5),
    "around a hundred": (98, 99, 100, 101),
    "around a hundred in another order": (103, 102, 101, 100),
    "far above": (220, 210, 200, 190),
}


@pytest.mark.parametrize("numbers", NUMBERS.values(), ids=NUMBERS)
def test_received_pipes_come_to_their_places_from_any_number(in_child, numbers):
    """Requests, replies and both outputs end up at 3, 4, 1 and 2, wherever the kernel put them when they came."""
    assert in_child(where_pipes_end_up, numbers) == [["4", "1", "2"], "r", ""]


def test_a_student_process_leads_a_session_of_its_own(start):
    """A student process has neither the judge's session nor its process group."""
    student = start("import os\ndef f(): return os.getsid(0), os.getpgrp(), os.getpid()")
    session, group, pid = student.value()
    assert session == group == pid == student.process.pid
    assert os.getsid(0) != session


def test_an_interrupt_at_the_keyboard_does_not_end_the_zygote(start, sandbox, zygote_of):
    """Whoever interrupts the judge interrupts the judge: the zygote goes on until it is closed."""
    start("")
    zygote = zygote_of(sandbox).pid
    os.kill(zygote, signal.SIGINT)
    assert start("def f(): return 7").value() == 7
    assert zygote_of(sandbox).pid == zygote


class LongProof(Confinement):
    """A proof in the middle of which somebody ends the zygote."""

    def prepare(self):
        """Prepare nothing."""

    def prove(self):
        """Be ended, and clear up all the same."""
        signal.raise_signal(signal.SIGTERM)
        os.write(1, b"cleared up")
        return ()


def prove_interrupted(pipe):
    os.dup2(pipe, 1)
    broken_layers(LongProof(Limits()))
    os.write(pipe, b" and went on")


def test_a_zygote_that_is_ended_in_its_proof_clears_up_first(start_child):
    """The end that a judge wishes waits until the proof has removed what it made, and no longer."""
    child = start_child(prove_interrupted)
    assert os.read(child.answer, 100) == b"cleared up"
    assert child.exit_code() == -signal.SIGTERM


def test_the_children_of_a_process_are_found():
    """A child counts as long as it has not been waited for."""
    child = subprocess.Popen([sys.executable, "-S", "-c", "input()"], stdin=subprocess.PIPE)
    assert child.pid in children_of_this_process()
    child.communicate(b"\n")
    assert child.pid not in children_of_this_process()
