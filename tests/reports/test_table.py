"""Marks for spreadsheets: every student, every exercise, and no formula."""

import csv
import math

import pytest

from grader.errors import InternalError, UserError
from grader.reports.table import CsvGrades, grades_csv, text_cell

EXERCISE = ["{0}", "{0}_verdict", "{0}_misconception"]


def interrupt(grades, report):
    """Stop after `report`, as Ctrl+C does."""
    grades.add(report)
    raise KeyboardInterrupt


def read(path):
    """Return the rows of a table as a spreadsheet reads them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_a_row_says_what_a_student_came_to(make_report):
    """Fixed columns first, then three per exercise in the order of the course."""
    header, row = grades_csv([make_report()])
    assert header[:5] == ["student", "score", "max_score", "percent", "needs_review"]
    assert header[5:8] == ["weighted_grad", "weighted_grad_verdict", "weighted_grad_misconception"]
    assert row[:5] == ["ada", 4.5, 12, 37.5, "yes"]
    assert row[5:11] == [4, "passed", "", 0.5, "failed", "M05"]


def test_every_row_is_as_wide_as_the_header(make_report):
    """A student without an exercise has empty cells, also where it appeared later."""
    full, empty = make_report(), make_report(exercises=())
    table = grades_csv([empty, full, empty])
    assert {len(row) for row in table} == {5 + 3 * 3}
    assert table[1][5:] == table[3][5:] == [""] * 9


def test_the_order_of_exercises_can_be_fixed(make_report):
    """Named exercises come first, in the order given."""
    (header,) = grades_csv([], ["b", "a", "b"])
    assert [name for name in header[5:] if "_" not in name] == ["b", "a"]
    assert grades_csv([make_report()], ["vjp_matmul"])[0][5] == "vjp_matmul"


def test_nothing_to_earn_has_no_percentage(make_report):
    """A share of nothing is an empty cell."""
    assert grades_csv([make_report(max_score=0)])[1][3] == ""


@pytest.mark.parametrize("start", ["=", "+", "-", "@", " =", "＝"])
def test_a_formula_is_text(start):
    """A leading apostrophe keeps a spreadsheet from running a cell."""
    assert text_cell(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize(("start", "shown"), [("\t", r"\t"), ("\r", r"\x0d")])
def test_a_hidden_start_is_shown(start, shown):
    """A tab or a carriage return does not hide what follows."""
    assert text_cell(f"{start}=1") == f"'{shown}=1"


def test_an_ordinary_name_stays():
    """Names in any script are left alone."""
    assert text_cell("王小明 O'Neill-2") == "王小明 O'Neill-2"


def test_hostile_text_stays_in_its_cell(tmp_path, hostile_report, assert_harmless):
    """Neither quotes nor newlines nor separators break a row, and no cell starts a formula."""
    with CsvGrades(tmp_path / "grades.csv") as grades:
        grades.add(hostile_report)
    assert_harmless((tmp_path / "grades.csv").read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))
    header, row = read(tmp_path / "grades.csv")
    assert len(header) == len(row) == 5 + 3
    assert not [cell for cell in header + row if cell.startswith(("=", "+", "-", "@"))]


def test_the_file_is_the_table(tmp_path, make_report):
    """Appended row by row, the file holds the same table, for Excel with a byte order mark."""
    reports = [make_report(student="a", exercises=()), make_report(student="王")]
    with CsvGrades(tmp_path / "grades.csv") as grades:
        for report in reports:
            grades.add(report)
    assert (tmp_path / "grades.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert read(tmp_path / "grades.csv") == [[str(cell) for cell in row] for row in grades_csv(reports)]


def test_an_interrupted_table_leaves_the_old_one(tmp_path, make_report):
    """A run that ends early replaces nothing."""
    (tmp_path / "grades.csv").write_text("old")
    with pytest.raises(KeyboardInterrupt), CsvGrades(tmp_path / "grades.csv") as grades:
        interrupt(grades, make_report())
    assert (tmp_path / "grades.csv").read_text() == "old"


def test_a_full_disk_leaves_no_half_table(tmp_path, make_report, small_disk):
    """The refusal is one sentence."""
    with (
        small_disk(),
        pytest.raises(UserError, match="could not be written"),
        CsvGrades(tmp_path / "grades.csv") as grades,
    ):
        grades.add(make_report(student="s" * 1000))
    assert list(tmp_path.iterdir()) == []


def test_a_mark_that_is_no_number_is_the_graders_fault(make_report):
    """NaN is no mark."""
    with pytest.raises(InternalError, match="A mark is nan"):
        grades_csv([make_report(score=math.nan)])


def test_each_quiz_has_a_column_before_the_exercises(make_report, quizzes):
    """Its points, or nothing for a student who has no mark for it."""
    header, with_quizzes, without = grades_csv([make_report(quizzes=quizzes), make_report()])
    assert header[5:8] == ["quiz_sums", "quiz_graph", "weighted_grad"]
    assert with_quizzes[5:8] == [1.5, 0, 4]
    assert without[5:8] == ["", "", 4]


def test_hostile_quizzes_stay_in_their_cells(tmp_path, hostile_report, hostile, assert_harmless):
    """A unit's name is a text like any other."""
    with CsvGrades(tmp_path / "grades.csv", quizzes=[hostile]) as grades:
        grades.add(hostile_report)
    assert_harmless((tmp_path / "grades.csv").read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))
    header, row = read(tmp_path / "grades.csv")
    assert len(header) == len(row) == 5 + 1 + 3
    assert row[5] == "0"
    assert not [cell for cell in header + row if cell.startswith(("=", "+", "-", "@"))]
