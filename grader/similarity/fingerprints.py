"""The fingerprints of a source: hashes of short runs of its words, and the line on which each stands.

Winnowing (Schleimer, Wilkerson and Aiken, "Winnowing: Local Algorithms for Document Fingerprinting", SIGMOD 2003): of
each `WINDOW` runs of `RUN` words the smallest hash is kept, so that whatever two sources share of at least
`RUN + WINDOW - 1` words leaves the same fingerprint in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import blake2b

from pygments.lexers.python import PythonLexer
from pygments.token import Comment, String

RUN = 6
WINDOW = 4
WORD = re.compile(r"\w+")
LONGEST = 20_000
"""Characters that are read of one source: far more than an answer has, and soon done."""

Fingerprints = Mapping[int, int]
"""The first line of each fingerprint, by the fingerprint."""


def fingerprints(source: str) -> Fingerprints:
    """Return the fingerprints of a source; one that is no Python has some, too."""
    words = list(words_of(source[:LONGEST]))
    hashes = [hashed(words[start : start + RUN]) for start in range(max(len(words) - RUN + 1, 0))]
    found: dict[int, int] = {}
    for start in range(max(len(hashes) - WINDOW + 1, 0)):
        place = min(range(start, start + WINDOW), key=lambda each: (hashes[each], -each))
        found.setdefault(hashes[place], words[place][1])
    return found


def words_of(source: str) -> Iterator[tuple[str, int]]:
    """Yield names, numbers, operators and the words of comments and strings, each with its line.

    Names stay as they are: two short functions are alike as soon as names do not count.
    """
    line = 1
    for kind, text in PythonLexer(ensurenl=False, stripnl=False).get_tokens(source):
        if kind in Comment or kind in String:
            for found in WORD.finditer(text):
                yield found[0].casefold(), line + text.count("\n", 0, found.start())
        elif text.strip():
            yield text.strip(), line
        line += text.count("\n")


def hashed(run: list[tuple[str, int]]) -> int:
    """Return the hash of a run of words, the same in every process."""
    text = "\0".join(word for word, _ in run)
    return int.from_bytes(blake2b(text.encode(errors="surrogatepass"), digest_size=8).digest())
