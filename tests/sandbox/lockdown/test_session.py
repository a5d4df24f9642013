"""What ties a student process to others."""

import os
import select
import signal

import pytest

from grader.errors import IsolationError
from grader.sandbox.lockdown import kernel, session
from grader.sandbox.lockdown.kernel import Option


def test_a_process_leads_its_own_session(person, in_child):
    """After it, the process is the leader of a session and of a process group."""

    def leave(_pipe):
        person.become()
        session.leave_session()
        session.leave_session()
        return [os.getsid(0) == os.getpid(), os.getpgrp() == os.getpid()]

    assert in_child(leave) == [True, True]


def test_a_process_ends_with_its_parent(person, start_child):
    """The kernel kills the process when the process that forked it ends."""
    watch, held = os.pipe()

    def parent(_pipe):
        person.become()
        ready, told = os.pipe()
        own = os.getpid()
        if os.fork() == 0:
            os.close(_pipe)
            session.die_with_parent(own)
            os.write(told, b"x")
            signal.pause()
        os.read(ready, 1)

    start_child(parent).result()
    os.close(held)
    assert select.select([watch], [], [], 10)[0]
    assert os.read(watch, 1) == b""
    os.close(watch)


def test_a_process_notices_that_its_parent_ended_before(in_child):
    """A parent that ended between the fork and the wish is noticed."""

    def orphan(_pipe):
        with pytest.raises(IsolationError, match=r"the process 4194303 .* has ended; start the run again"):
            session.die_with_parent(4_194_303)

    in_child(orphan)


def test_a_process_is_not_inspected(in_child):
    """Another process of the same ordinary user can't read its memory."""

    def inspect(_pipe):
        if os.geteuid() == 0:
            os.setresuid(47_111, 47_111, 47_111)
            kernel.prctl(Option.PR_SET_DUMPABLE, 1)
        readable = []
        for forbid in (False, True):
            ready, told = os.pipe()
            pid = os.fork()
            if pid == 0:
                if forbid:
                    session.forbid_inspection()
                os.write(told, b"x")
                signal.pause()
            os.read(ready, 1)
            readable.append(os.access(f"/proc/{pid}/mem", os.R_OK) and _opens(f"/proc/{pid}/mem"))
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        return readable

    assert in_child(inspect) == [True, False]


def _opens(path):
    try:
        os.close(os.open(path, os.O_RDONLY))
    except OSError:
        return False
    return True


def test_a_program_brings_no_privileges(person, in_child):
    """After it, the kernel says that no program can bring new privileges."""

    def renounce(_pipe):
        person.become()
        session.renounce_privileges()
        return kernel.prctl(Option.PR_GET_NO_NEW_PRIVS)

    assert in_child(renounce) == 1
