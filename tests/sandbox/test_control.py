"""The conversation of judge and zygote: what is said is heard whole, and an end is heard as an end."""

import os
import threading

import pytest

from grader.sandbox.control import connect, hear, say


@pytest.fixture
def ends_of_one():
    """Yield both ends of a conversation."""
    ours, theirs = connect()
    with ours, theirs:
        yield ours, theirs


def test_what_is_said_is_heard_in_turn(ends_of_one):
    """Messages arrive one by one, whatever is in their text."""
    ours, theirs = ends_of_one
    for message in ({"do": "start"}, {"broken": ["two\nlines", "é"]}):
        say(ours, message)
        assert hear(theirs) == (message, [])
        say(theirs, message)
        assert hear(ours) == (message, [])


@pytest.mark.parametrize("size", [1, 1 << 16, 1 << 20])
def test_descriptors_come_with_their_message(ends_of_one, size):
    """Four descriptors arrive in order with a message of any length."""
    ours, theirs = ends_of_one
    pipes = [os.pipe() for _ in range(4)]
    message = {"text": "x" * size}
    speaker = threading.Thread(target=say, args=(ours, message, [reading for reading, _ in pipes]))
    speaker.start()
    heard, received = hear(theirs)
    speaker.join()
    assert heard == message
    for number, (_, writing) in enumerate(pipes):
        os.write(writing, b"%d" % number)
    assert [os.read(each, 10) for each in received] == [b"0", b"1", b"2", b"3"]
    for descriptor in (*received, *sum(pipes, ())):
        os.close(descriptor)


@pytest.mark.parametrize("unheard", [False, True])
def test_an_end_is_heard_as_an_end(ends_of_one, unheard):
    """Whoever listens to a side that is gone hears None, also when that side had not heard all."""
    ours, theirs = ends_of_one
    if unheard:
        say(theirs, {"do": "start"})
    ours.close()
    assert hear(theirs) is None


def test_half_a_message_is_none(ends_of_one):
    """A side that ended in the middle of a message has said nothing."""
    ours, theirs = ends_of_one
    ours.send(b'{"do": ')
    ours.close()
    assert hear(theirs) is None


def test_nothing_can_be_said_to_a_side_that_is_gone(ends_of_one):
    """Speaking to it is an OSError."""
    ours, theirs = ends_of_one
    theirs.close()
    with pytest.raises(BrokenPipeError):
        say(ours, {"do": "start"})
