"""Warm memory is gathered into huge pages, and nothing in it changes."""

import mmap
import re
from pathlib import Path

from grader.sandbox.huge_pages import HUGE, gather, whole_pages

MAPS = """\
00400000-00c00000 r-xp 00000000 fd:00 42 /usr/bin/python
00c00000-01400000 rw-p 00000000 fd:00 42 /usr/bin/python
01500000-01a00000 rw-p 00000000 00:00 0 [heap]
7f0000200000-7f0000600000 rw-p 00000000 00:00 0
7f0000600000-7f0000800000 r--p 00000000 00:00 0
7f0000900000-7f0000a00000 rw-p 00000000 00:00 0
"""


def test_whole_pages_of_private_memory_are_found():
    """Files, what can't be written, and areas without room for a huge page are left out."""
    assert list(whole_pages(MAPS)) == [0x1600000, 0x1800000, 0x7F0000200000, 0x7F0000400000]


def test_content_stays_as_it_was():
    """A table of four huge pages holds the same bytes afterwards."""
    with mmap.mmap(-1, 4 * HUGE) as table:
        table[:] = bytes(range(256)) * (len(table) // 256)
        gather()
        assert table[:] == bytes(range(256)) * (len(table) // 256)


def test_memory_is_told_in_bytes():
    """What it says it gathered is what the kernel counts as huge pages, or nothing where the kernel can't."""
    with mmap.mmap(-1, 4 * HUGE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as table:
        table[:] = b"x" * len(table)
        gathered = gather()
        rollup = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    counted = int(re.search(r"AnonHugePages:\s+(\d+) kB", rollup)[1]) * 1024
    assert gathered % HUGE == 0
    assert gathered <= counted
