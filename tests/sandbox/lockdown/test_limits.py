"""The resource limits of a student process."""

import mmap
import os
import resource
import signal
import threading
from pathlib import Path

import pytest

from grader.sandbox.lockdown import limits
from grader.sandbox.lockdown.limits import Bounds, impose, resource_limits, tasks_of


def impose_as(person, bounds):
    """Become the person under the limits."""
    wanted = resource_limits(bounds, own_uid=False)
    person.become()
    impose(wanted)


def test_every_kind_is_bounded(bounds):
    """Each kind of resource that a hostile process could use up has a limit, and the stack keeps its own."""
    imposed = {kind: (soft, hard) for kind, soft, hard in resource_limits(bounds, own_uid=True)}
    assert imposed[resource.RLIMIT_AS] == (4 << 30, 4 << 30)
    assert imposed[resource.RLIMIT_CPU] == (20, 21)
    assert imposed[resource.RLIMIT_NOFILE] == (64, 64)
    assert imposed[resource.RLIMIT_NPROC] == (3, 3)
    nothing = ("FSIZE", "CORE", "MEMLOCK", "MSGQUEUE", "NICE", "RTPRIO")
    assert {imposed[getattr(resource, f"RLIMIT_{name}")] for name in nothing} == {(0, 0)}
    assert imposed[resource.RLIMIT_SIGPENDING] == (16, 16)
    assert resource.RLIMIT_STACK not in imposed


def test_no_thread_is_exact_for_everybody():
    """A process that may start no thread gets the limit zero, whoever else runs as its user."""
    for own_uid in (True, False):
        imposed = {kind: soft for kind, soft, _ in resource_limits(Bounds(1 << 30, 1, 8, 0), own_uid=own_uid)}
        assert imposed[resource.RLIMIT_NPROC] == 0


def test_an_ordinary_users_other_threads_are_counted(bounds, monkeypatch):
    """The limit of a shared uid leaves room for what the user already runs."""
    monkeypatch.setattr(limits, "tasks_of", lambda _uid: 100)
    imposed = {kind: soft for kind, soft, _ in resource_limits(bounds, own_uid=False)}
    assert imposed[resource.RLIMIT_NPROC] == 100 + limits.SPARE_TASKS + bounds.threads


def test_no_limit_is_above_what_the_process_has(in_child):
    """A bound above the process's own hard limit becomes that limit instead of failing."""

    def lower(_pipe):
        resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
        return {kind: soft for kind, soft, _ in resource_limits(Bounds(1 << 40, 1, 999, 0), own_uid=False)}

    assert in_child(lower)[str(resource.RLIMIT_NOFILE)] == 32


def test_tasks_are_counted_with_their_threads():
    """A thread more is a task more."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    before = len(list(Path("/proc/self/task").iterdir()))
    thread.start()
    try:
        assert tasks_of(os.getuid()) >= before + 1
        assert limits._task_count(Path("/proc/self"), os.getuid()) == before + 1
    finally:
        done.set()
        thread.join()


def test_a_process_that_ended_counts_nothing(tmp_path):
    """A process that ends while it is counted is no error."""
    assert limits._task_count(tmp_path / "gone", os.getuid()) == 0


def test_another_users_process_counts_nothing(tmp_path):
    """Only the user's own processes are counted."""
    assert limits._task_count(tmp_path, os.getuid() + 1) == 0


def test_memory_is_bounded(person, in_child):
    """A process can't map more than its bound."""

    def exceed(_pipe):
        impose_as(person, Bounds(1 << 30, 10, 64, 0))
        with pytest.raises(OSError, match="Cannot allocate memory"):
            mmap.mmap(-1, 1 << 30)

    in_child(exceed)


def test_cpu_time_is_bounded(person, start_child):
    """A process that computes on is ended by the kernel."""

    def compute(_pipe):
        impose_as(person, Bounds(4 << 30, 1, 64, 0))
        while True:
            pass

    assert start_child(compute).exit_code() == -signal.SIGXCPU


def test_cpu_time_is_bounded_for_one_that_ignores_the_signal(start_child):
    """A process that ignores the warning is killed a second later."""

    def compute(_pipe):
        impose(resource_limits(Bounds(4 << 30, 1, 64, 0), own_uid=False))
        signal.signal(signal.SIGXCPU, signal.SIG_IGN)
        while True:
            pass

    assert start_child(compute).exit_code() == -signal.SIGKILL


def test_open_files_are_bounded(person, in_child):
    """A process can't open more descriptors than its bound."""

    def exceed(pipe):
        impose_as(person, Bounds(4 << 30, 10, 64, 0))
        with pytest.raises(OSError, match="Too many open files"):
            [os.dup(pipe) for _ in range(65)]

    in_child(exceed)


def test_threads_are_bounded(in_child):
    """An ordinary user's process that may start no thread starts none."""

    def exceed(_pipe):
        if os.geteuid() == 0:
            os.setresuid(47_111, 47_111, 47_111)
        impose(resource_limits(Bounds(4 << 30, 10, 64, 0), own_uid=False))
        with pytest.raises(RuntimeError, match="can't start new thread"):
            threading.Thread(target=print).start()

    in_child(exceed)


def test_no_file_grows(person, in_child, tmp_path):
    """A process can't make a file grow, even one that it holds open."""
    file = os.open(tmp_path / "file", os.O_RDWR | os.O_CREAT)

    def grow(_pipe):
        impose_as(person, Bounds(4 << 30, 10, 64, 0))
        with pytest.raises(OSError, match="File too large"):
            os.write(file, b"x")

    in_child(grow)
    os.close(file)


def test_a_limit_is_never_raised_again(in_child):
    """An ordinary user's process can't lift what was imposed."""

    def lift(_pipe):
        if os.geteuid() == 0:
            os.setresuid(47_111, 47_111, 47_111)
        impose(resource_limits(Bounds(4 << 30, 10, 64, 0), own_uid=False))
        with pytest.raises(ValueError, match="not allowed to raise"):
            resource.setrlimit(resource.RLIMIT_FSIZE, (1, 1))

    in_child(lift)
