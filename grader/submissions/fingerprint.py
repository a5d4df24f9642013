"""A digest of a submission's bytes, told without reading them as Python, notebooks or archives.

Equal fingerprints mean that reading would give the same again; that is how a second run over a class passes over what
did not change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from grader.submissions.downloads import Part
from grader.submissions.entries import Entry
from grader.submissions.limits import DEFAULT_LIMITS
from grader.submissions.refusal import RefusedError
from grader.submissions.tally import Tally


def fingerprint(entry: Entry, salt: str) -> str:
    """Return the fingerprint of an entry, in hex; `salt` stands for all else that reading depends on."""
    whole = hashlib.sha256(salt.encode())
    for part in (repr((entry.problem, entry.handed_in)).encode(errors="surrogatepass"), *contents(entry)):
        whole.update(b"%d " % len(part) + part)
    return whole.hexdigest()


def contents(entry: Entry) -> Iterator[bytes]:
    """Yield the names and the bytes of all files, or why one is not read, and their times."""
    tally = Tally(DEFAULT_LIMITS)
    if entry.problem is None:
        for part in (*entry.whole, *map(Part, entry.twins)):
            yield repr(part.name).encode(errors="surrogatepass")
            yield from files_of(part, tally)
    yield repr((tally.times, tally.notes, tally.others)).encode(errors="surrogatepass")


def files_of(part: Part, tally: Tally) -> Iterator[bytes]:
    """Yield the names and the bytes of the files in one place."""
    try:
        with part.place.open(tally) as files:
            for file in files:
                yield file.path.encode(errors="surrogatepass")
                try:
                    yield file.read()
                except RefusedError as refusal:
                    yield repr(refusal.message).encode(errors="surrogatepass")
    except RefusedError as refusal:
        yield repr(refusal.message).encode(errors="surrogatepass")
