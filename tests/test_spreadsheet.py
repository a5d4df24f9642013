"""Tables as spreadsheets write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import UserError
from grader.spreadsheet import plain_cell, read_table, safe_cell

TEXT = 'id,name\r\n1,"Chen, Mei"\r\n\r\n2,José\r\n'


def known(heading: str) -> bool:
    return heading in {"id", "name"}


def written(folder: Path, content: bytes) -> Path:
    path = folder / "table.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("text", ["=1+1", "'=1", "''@x", " -1", "＝A1", "'t Hooft", "Mei", "", "+49 30"])
def test_a_cell_comes_back_as_it_was(text):
    """A safe cell begins with nothing that a spreadsheet runs, and gives its text back."""
    safe = safe_cell(text)
    assert not safe.lstrip().startswith(("=", "+", "-", "@", "＝"))
    assert plain_cell(safe) == text


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.replace("1,", "1;").replace("2,", "2;").replace("id,", "id;").encode("utf-8-sig"),
        b"sep=;\r\n" + TEXT.replace("1,", "1;").replace("2,", "2;").replace("id,", "id;").encode(),
        TEXT.replace("1,", "1\t").replace("2,", "2\t").replace("id,", "id\t").encode("utf-16"),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-le", "utf-16-be", "semicolons", "sep", "excel-unicode"],
)
def test_every_usual_form_is_read_alike(tmp_path, content):
    """Encodings and separators of spreadsheets make no difference."""
    table = read_table(written(tmp_path, content), known)
    assert [(row.cells["id"], row.cells["name"]) for row in table.rows] == [("1", "Chen, Mei"), ("2", "José")]


def test_a_row_knows_its_line(tmp_path):
    """A text of two lines and an empty line do not shift the lines that follow."""
    table = read_table(written(tmp_path, b'id,name\n1,"two\nlines"\n\n2,x\n'), known)
    assert [row.line for row in table.rows] == [2, 5]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"id,name\n1,Chen, Mei\n", ":2: the line has 3 cells"),
        (b'id,name\n1,"Mei\n', ":2: this is no CSV"),
        (b"", ":1: the file is empty"),
        (b"id,name,id\n1,Mei,2\n", ":1: the column 'id' stands twice"),
        ("id,name\n1,Jos\xe9\n".encode("latin-1"), ":2: this is neither UTF-8 nor UTF-16"),
        (b"PK\x03\x04rest", "is a workbook"),
    ],
)
def test_a_fault_is_one_sentence_with_its_line(tmp_path, content, said):
    """What can't be read is told by file and line."""
    with pytest.raises(UserError) as caught:
        read_table(written(tmp_path, content), known)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_told(tmp_path):
    """A file that is not there is one sentence."""
    with pytest.raises(UserError, match="can't be read"):
        read_table(tmp_path / "none.csv", known)
