"""Claims: one owner at a time, taken over when the owner is gone."""

import subprocess
import sys
from contextlib import suppress

import pytest

from grader.store import claims
from grader.store.claims import Claims, machine, started
from grader.store.rows import Enrolled


@pytest.fixture
def student(book):
    """Return the number of a student."""
    book.add_students({"ada": Enrolled()})
    return book.students()["ada"].id


def test_one_owner_at_a_time(store, student):
    """The second grader has to wait until the first one has given the claim back."""
    first, second = Claims(store), Claims(store)
    assert first.claim(student)
    assert first.claim(student)
    assert not second.claim(student)
    first.give_back(student)
    assert second.claim(student)


def test_a_claim_that_ran_out_is_taken_over(store, student):
    """Whoever does not renew it has lost it; a renewed one is safe."""
    slow, other = Claims(store, lease=-1), Claims(store)
    assert slow.claim(student)
    slow.lease = 100
    slow.renew()
    assert not other.claim(student)
    slow.lease = -1
    slow.renew()
    assert other.claim(student)


def test_the_claim_of_a_process_that_ended_here_is_taken_over_at_once(store, student):
    """After a kill nobody waits for the lease; the number of the process may even be another's by now."""
    process = subprocess.Popen([sys.executable, "-S", "-c", "input()"], stdin=subprocess.PIPE)
    dead = Claims(store, owner=f"{machine()}:{process.pid}:{started(process.pid)}:x")
    assert dead.claim(student)
    assert not Claims(store).claim(student)
    process.communicate()
    assert Claims(store).claim(student)


def test_the_claim_of_another_machine_is_waited_for(store, student):
    """Nobody here can tell whether it lives."""
    assert Claims(store, owner="elsewhere/boot:1:1:x").claim(student)
    assert not Claims(store).claim(student)


def test_claims_are_held_as_long_as_the_work_lasts(store, student):
    """They are renewed meanwhile and given back at the end, also after an error."""
    mine = Claims(store, lease=0.2)
    with suppress(ZeroDivisionError), mine.held():
        assert mine.claim(student)
        before = until(store)
        while until(store) == before:
            assert not Claims(store).claim(student)
        raise ZeroDivisionError
    assert Claims(store).claim(student)


def until(store):
    """Return until when the one claim holds."""
    with store.begin() as connection:
        return connection.execute(claims.CLAIMS.select()).one().until
