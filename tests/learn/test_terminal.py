"""Single keys from a terminal: letters, arrows, Enter, and what is none of them."""

import os
import pty
import termios
from contextlib import suppress

import pytest

from grader.learn.terminal import Terminal, keys_in


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (b"h", ["h"]),
        (b"H", ["h"]),
        ("ｈ".encode(), ["h"]),
        ("？".encode(), ["?"]),
        (b"\x1b[A\x1b[B", ["up", "down"]),
        (b"\x1bOA", ["up"]),
        (b"\x1b", ["escape"]),
        (b"\r\n", ["enter", "enter"]),
        (b" jk", ["space", "j", "k"]),
        (b"\x04\x03", ["leave", "leave"]),
        (b"\xff\xfeq", ["q"]),
        ("é".encode(), ["é"]),
        (b"", []),
    ],
)
def test_keys_are_told_apart(data, keys):
    """Arrows have names, and a Chinese keyboard's wide letters are letters."""
    assert list(keys_in(data)) == keys


@pytest.fixture
def line(console):
    """Yield a terminal and what a person's side of it is."""
    ours, theirs = pty.openpty()
    yield Terminal(theirs, console()), ours, theirs
    os.close(ours)
    os.close(theirs)


def echoes(descriptor):
    """Whether a terminal shows what is typed."""
    return bool(termios.tcgetattr(descriptor)[3] & termios.ECHO)


def test_a_terminal_is_left_as_it_was_found(line):
    """Keys come unseen and one by one while it is held; a quiz has its lines in between."""
    terminal, _, theirs = line
    with terminal.held():
        assert not echoes(theirs)
        assert not termios.tcgetattr(theirs)[3] & termios.ISIG
        with terminal.released():
            assert echoes(theirs)
        assert not echoes(theirs)
    assert echoes(theirs)


def test_a_crash_leaves_the_terminal_as_it_was_found(line):
    """Nobody has to type `reset` blindly."""
    terminal, _, theirs = line
    with suppress(RuntimeError), terminal.held():
        raise RuntimeError("on purpose")
    assert echoes(theirs)


def test_a_key_or_a_word_from_elsewhere_wakes(line):
    """Whatever comes first; a thread's word brings no key."""
    terminal, ours, _ = line
    ear, mouth = os.pipe()
    with terminal.held():
        os.write(ours, b"n")
        assert terminal.keys(ear) == ["n"]
        os.write(mouth, b".")
        assert terminal.keys(ear) == []
    os.close(ear)
    os.close(mouth)
