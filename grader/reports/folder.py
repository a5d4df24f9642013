"""The folder that a grading run leaves behind: a page and a record per student, the marks of the class.

Owns the folder's layout, and that nothing outside of it is ever written.
Knows nothing of what the views look like.

    <out>/<student>/report.json   <out>/<student>/report.html   <out>/grades.csv   <out>/grades.json
"""

from __future__ import annotations

import contextlib
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from grader.atomic import disk_errors, replacing
from grader.errors import SubmissionError, UserError
from grader.reports import plaintext
from grader.reports.html import Pages
from grader.reports.jsonfile import GradesJson, read_report, write_report
from grader.reports.table import CsvGrades
from grader.results.report import Report

GRADES_CSV = "grades.csv"
GRADES_JSON = "grades.json"
REPORT_JSON = "report.json"
REPORT_HTML = "report.html"
ROSTER_CSV = "roster.csv"
CLASS_HTML = "class.html"
ANONYMOUS_HTML = "class-anonymous.html"
INDEX_HTML = "index.html"
RESERVED = frozenset({"", GRADES_CSV, GRADES_JSON, ROSTER_CSV, CLASS_HTML, ANONYMOUS_HTML, INDEX_HTML})
LONGEST_NAME = 255


class FeedbackFolder:
    """Writes the feedback of a class, one report at a time, into a folder that may hold an earlier run's.

    What a student had before is replaced file by file; other students' folders and foreign files stay.
    `grades.csv` and `grades.json` appear when the `with` block ends well.
    """

    def __init__(
        self,
        out: Path,
        course_title: str,
        *,
        slugs: Iterable[str] = (),
        quizzes: Iterable[str] = (),
        has_class_columns: bool = False,
    ) -> None:
        """Write into `out`; `slugs` and `quizzes` fix the order of the columns in `grades.csv`."""
        self.out = out
        self.has_class_columns = has_class_columns
        self.course_title = course_title
        self.slugs = tuple(slugs)
        self.quizzes = tuple(quizzes)
        self.pages = Pages()
        self.opened = contextlib.ExitStack()

    def add(self, report: Report) -> None:
        """Write the files of one student.

        SubmissionError for a name that can't be a folder, UserError where the disk refuses.
        """
        check_name_is_one_folder(report.student)
        folder = student_folder(self.out, report.student)
        write_report(report, folder / REPORT_JSON)
        with replacing(folder / REPORT_HTML) as file:
            file.write(self.pages.render(report))
        self.list(report)

    def list(self, report: Report) -> None:
        """Put a student whose files are there already into the marks of the class."""
        self.csv.add(report)
        self.json.add(report)

    def __enter__(self) -> Self:
        """Make the folder; UserError where it is a file or can't be written."""
        with disk_errors(self.out):
            self.out.mkdir(parents=True, exist_ok=True)
        with contextlib.ExitStack() as opened:
            grades = CsvGrades(
                self.out / GRADES_CSV, self.slugs, self.quizzes, has_class_columns=self.has_class_columns
            )
            self.csv = opened.enter_context(grades)
            self.json = opened.enter_context(GradesJson(self.out / GRADES_JSON, self.course_title))
            self.opened = opened.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish the marks of the class, or drop them where the block raised."""
        self.opened.__exit__(kind, error, trace)


def check_name_is_one_folder(student: str) -> None:
    """Raise SubmissionError unless `student` names one folder inside another, whatever the system."""
    deceptive = plaintext.line(student, limit=LONGEST_NAME) != student
    outside = student.startswith(".") or any(separator in student for separator in "/\\:")
    if student in RESERVED or deceptive or outside or len(student.encode()) > LONGEST_NAME:
        raise SubmissionError(
            f"{plaintext.line(student)!r} can't be a student's folder; "
            "give the submission a name of letters and digits."
        )


def student_folder(out: Path, student: str) -> Path:
    """Return the folder of `student` in `out`, made if need be; UserError where a link has its name."""
    folder = out / student
    if folder.is_symlink():
        raise UserError(f"{folder} is a symbolic link, which is never followed; remove it and run again.")
    with disk_errors(folder):
        folder.mkdir(exist_ok=True)
    return folder


def report_files(out: Path) -> list[Path]:
    """Return the record of every student in a folder that runs left behind; UserError where there is none."""
    found = sorted(out.glob(f"*/{REPORT_JSON}"))
    if not found:
        raise UserError(f"{out} holds no student's {REPORT_JSON}; name the folder that `grader grade` wrote with --out")
    return found


def read_student(path: Path) -> Report:
    """Return one student's record; UserError for a broken one, and for one that lies in another student's folder."""
    report = read_report(path)
    if report.student != unicodedata.normalize("NFC", path.parent.name):
        raise UserError(f"{path} is the report of {plaintext.line(report.student)!r}; remove the copy and run again")
    return report
