"""The folder of a run: complete, replaceable, and nothing outside of it."""

import errno
import json
import os
from pathlib import Path

import pytest

from grader.errors import SubmissionError, UserError
from grader.reports.folder import FeedbackFolder, read_student, report_files


def interrupt(folder, report):
    """Stop after `report`, as Ctrl+C does."""
    folder.add(report)
    raise KeyboardInterrupt


def names(folder):
    """Return what lies in `folder`, by relative path."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir())


def test_a_run_leaves_its_files(tmp_path, make_report):
    """A page and a record per student, the marks of the class twice."""
    with FeedbackFolder(tmp_path / "deep" / "out", "Autograd", slugs=["vjp_matmul"]) as folder:
        folder.add(make_report(student="ada"))
        folder.add(make_report("zh", student="王小明"))
    out = tmp_path / "deep" / "out"
    pages = [f"{student}/report.{kind}" for student in ("ada", "王小明") for kind in ("html", "json")]
    assert names(out) == sorted([*pages, "grades.csv", "grades.json"])
    assert json.loads((out / "grades.json").read_text(encoding="utf-8"))["course"] == "Autograd"
    assert (out / "grades.csv").read_text(encoding="utf-8-sig").split(",")[5] == '"vjp_matmul"'
    assert '<html lang="zh-CN">' in (out / "王小明" / "report.html").read_text(encoding="utf-8")


def test_a_second_run_replaces_the_first(tmp_path, make_report):
    """New files take the place of old ones; what is foreign stays."""
    (tmp_path / "notes.txt").write_text("mine")
    for score in (1, 2):
        with FeedbackFolder(tmp_path, "Autograd") as folder:
            folder.add(make_report(score=score))
    assert json.loads((tmp_path / "ada" / "report.json").read_text())["score"] == 2
    assert len(json.loads((tmp_path / "grades.json").read_text())["students"]) == 1
    assert names(tmp_path) == ["ada/report.html", "ada/report.json", "grades.csv", "grades.json", "notes.txt"]


def test_what_a_run_left_behind_can_be_read_back(tmp_path, make_report):
    """Every student's record, in the order of their names; what else lies there is no student's."""
    (tmp_path / "notes").mkdir()
    reports = [make_report(student="ada"), make_report("zh", student="王小明")]
    with FeedbackFolder(tmp_path, "Autograd") as folder:
        for report in reversed(reports):
            folder.add(report)
    assert [read_student(path) for path in report_files(tmp_path)] == reports


@pytest.mark.parametrize("place", ["ada-old", "Ada"])
def test_a_record_in_another_students_folder_is_told(tmp_path, make_report, place):
    """A copy would stand for the student twice."""
    with FeedbackFolder(tmp_path, "Autograd") as folder:
        folder.add(make_report(student="ada"))
    (tmp_path / "ada").rename(tmp_path / place)
    (path,) = report_files(tmp_path)
    with pytest.raises(UserError, match=rf"{place}.report\.json is the report of 'ada'; remove the copy"):
        read_student(path)


def test_a_folder_that_no_run_left_behind_is_told(tmp_path):
    """Whether it is empty or not there."""
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(UserError, match="holds no student's report"):
            report_files(folder)


@pytest.mark.parametrize(
    "student",
    [
        "",
        ".",
        "..",
        "../x",
        "a/b",
        "a\\b",
        "/etc",
        "C:x",
        ".hidden",
        "a\nb",
        "\u202ea",
        "a\udc80",
        "grades.csv",
        "grades.json",
    ],
)
def test_a_name_that_leaves_the_folder_is_refused(tmp_path, make_report, student):
    """One student's name can't be a path, and costs that student alone."""
    with FeedbackFolder(tmp_path / "out", "Autograd") as folder:
        with pytest.raises(SubmissionError, match="can't be a student's folder"):
            folder.add(make_report(student=student))
        folder.add(make_report())
    assert names(tmp_path) == [
        "out/ada/report.html",
        "out/ada/report.json",
        "out/grades.csv",
        "out/grades.json",
    ]


def test_a_name_too_long_for_the_system_is_the_students(tmp_path, make_report):
    """Names are measured in bytes, as the system measures them."""
    with FeedbackFolder(tmp_path, "Autograd") as folder, pytest.raises(SubmissionError):
        folder.add(make_report(student="王" * 100))


def test_a_planted_link_is_refused(tmp_path, make_report):
    """A link in the place of a student's folder leads nowhere."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "ada").symlink_to(elsewhere)
    with (
        FeedbackFolder(tmp_path / "out", "Autograd") as folder,
        pytest.raises(UserError, match="symbolic link"),
    ):
        folder.add(make_report())
    assert list(elsewhere.iterdir()) == []


def test_planted_links_to_files_are_replaced(tmp_path, make_report):
    """What links in the place of files point to stays as it was."""
    precious = tmp_path / "precious"
    precious.write_text("mine")
    (tmp_path / "out" / "ada").mkdir(parents=True)
    for name in ("ada/report.json", "ada/report.html", "grades.csv", "grades.json"):
        (tmp_path / "out" / name).symlink_to(precious)
    with FeedbackFolder(tmp_path / "out", "Autograd") as folder:
        folder.add(make_report())
    assert precious.read_text() == "mine"
    assert not [path for path in (tmp_path / "out").rglob("*") if path.is_symlink()]


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path, make_report):
    """Both the folder of the run and that of a student may be in use as files."""
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="in the way"):
        FeedbackFolder(tmp_path / "file", "Autograd").__enter__()
    with pytest.raises(UserError, match="is a file"):
        FeedbackFolder(tmp_path / "file" / "out", "Autograd").__enter__()
    (tmp_path / "ada").write_text("")
    with FeedbackFolder(tmp_path, "Autograd") as folder, pytest.raises(UserError, match="in the way"):
        folder.add(make_report())


def test_a_forbidden_folder_is_told(tmp_path, monkeypatch):
    """A folder that may not be written is named before any student is graded."""

    def refuse(*_arguments, **_options):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(UserError, match="may not write there"):
        FeedbackFolder(tmp_path / "out", "Autograd").__enter__()


def test_a_full_disk_leaves_no_half_written_file(tmp_path, make_report, small_disk):
    """The run ends with a sentence, and no file is half of itself."""
    with (
        small_disk(),
        pytest.raises(UserError, match="could not be written"),
        FeedbackFolder(tmp_path, "Autograd") as folder,
    ):
        folder.add(make_report())
    assert names(tmp_path) == []


def test_an_interrupted_run_keeps_what_was_whole(tmp_path, make_report):
    """Students who were done have their reports; the class has no marks yet."""
    with pytest.raises(KeyboardInterrupt), FeedbackFolder(tmp_path, "Autograd") as folder:
        interrupt(folder, make_report())
    assert names(tmp_path) == ["ada/report.html", "ada/report.json"]
