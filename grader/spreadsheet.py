"""Tables as spreadsheets and course systems write them: CSV in several encodings, with several separators.

Owns how such a file is read, and cells that no spreadsheet runs as a formula, with the way back. Knows no column.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from grader.errors import UserError

BYTE_ORDER_MARK = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # noqa: RUF001 - Excel runs the wide ones too
SAID = re.escape("".join(FORMULA_STARTS))
RISKY = re.compile(rf"'*\s*[{SAID}]")
SEPARATORS = (",", ";", "\t")
LARGEST = 16 << 20
DECLARED = re.compile(r"sep=(.)\r?\n")
"""The line that Excel writes and reads to say which separator follows."""


def safe_cell(text: str) -> str:
    """Return `text` so that no spreadsheet takes it for a formula; `plain_cell` gives it back."""
    return f"'{text}" if RISKY.match(text) else text


def plain_cell(text: str) -> str:
    """Return the text that `safe_cell` was given."""
    return text[1:] if text.startswith("'") and RISKY.match(text) else text


@dataclass(frozen=True)
class Row:
    """One row of a table."""

    line: int
    """The line of the file that it begins on."""
    cells: Mapping[str, str]
    """By the heading as it stands in the file; each cell without the blanks around it."""


@dataclass(frozen=True)
class Table:
    """A table with headings."""

    path: Path
    header: tuple[str, ...]
    rows: tuple[Row, ...]

    def fault(self, problem: str, line: int = 1) -> UserError:
        """Return the error about one line of the file."""
        return fault(self.path, line, problem)


def fault(path: Path, line: int, problem: str) -> UserError:
    """Return the error about one line of a file."""
    return UserError(f"{path}:{line}: {problem}")


def read_table(path: Path, is_heading: Callable[[str], bool]) -> Table:
    """Return the table in a file; its separator is the one that makes the most headings known to `is_heading`."""
    text = decoded(path)
    declared = DECLARED.match(text)
    text = text[declared.end() :] if declared else text
    skipped = 1 if declared else 0
    candidates = [declared[1]] if declared else SEPARATORS
    separator = max(candidates, key=lambda each: sum(map(is_heading, first_row(text, each))))
    lines = parsed(path, text, separator, skipped)
    line, header = next(lines, (1, []))
    header = [cell.strip() for cell in header]
    if not any(header):
        raise fault(path, line, "the file is empty; its first line names the columns")
    check_headings(path, line, [each for each in header if is_heading(each)])
    rows = tuple(Row(number, row(path, number, header, cells)) for number, cells in lines if any(map(str.strip, cells)))
    return Table(path, tuple(header), rows)


def check_headings(path: Path, line: int, headings: Sequence[str]) -> None:
    """Raise for a column that matters and stands twice."""
    for heading in headings:
        if headings.count(heading) > 1:
            raise fault(path, line, f"the column {heading!r} stands twice; remove one")


def row(path: Path, line: int, header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Return a row by its headings; the first of several columns of one name counts."""
    plain = [plain_cell(cell.strip()) for cell in cells]
    if any(plain[len(header) :]):
        raise fault(
            path,
            line,
            f"the line has {len(cells)} cells, and the first line has {len(header)}; "
            "put quotes around a text that holds the separator",
        )
    padded = plain + [""] * (len(header) - len(plain))
    return dict(reversed(list(zip(header, padded, strict=False))))


def first_row(text: str, separator: str) -> list[str]:
    """Return the cells of the first row, as far as `separator` can tell them apart."""
    try:
        return [cell.strip() for cell in next(csv.reader(StringIO(text, newline=""), delimiter=separator), [])]
    except csv.Error:
        return []


def parsed(path: Path, text: str, separator: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line it begins on; UserError where quotes don't match."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1 + skipped
        try:
            cells = next(reader, None)
        except csv.Error as problem:
            raise fault(path, line, f"this is no CSV ({problem}); save the table as CSV anew") from None
        if cells is None:
            return
        yield line, cells


def decoded(path: Path) -> str:
    """Return a file's text: UTF-8, or UTF-16 as Excel writes it; any other encoding would have to be guessed."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as problem:
        raise UserError(f"{path} can't be read ({problem.strerror}); check its name and your rights") from None
    if len(content) > LARGEST:
        raise UserError(f"{path} is larger than {LARGEST >> 20} MiB; give the table of one class alone")
    if content.startswith(b"PK\x03\x04"):
        raise UserError(f"{path} is a workbook or an archive; open it and save the table as CSV (UTF-8)")
    try:
        return content.decode(encoding_of(content)).removeprefix(BYTE_ORDER_MARK)
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        raise fault(path, line, "this is neither UTF-8 nor UTF-16; save the table as CSV UTF-8") from None


def encoding_of(content: bytes) -> str:
    """Return the encoding that a file's first bytes give away."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if content[1:2] == b"\0":
        return "utf-16-le"
    return "utf-16-be" if content[:1] == b"\0" else "utf-8"
