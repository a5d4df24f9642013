"""Which blanks of a printed line count: one rule, for marking here and for what exports tell other systems.

A blank counts where it holds two words or two numbers apart; beside any other sign it is idle.
"""

from __future__ import annotations

import re

IDLE = re.compile(r"(?<![\w.]) | (?![\w.])")
PIECE = re.compile(r"[\w.]+|[^\w.\s]")
"""A word, a number, or a sign: between two pieces a blank is idle unless both are words or numbers."""


def single_blanks(line: str) -> str:
    """Return a line with one blank for every run of blanks, and none around it."""
    return " ".join(line.split())


def without_idle_blanks(line: str) -> str:
    """Return a line with the blanks alone that count."""
    return IDLE.sub("", single_blanks(line))


def pieces(line: str) -> list[str]:
    """Return the words, numbers and signs of a line, in order."""
    return PIECE.findall(line)


def is_word(piece: str) -> bool:
    """Whether a piece is a word or a number, which a blank must hold apart from another."""
    return re.match(r"[\w.]", piece) is not None
