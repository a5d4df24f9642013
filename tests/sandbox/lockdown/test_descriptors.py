"""The descriptors that a student process keeps."""

import os
import socket
from pathlib import Path

import pytest

from grader.errors import IsolationError
from grader.sandbox.lockdown import descriptors


def open_descriptors():
    """Return the descriptors that are open, and what the first three lead to."""
    opened = set()
    for number in range(300):
        try:
            os.fstat(number)
        except OSError:
            continue
        opened.add(number)
    return sorted(opened), [os.fstat(number).st_rdev for number in range(3)]


def test_only_what_is_kept_stays_open(person, in_child, tmp_path):
    """Files and pipes that aren't kept are closed, and the standard streams lead nowhere."""
    leaked = os.open(tmp_path, os.O_RDONLY)
    high = os.dup2(leaked, 250)

    def close(pipe):
        person.become()
        descriptors.close_others((pipe,))
        return [*open_descriptors(), pipe]

    opened, devices, pipe = in_child(close)
    assert opened == [0, 1, 2, pipe]
    assert devices == [Path(os.devnull).stat().st_rdev] * 3
    os.close(leaked)
    os.close(high)


def test_neighbours_and_standard_streams_are_kept(in_child):
    """Kept descriptors may be standard streams, and next to each other or to a single one that is closed."""

    def close(pipe):
        for number in (1, 200, 201, 202, 203):
            os.dup2(pipe, number)
        descriptors.close_others((1, 200, 201, 203, pipe))
        same = os.fstat(1).st_ino == os.fstat(pipe).st_ino
        return [open_descriptors()[0] == sorted({0, 1, 2, 200, 201, 203, pipe}), same]

    assert in_child(close) == [True, True]


def test_closed_standard_streams_become_the_null_device(in_child):
    """A process that was started without standard streams gets harmless ones."""

    def close(pipe):
        for number in range(3):
            os.close(number)
        descriptors.close_others((pipe,))
        return open_descriptors()[0] == [0, 1, 2, pipe]

    assert in_child(close)


def test_pipes_sockets_and_the_null_device_are_harmless():
    """Descriptors that lead to no file may be kept."""
    null = os.open(os.devnull, os.O_RDONLY)
    ends = os.pipe()
    with socket.socket() as plug:
        descriptors.check_harmless((*ends, null, plug.fileno()))
    for each in (null, *ends):
        os.close(each)


@pytest.mark.parametrize("name", ["file", "folder", "/dev/zero"])
def test_what_leads_to_a_file_is_refused(name, tmp_path):
    """A file, a folder or a device may not be kept, for the lock-down doesn't reach what is open."""
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    opened = os.open(tmp_path / name, os.O_RDONLY)
    with pytest.raises(IsolationError, match=f"descriptor {opened} may not stay open .*; keep only pipes and sockets"):
        descriptors.check_harmless((opened,))
    os.close(opened)
