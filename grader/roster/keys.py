"""What of a name stays the same however it is written: the keys that names are compared by.

Owns what counts as the same: first case and Unicode form, then the order of words, then accents, then blanks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import permutations
from types import MappingProxyType
from unicodedata import normalize

WORD = re.compile(r"[^\W_]+")
APOSTROPHES = re.compile(r"['’‘ʼ`´]")  # noqa: RUF001 - those are what people type
ACCENT = re.compile("[\u0300-\u036f]")
STROKES = str.maketrans("øłđðıħŧŋ", "olddihtn", "") | str.maketrans({"þ": "th", "æ": "ae", "œ": "oe"})
"""Letters that carry their mark within, so that no accent can be taken off them."""
UMLAUTS = {ord(letter): f"{base}e" for letter, base in zip("äöüø", "aouo", strict=True)} | {ord("å"): "aa"}
"""How these are written where they can't be typed."""
MOST_WORDS = 5
"""A name of more words is joined in its own order alone: the number of orders grows fast."""

Keys = Callable[[str], frozenset[str]]


def folded(text: str) -> str:
    """Return a text without case, compatibility forms, and the blanks around it."""
    return " ".join(normalize("NFKC", normalize("NFKC", text).casefold()).split())


def words(text: str) -> list[str]:
    """Return the words of a folded text."""
    return WORD.findall(APOSTROPHES.sub("", folded(text)))


def unaccented(text: str) -> str:
    """Return a folded text without accents and strokes."""
    return normalize("NFC", ACCENT.sub("", normalize("NFD", text))).translate(STROKES)


def as_written(name: str) -> frozenset[str]:
    """Return the key of a name that differs in case or Unicode form alone."""
    return frozenset({folded(name)})


def in_any_order(name: str) -> frozenset[str]:
    """Return the key of a name whose words may stand in another order."""
    return frozenset({" ".join(sorted(words(name)))})


def without_accents(name: str) -> frozenset[str]:
    """Return the keys of a name whose accents may be missing, or written as letters."""
    return frozenset(" ".join(sorted(map(unaccented, each))) for each in spellings(name))


def joined(name: str) -> frozenset[str]:
    """Return the keys of a name that may be written as one word, in any order of its words."""
    return frozenset("".join(order) for each in spellings(name) for order in orders([*map(unaccented, each)]))


def spellings(name: str) -> Iterator[list[str]]:
    """Yield the words of a name with umlauts, and with what replaces them."""
    found = words(name)
    yield found
    yield [word.translate(UMLAUTS) for word in found]


def orders(found: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield the orders that the words of a name may stand in."""
    return permutations(found) if len(found) <= MOST_WORDS else iter([tuple(found)])


STAGES: Mapping[str, Keys] = MappingProxyType(
    {
        "case": as_written,
        "order": in_any_order,
        "accents": without_accents,
        "blanks": joined,
    }
)
"""How two names may differ, from the least to the most, and the keys that they then share."""
