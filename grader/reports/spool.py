"""What a writer has gathered of a file that is not whole yet.

Owns the unnamed file that holds it, of which a killed run leaves nothing behind.
Knows nothing of what is gathered.
"""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import IO

from grader.atomic import disk_errors


class Spool:
    """Text gathered for `path`, on the disk beside it instead of in memory."""

    def __init__(self, path: Path) -> None:
        """Prepare to gather for `path`; UserError where its folder can't be written."""
        self.path = path
        with disk_errors(path):
            self.file: IO[str] = tempfile.TemporaryFile(  # noqa: SIM115 - closed by close()
                "w+", encoding="utf-8", newline="", dir=path.parent
            )

    def append(self, text: str) -> None:
        """Gather `text`; UserError where the disk refuses."""
        with disk_errors(self.path):
            self.file.write(text)

    def reread(self) -> IO[str]:
        """Return the file at its beginning, all text on the disk; UserError where the disk refuses."""
        with disk_errors(self.path):
            self.file.seek(0)
        return self.file

    def close(self) -> None:
        """Drop the file; a disk that refuses what nobody wants any more is no error."""
        with contextlib.suppress(OSError):
            self.file.close()
