"""A message of a check as blocks of prose and of code, for views that show them differently."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from grader.reports.plaintext import visible

CALL = re.compile(r"[A-Za-z_][\w.]*\([\w, =.*]*\)")


@dataclass(frozen=True)
class Block:
    """Consecutive lines of a message that are all prose or all code."""

    is_code: bool
    text: str


def blocks(text: str) -> Iterator[Block]:
    """Yield the lines of a message as prose and as code, which is indented or a call alone."""
    lines = visible(text).split("\n")
    for is_code, group in groupby(zip(kinds(lines), lines, strict=True), key=itemgetter(0)):
        block = textwrap.dedent("\n".join(line for _, line in group)).strip("\n")
        if block:
            yield Block(is_code, block)


def kinds(lines: Iterable[str]) -> Iterator[bool]:
    """Yield of each line whether it is code; a blank line is what the line before it was."""
    is_code = False
    for line in lines:
        if line.strip():
            is_code = line.startswith((" ", "\t")) or CALL.fullmatch(line) is not None
        yield is_code
