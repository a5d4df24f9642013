"""Python source as a student saved it.

Owns turning bytes into text and finding names in it. Nothing is compiled: Python's own parser can be
driven into the ground by text made for that, so names are found by pattern.
"""

from __future__ import annotations

import codecs
import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from itertools import islice

from grader.submissions.refusal import refused

ORDINARY_ENCODING = re.compile(
    r"utf-8(-sig)?|ascii|iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|gb2312|gbk|gb18030|hz|big5(hkscs)?"
    r"|euc_\w+|shift_jis\w*|johab|tis-620"
)
"""Others, such as punycode, take time that grows with the square of the text."""


WIDE = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""The mark of UTF-32 begins with that of UTF-16, so it is looked for first."""
MOST_DEFINITIONS = 20
NEXT_AT_THE_TOP = re.compile(r"\n(?=[^\s)#])")
DOCSTRING = re.compile(r"(\"{3}|'{3}).*?\1", re.DOTALL)
NOTHING_DONE = re.compile(r"pass|\.\.\.|return(?: None)?|raise NotImplementedError\b.*")
METHOD_HEAD = re.compile(r"@\w+|def\b.*:")
DECLARATION = re.compile(r"^[ \t\f]*#.*?coding[:=].*$")


def python_text(content: bytes, *, name: str) -> str:
    """Return a Python file as text, decoded as Python would (PEP 263), each line ended by a newline alone."""
    if (wide := wide_encoding(content)) is not None:
        content = without_declaration(decoded(content, wide, name=name)).encode()
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        encoding = codecs.lookup(encoding).name
        if not ORDINARY_ENCODING.fullmatch(encoding):
            raise refused("strange_encoding", name=name, encoding=encoding)
        text = content.decode(encoding)
    except (SyntaxError, LookupError, ValueError) as error:
        raise refused("not_text", name=name) from error
    return checked(text, name=name).replace("\r\n", "\n").replace("\r", "\n")


def wide_encoding(content: bytes) -> str | None:
    """Return the encoding of a text that begins with the mark of UTF-16 or UTF-32, as Windows saves it, or None."""
    for mark, encoding in WIDE.items():
        if content.startswith(mark):
            return encoding
    return None


def decoded(content: bytes, encoding: str, *, name: str) -> str:
    """Return bytes as text."""
    try:
        return content.decode(encoding)
    except ValueError as error:
        raise refused("not_text", name=name) from error


def plain_text(content: bytes, *, name: str) -> str:
    """Return a text that declares no encoding: UTF-8, or UTF-16 and UTF-32 with their marks."""
    return decoded(content, wide_encoding(content) or "utf-8-sig", name=name)


def without_declaration(text: str) -> str:
    """Return a source without what it declares of its encoding, which is no longer that of its bytes."""
    lines = text.split("\n", 2)
    return "\n".join([*(DECLARATION.sub("#", line.rstrip("\r")) for line in lines[:2]), *lines[2:]])


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


def is_stub(source: str, names: Iterable[str]) -> bool:
    """Say whether each function of these names that a source defines does nothing yet, as a starter's."""
    bodies = [body_lines(source[found.start() :]) for name in names for found in definitions(source, name)]
    return bool(bodies) and all(body and all(map(NOTHING_DONE.fullmatch, body)) for body in bodies)


def definitions(source: str, name: str) -> Iterator[re.Match[str]]:
    """Yield where a source defines a function or class at the top; no honest file defines one often."""
    return islice(re.finditer(rf"^(?:def|class)[ \t]+{re.escape(name)}\b", source, re.MULTILINE), MOST_DEFINITIONS)


def body_lines(source: str) -> list[str]:
    """Return the statements of the definition that a source begins with: no docstring, comment or head of a method."""
    own = DOCSTRING.sub("", NEXT_AT_THE_TOP.split(source, maxsplit=1)[0])
    lines = [line.partition("#")[0].strip() for line in own.splitlines()]
    head = next((at for at, line in enumerate(lines) if line.endswith(":")), len(lines))
    return [line for line in lines[head + 1 :] if line and not METHOD_HEAD.fullmatch(line)]
