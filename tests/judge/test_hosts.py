"""The processes of a submission: exercises that forbid the same share one, and each keeps limits of its own."""

import dataclasses

import pytest

from grader.judge.findings import StudentStopped
from grader.judge.hosts import Hosts
from grader.judge.run import Run

EXERCISES = 48
TOTAL = 0.2
"""The CPU seconds of one exercise; what each takes is just below."""
BURN = """
import time

def answer(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return seconds
"""


@pytest.fixture(scope="module")
def hosts(sandbox, new_program):
    """Return what shares processes among as many programs as asked for, and these programs."""

    def make(count):
        limits = dataclasses.replace(sandbox.limits, call_cpu_seconds=TOTAL, total_cpu_seconds=TOTAL)
        source = Limited(sandbox, limits)
        programs = [dataclasses.replace(new_program(BURN), name=f"exercise_{number}.py") for number in range(count)]
        return source, Hosts(source, programs), programs

    return make


class Limited:
    """A sandbox's processes under other limits of the judge."""

    def __init__(self, sandbox, limits):
        self.sandbox, self.limits, self.started = sandbox, limits, 0

    def start(self, **options):
        """Start a student process."""
        self.started += 1
        process = self.sandbox.start(**options)
        process.limits = self.limits
        return process


def test_many_exercises_just_below_their_limits_all_pass(hosts, called_on):
    """All 48 share one process; what one takes is not counted against the next."""
    source, shared, programs = hosts(EXERCISES)
    for each in programs:
        assert called_on(Run(each, shared), TOTAL * 0.6) == TOTAL * 0.6
    assert source.started == 1


def test_what_the_others_left_over_is_no_ones_to_spend(hosts, called_on):
    """An exercise that takes more than its own is stopped, though the process as a whole has time left."""
    _, shared, programs = hosts(3)
    assert called_on(Run(programs[0], shared), 0.0) == 0.0
    with pytest.raises(StudentStopped) as stopped:
        called_on(Run(programs[1], shared), TOTAL * 2)
    assert stopped.value.limit == "cpu"
    assert called_on(Run(programs[2], shared), 0.0) == 0.0
