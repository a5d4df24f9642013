"""Text of unknown origin, made harmless and honest before anyone looks at it.

Owns the one list of characters that hide, reorder or steer what a reader sees, and their visible escapes.
Knows nothing of HTML, Rich or CSV: each view still escapes for its own format.
"""

from __future__ import annotations

import re

TEXT_LIMIT = 20_000
LINE_LIMIT = 300

DECEPTIVE = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 and C1 controls but tab and newline: ANSI escapes begin here
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"  # soft hyphen, blank letters
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # zero width, line separators, bidi overrides and isolates
    "\ud800-\udfff"  # lone surrogates: no file or terminal can hold them
    "\ufeff\ufff0-\ufffb\ufffe\uffff"  # byte order mark, annotations, noncharacters
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # invisible music controls and tag letters
    "]"
)


def visible(text: str, *, limit: int = TEXT_LIMIT) -> str:
    r"""Return at most `limit` characters of `text`, deceptive ones shown as escapes such as `\u202e`.

    Newlines and tabs stay. What was cut is counted: `… (+120)`.
    """
    text = text.replace("\r\n", "\n")
    kept = DECEPTIVE.sub(escaped, text[:limit])
    return kept if len(text) <= limit else f"{kept}… (+{len(text) - limit})"


def line(text: str, *, limit: int = LINE_LIMIT) -> str:
    r"""Return `text` as `visible` does, on one line: newlines and tabs become `\n` and `\t`."""
    return visible(text, limit=limit).replace("\n", r"\n").replace("\t", r"\t")


def escaped(match: re.Match[str]) -> str:
    """Return the escape of one matched character, as Python would write it."""
    code = ord(match[0])
    if code < 0x100:  # noqa: PLR2004 - the three lengths of a Python escape
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"  # noqa: PLR2004
