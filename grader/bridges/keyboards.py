"""How signs are typed, on keyboards with signs of ASCII and on Chinese ones: to list, and as patterns of XML Schema.

What a typed sign stands for is the marking's (`grader.quiz.kinds.kind.ASCII`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from grader.quiz.kinds.kind import ASCII, FULL_WIDTH

WIDE = {meant: typed for typed, meant in FULL_WIDTH.items()}
COMMAS = {code: WIDE[code] for code in map(ord, ",():")}
KEYBOARDS: tuple[Mapping[int, int], ...] = (
    {},
    COMMAS,
    COMMAS | str.maketrans("[]", "【】"),
    COMMAS | {code: WIDE[code] for code in map(ord, "[]")},
)
"""What is typed for signs of ASCII; a Chinese keyboard has square brackets of three forms."""
BRACKETS = tuple(dict.fromkeys(pair.translate(signs) for pair in ("()", "[]") for signs in KEYBOARDS))
BLANK = "[\\s\u00a0\u3000]"
SPECIAL = re.compile(r"[.\\?*+|^(){}\[\]-]")
"""What XML Schema wants escaped, inside a class of characters too."""


def any_of(signs: str) -> str:
    """Return a pattern for one of some signs, on whichever keyboard it is typed."""
    ways = [
        way for sign in signs for way in (sign, *(chr(typed) for typed, meant in ASCII.items() if chr(meant) == sign))
    ]
    return f"[{''.join(SPECIAL.sub(lambda found: chr(92) + found[0], each) for each in ways)}]"


def any_keyboard(text: str) -> str:
    """Return a pattern for a text whose signs are typed on any keyboard; letters and digits stand for themselves."""
    return "".join(each if each.isalnum() or each == "_" else any_of(each) for each in text)
