"""What is warm ends once nobody has asked for a while, and not before."""

from threading import Event

from grader.jupyter.idle import Idle

PATIENCE = 20


def test_it_ends_after_the_last_request():
    """A request in time holds the end off; after the time it ends once."""
    ended = Event()
    idle = Idle(ended.set, seconds=0.05)
    with idle.busy():
        assert not ended.is_set()
    assert ended.wait(PATIENCE)


def test_the_next_request_stops_the_clock_of_the_last():
    """A long wait that was begun before is cancelled: only the newest clock counts."""
    ends = []
    idle = Idle(lambda: ends.append("ended"), seconds=1000)
    with idle.busy():
        pass
    first = idle._timer
    with idle.busy():
        pass
    idle._run_out(first)
    assert ends == []
    idle._run_out(idle._timer)
    assert ends == ["ended"]
