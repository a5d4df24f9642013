"""How much of one submission has been read so far, and what it was.

Owns the counting against the limits and the digest; the readers of folders and archives report to it before
they read on. One `Tally` lives as long as the reading of one submission.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from grader.submissions.limits import IntakeLimits, spoken_size
from grader.submissions.names import ARCHIVES, is_document, is_notebook, shown, suffix_of
from grader.submissions.refusal import ExhaustedError, FullError, RefusedError, reason, refused
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


@dataclass(frozen=True)
class File:
    """A file of a submission that may be an answer, not read yet."""

    path: str
    """Its place inside the submission, with `/` between folders."""
    read: Callable[[], bytes]
    """Returns its content; RefusedError for one that is not read."""

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.path.rpartition("/")[2]

    @property
    def depth(self) -> int:
        """How many folders it lies in."""
        return self.path.count("/")


class Tally:
    """Counts what is read of one submission and refuses to go past its limits."""

    def __init__(self, limits: IntakeLimits) -> None:
        """Start with nothing read."""
        self.limits = limits
        self._entries = 0
        self._files = 0
        self._bytes = 0
        self._packed = 0
        self._digest = hashlib.sha256()
        self.notes: list[Message] = []
        """What was skipped, for the student to know."""
        self.others: list[str] = []
        """Files that may be work, though of a kind that nobody can run."""
        self.times: list[datetime] = []
        """When the files that were read were written."""

    def count_entries(self, count: int = 1) -> None:
        """Count files and folders of any kind."""
        self._entries += count
        if self._entries > self.limits.max_entries:
            raise ExhaustedError(reason("too_many_entries", limit=self.limits.max_entries))

    def count_file(self) -> None:
        """Count one file that is going to be read."""
        self._files += 1
        if self._files > self.limits.max_files:
            raise FullError(reason("too_many_files", limit=self.limits.max_files))

    def count_bytes(self, count: int) -> None:
        """Count bytes of files."""
        self._bytes += count
        if self._bytes > self.limits.max_total_bytes:
            raise FullError(reason("total_too_large", limit=spoken_size(self.limits.max_total_bytes)))

    def count_packed(self, count: int) -> None:
        """Count bytes of archives."""
        self._packed += count
        if self._packed > self.limits.max_archive_bytes:
            raise self.archive_too_large()

    def archive_too_large(self) -> RefusedError:
        """Return the refusal of archives that are larger than archives may be."""
        return refused("total_too_large", limit=spoken_size(self.limits.max_archive_bytes))

    def note(self, key: str, /, **params: object) -> None:
        """Keep a sentence for the student, once."""
        said = reason(key, **params)
        if said not in self.notes:
            self.notes.append(said)

    def see(self, name: str) -> None:
        """Take note of a file that is no answer: of one that may be work all the same."""
        if is_document(name):
            self.others.append(name)

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
        key = "notebook_too_large" if is_notebook(path) else "too_large"
        return refused(key, name=shown(path), limit=spoken_size(self.limit_of(path)))

    def limit_of(self, path: str) -> int:
        """Return how large a file of this name may be."""
        if suffix_of(path, ARCHIVES):
            return self.limits.max_archive_bytes
        return self.limits.max_notebook_bytes if is_notebook(path) else self.limits.max_file_bytes


class Inflation:
    """Counts what an archive unpacks to, as it does, against what it takes packed."""

    def __init__(self, packed: int, limits: IntakeLimits) -> None:
        """Start with an archive of `packed` bytes."""
        self._allowed = max(limits.free_inflation, packed * limits.max_compression)
        self._unpacked = 0

    def count(self, unpacked: int) -> None:
        """Count bytes that were just unpacked."""
        self._unpacked += unpacked
        self.check(self._unpacked)

    def check(self, unpacked: int) -> None:
        """Refuse an archive that unpacks, or says that it unpacks, to so many bytes."""
        if unpacked > self._allowed:
            raise ExhaustedError(reason("archive_bomb"))
