"""The judge's own time: counted for each check, between a reply and the next request, and read from outside."""

import mmap

import pytest

from grader.judge import own_time as module
from grader.judge.own_time import RECORD, OwnTime, read_spending


class Clock:
    """A clock that a test sets."""

    now = 100.0

    def monotonic(self):
        """Return the time."""
        return self.now


@pytest.fixture
def clock(monkeypatch):
    """Return the clock that own times are taken from."""
    made = Clock()
    monkeypatch.setattr(module, "time", made)
    return made


@pytest.fixture
def page():
    """Return memory that a judge and its coordinator share."""
    return mmap.mmap(-1, RECORD.size)


def test_nothing_is_spent_before_a_check_begins(page):
    """A judge that has nothing to judge can't be late."""
    assert read_spending(page) is None


def test_a_check_is_named_with_the_time_it_takes(page, clock):
    """Whoever reads sees it grow, though the judge itself writes nothing meanwhile."""
    OwnTime(page).begin("sums", "squares")
    clock.now += 5
    spending = read_spending(page)
    assert (spending.slug, spending.check, spending.seconds) == ("sums", "squares", 5)


def test_the_time_of_the_students_process_is_not_the_judges(page, clock):
    """While the judge waits there is nothing to read; afterwards it counts on from where it was."""
    own_time = OwnTime(page)
    own_time.begin("sums", "squares")
    clock.now += 2
    with own_time.waiting():
        clock.now += 1000
        assert read_spending(page) is None
    clock.now += 3
    assert read_spending(page).seconds == 5


def test_the_time_goes_on_where_waiting_ends_badly(page, clock):
    """A student's process that had to be stopped leaves the judge to go on."""
    own_time = OwnTime(page)
    own_time.begin("sums", "squares")
    with pytest.raises(ZeroDivisionError), own_time.waiting():
        _ = 1 / 0
    clock.now += 1
    assert read_spending(page).seconds == 1


def test_each_check_begins_anew(page, clock):
    """What one check took is no debt of the next."""
    own_time = OwnTime(page)
    own_time.begin("sums", "squares")
    clock.now += 50
    own_time.begin("sums", "edges")
    clock.now += 1
    spending = read_spending(page)
    assert (spending.check, spending.seconds) == ("edges", 1)


def test_after_the_last_check_nothing_is_counted(page, clock):
    """Neither then, nor while a process is awaited that no check asked for."""
    own_time = OwnTime(page)
    own_time.begin("sums", "squares")
    own_time.end()
    with own_time.waiting():
        clock.now += 5
    assert read_spending(page) is None


def test_a_judge_without_a_coordinator_counts_for_nobody():
    """It needs no shared memory."""
    own_time = OwnTime()
    own_time.begin("sums", "squares")
    with own_time.waiting():
        pass
    own_time.end()
    assert own_time.page is None
