"""Python source as a student saved it.

Owns turning bytes into text and finding names in it. Nothing is compiled: Python's own parser can be
driven into the ground by text made for that, so names are found by pattern.
"""

from __future__ import annotations

import codecs
import io
import re
import tokenize
from collections.abc import Iterable

from grader.submissions.refusal import refused

ORDINARY_ENCODING = re.compile(
    r"utf-8(-sig)?|ascii|iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|gb2312|gbk|gb18030|hz|big5(hkscs)?"
    r"|euc_\w+|shift_jis\w*|johab|tis-620"
)
"""Others, such as punycode, take time that grows with the square of the text."""


def python_text(content: bytes, *, name: str) -> str:
    """Return a Python file as text, decoded as Python would (PEP 263), each line ended by a newline alone."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        encoding = codecs.lookup(encoding).name
        if not ORDINARY_ENCODING.fullmatch(encoding):
            raise refused("strange_encoding", name=name, encoding=encoding)
        text = content.decode(encoding)
    except (SyntaxError, LookupError, ValueError) as error:
        raise refused("not_text", name=name) from error
    return checked(text, name=name).replace("\r\n", "\n").replace("\r", "\n")


def checked(text: str, *, name: str) -> str:
    """Return `text` if it can be Python source at all: no null characters and no halves of characters."""
    if "\0" in text:
        raise refused("null_character", name=name)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise refused("not_text", name=name) from error
    return text


def defines_any(cells: Iterable[str], names: Iterable[str]) -> bool:
    """Say whether a cell seems to define one of the names: `def name(`, `class name` or `name = ...`."""
    either = "|".join(re.escape(name) for name in names)
    if not either:
        return False
    pattern = re.compile(
        rf"^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+(?:{either})\b|^(?:{either})[ \t]*(?::[^=\n]*)?=(?!=)",
        re.MULTILINE,
    )
    return any(pattern.search(cell) for cell in cells)
