"""How much of one submission has been read so far, and what it was.

Owns the counting against the limits and the digest; the readers of folders and archives report to it before
they read on. One `Tally` lives as long as the reading of one submission.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from grader.submissions.limits import IntakeLimits, spoken_size
from grader.submissions.names import shown, suffix_of
from grader.submissions.refusal import ExhaustedError, RefusedError, reason, refused
from grader.wording.message import Message


@dataclass(frozen=True)
class Item:
    """One file of a submission: its content, or why it is not read."""

    path: str
    """Its place inside the submission, with `/` between folders."""
    content: bytes | Message

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.path.rpartition("/")[2]


class Tally:
    """Counts what is read of one submission and refuses to go past its limits."""

    def __init__(self, limits: IntakeLimits) -> None:
        """Start with nothing read."""
        self.limits = limits
        self._entries = 0
        self._files = 0
        self._bytes = 0
        self._digest = hashlib.sha256()

    def count_entries(self, count: int = 1) -> None:
        """Count files and folders of any kind."""
        self._entries += count
        if self._entries > self.limits.max_entries:
            raise ExhaustedError(reason("too_many_entries", limit=self.limits.max_entries))

    def count_file(self) -> None:
        """Count one file that is going to be read."""
        self._files += 1
        if self._files > self.limits.max_files:
            raise ExhaustedError(reason("too_many_files", limit=self.limits.max_files))

    def count_bytes(self, count: int) -> None:
        """Count bytes of files."""
        self._bytes += count
        if self._bytes > self.limits.max_total_bytes:
            raise ExhaustedError(reason("total_too_large", limit=spoken_size(self.limits.max_total_bytes)))

    def digest_in(self, name: str, content: bytes | Message) -> None:
        """Take something read, or the reason why it was not, into the digest."""
        data = content if isinstance(content, bytes) else f"{content.key} {dict(content.params)}".encode()
        label = name.encode(errors="surrogatepass")
        self._digest.update(b"%d %d " % (len(label), len(data)) + label + data)

    def hexdigest(self) -> str:
        """Return the digest of all that was read."""
        return self._digest.hexdigest()

    def too_large(self, path: str) -> RefusedError:
        """Return the refusal of a file that is larger than a file may be."""
        key = "notebook_too_large" if suffix_of(path, (".ipynb",)) else "too_large"
        return refused(key, name=shown(path), limit=spoken_size(self.limits.max_file_bytes))


class Inflation:
    """Counts what an archive unpacks to, as it does, against what it takes packed."""

    def __init__(self, packed: int, limits: IntakeLimits) -> None:
        """Start with an archive of `packed` bytes."""
        self._allowed = max(limits.free_inflation, packed * limits.max_compression)
        self._unpacked = 0

    def count(self, unpacked: int) -> None:
        """Count bytes that were just unpacked."""
        self._unpacked += unpacked
        if self._unpacked > self._allowed:
            raise ExhaustedError(reason("archive_bomb"))
