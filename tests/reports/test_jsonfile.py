"""Reports as JSON: strict, whole, and safe to print."""

import json
import math

import pytest

from grader.errors import InternalError, UserError
from grader.reports.jsonfile import GradesJson, read_report, report_json, write_report
from grader.results.report import ClassReport, Report


def interrupt(grades, report):
    """Stop after `report`, as Ctrl+C does."""
    grades.add(report)
    raise KeyboardInterrupt


def strict(text):
    """Return `text` decoded, refusing what JSON does not know."""

    def refuse(name):
        raise AssertionError(name)

    return json.loads(text, parse_constant=refuse)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_report_survives_the_file(tmp_path, make_report, language):
    """The record that is read back equals the one written."""
    report = make_report(language, student="王小明")
    write_report(report, tmp_path / "report.json")
    text = (tmp_path / "report.json").read_text(encoding="utf-8")
    assert Report.model_validate_json(text) == read_report(tmp_path / "report.json") == report
    assert "王小明" in text


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"version": 3}, "version must be 2, not 3"),
        ({"version": 1, "student": 7}, "student must be a text, not 7"),
        ({"student": 7}, "student must be a text, not 7"),
        ({"extra\x1b[2J\n": 1}, r"extra\x1b[2J\n is not a known key"),
        ({"exercises": [{}]}, "exercises.0.slug is missing"),
        ({"score": "NaN"}, "score must be a finite number, not 'NaN'"),
    ],
)
def test_a_file_that_is_no_report_is_told(tmp_path, make_report, change, what):
    """By its name and what is wrong with it, in one line that steers no terminal."""
    path = tmp_path / "report.json"
    path.write_text(json.dumps({**json.loads(report_json(make_report())), **change}), encoding="utf-8")
    with pytest.raises(UserError) as told:
        read_report(path)
    assert str(told.value) == f"{path} is no report ({what}); grade that submission again"


def test_a_file_that_is_no_json_is_told(tmp_path):
    """With the place where it breaks."""
    path = tmp_path / "report.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(UserError, match=r"report\.json is no report \(Expecting property name .*line 1 column 2"):
        read_report(path)


def test_a_report_that_is_not_there_is_told(tmp_path):
    """With the system's own reason."""
    with pytest.raises(UserError, match=r"report\.json can't be read: No such file or directory; mend it"):
        read_report(tmp_path / "report.json")


def test_hostile_text_is_data_and_nothing_more(hostile_report, hostile, assert_harmless):
    """Every character survives but a lone surrogate, and printing the file steers no terminal."""
    text = report_json(hostile_report)
    assert_harmless(text)
    assert strict(text)["student"] == hostile.replace("\udc80", r"\udc80")
    assert Report.model_validate_json(text).exercises[0].slug == hostile.replace("\udc80", r"\udc80")


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_number_that_json_lacks_is_the_graders_fault(make_report, value):
    """NaN and infinity are refused with the student's name."""
    with pytest.raises(InternalError, match="'ada' holds a number that is not finite"):
        report_json(make_report(score=value))


@pytest.mark.parametrize("students", [0, 1, 3])
def test_a_class_is_one_record(tmp_path, make_report, students):
    """`grades.json` is strict JSON for any number of students."""
    with GradesJson(tmp_path / "grades.json", 'A "course"') as grades:
        for index in range(students):
            grades.add(make_report(student=f"s{index}"))
    text = (tmp_path / "grades.json").read_text(encoding="utf-8")
    assert list(strict(text)) == ["version", "course", "students"]
    record = ClassReport.model_validate_json(text)
    assert record.course == 'A "course"'
    assert [report.student for report in record.students] == [f"s{index}" for index in range(students)]


def test_an_interrupted_class_leaves_the_old_file(tmp_path, make_report):
    """A run that ends early gives no file a half-written class."""
    path = tmp_path / "grades.json"
    path.write_text("old")
    with pytest.raises(KeyboardInterrupt), GradesJson(path, "c") as grades:
        interrupt(grades, make_report())
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_no_half_class(tmp_path, make_report, small_disk):
    """The refusal is one sentence, and the folder stays empty."""
    with (
        small_disk(),
        pytest.raises(UserError, match="could not be written"),
        GradesJson(tmp_path / "grades.json", "c") as grades,
    ):
        grades.add(make_report())
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_no_half_report(tmp_path, make_report, small_disk):
    """A single report is whole or absent too."""
    with small_disk(), pytest.raises(UserError, match="could not be written"):
        write_report(make_report(), tmp_path / "report.json")
    assert list(tmp_path.iterdir()) == []


def test_a_quiz_survives_the_file(make_report, quizzes):
    """Every answer comes back as it was."""
    report = make_report(quizzes=quizzes)
    assert Report.model_validate_json(report_json(report)) == report


def test_a_hostile_quiz_is_data_and_nothing_more(hostile_report, hostile):
    """What a student answered comes back, but for a lone surrogate."""
    answer = Report.model_validate_json(report_json(hostile_report)).quizzes[0].answers[0]
    assert answer.given == answer.options[0] == hostile.replace("\udc80", r"\udc80")
