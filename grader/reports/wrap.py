"""Breaking lines for a terminal: prose where English and Chinese may be broken, code where Python may.

Rich breaks at spaces alone, which leaves a line of Chinese half empty, and cuts code where it can't be pasted any more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells

CLOSING = frozenset("，。；：！？、）】》」』”’…,.;:!?)]}%")  # noqa: RUF001 - Chinese punctuation
OPENING = frozenset("（【《「『“‘([{")  # noqa: RUF001 - as above
PIECE = re.compile(r"\s+|\S")
CONTINUED = "    "
"""What a further line of broken code is indented by."""


def wrapped(text: str, width: int) -> list[str]:
    """Return the lines of `text`, none wider than `width` cells."""
    return [row for line in text.split("\n") for row in filled(units(line), max(width, 1))]


def units(line: str) -> list[str]:
    """Return what a line may be broken between: words, spaces, and single Chinese characters with their punctuation."""
    found: list[str] = []
    for piece in PIECE.findall(line):
        if found and belongs_together(found[-1], piece):
            found[-1] += piece
        else:
            found.append(piece)
    return found


def belongs_together(before: str, piece: str) -> bool:
    """Whether no line may end between two pieces of it."""
    if before.isspace() or piece.isspace():
        return False
    return piece in CLOSING or before[-1] in OPENING or not (is_wide(before[-1]) or is_wide(piece))


def is_wide(character: str) -> bool:
    """Whether a character is as wide as a Chinese one."""
    return unicodedata.east_asian_width(character) in "WF"


def filled(pieces: list[str], width: int) -> Iterator[str]:
    """Yield lines filled with pieces; one that is wider than a line is cut."""
    row = ""
    for piece in pieces:
        if cell_len(row + piece.rstrip()) <= width:
            row += piece
            continue
        if row.strip():
            yield row.rstrip()
        *whole, row = chop_cells(piece.lstrip(), width) or [""]
        yield from whole
    yield row.rstrip()


def broken_code(line: str, width: int) -> list[str]:
    """Return a line of Python as lines that can be pasted: broken inside brackets alone, where it is too wide."""
    lines: list[str] = []
    start, indent = 0, ""
    places = list(breaks(line))
    while cell_len(indent + line[start:]) > width:
        fitting = [each for each in places if start < each and cell_len(indent + line[start:each].rstrip()) <= width]
        if not fitting:
            break
        lines.append(indent + line[start : fitting[-1]].rstrip())
        start, indent = fitting[-1], CONTINUED
    return [*lines, indent + line[start:]]


def breaks(line: str) -> Iterator[int]:
    """Yield the places inside brackets after a comma or before a sign."""
    depth = 0
    for place, character in enumerate(line):
        depth += (character in "([{") - (character in ")]}")
        if depth > 0 and (line[place - 1 : place + 1] == ", " or line[place : place + 3] in (" + ", " - ")):
            yield place + 1
