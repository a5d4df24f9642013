"""What a writer has gathered of a file that is not whole yet, a text for each student, read back in their order.

Owns the unnamed file that holds it, of which a killed run leaves nothing behind.
Knows nothing of what is gathered.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from grader.atomic import disk_errors


class Spool:
    """Text gathered for `path`, on the disk beside it instead of in memory."""

    def __init__(self, path: Path) -> None:
        """Prepare to gather for `path`; UserError where its folder can't be written."""
        self.path = path
        with disk_errors(path):
            self.file: IO[bytes] = tempfile.TemporaryFile(dir=path.parent)  # noqa: SIM115 - closed by close()

        self.places: list[tuple[str, int]] = []
        """The students in the order in which they came, and where each one's text begins."""

    def append(self, student: str, text: str) -> None:
        """Gather a student's text; UserError where the disk refuses."""
        with disk_errors(self.path):
            self.places.append((student, self.file.tell()))
            self.file.write(text.encode())

    def in_order(self) -> Iterator[str]:
        """Yield the texts in the order of their students' names; UserError where the disk refuses."""
        with disk_errors(self.path):
            self.file.seek(0, os.SEEK_END)
            ends = [*(place for _, place in self.places[1:]), self.file.tell()]
        for (_, start), end in sorted(zip(self.places, ends, strict=False)):  # without students there is an end alone
            with disk_errors(self.path):
                self.file.seek(start)
                text = self.file.read(end - start)
            yield text.decode()

    def close(self) -> None:
        """Drop the file; a disk that refuses what nobody wants any more is no error."""
        with contextlib.suppress(OSError):
            self.file.close()
