"""`grader grade`: a class graded into a folder of feedback."""

import csv
import json
import re
import shutil
import stat
from pathlib import Path

import pytest

from grader.cli.class_feedback import log_traces
from grader.grading import grade_all, reception
from grader.reports.jsonfile import read_report
from grader.results.facts import CheckFacts, ExerciseFacts
from grader.results.report import ClassReport, Report
from grader.wording.message import message

ASKING_TO_BREAK = """
right = weighted_grad


def weighted_grad(f, x, v):
    return 0 * x.detach() + 902.0 if x.tolist() == [1.25] else right(f, x, v)
"""


def names(folder):
    """Return what lies in `folder`, by relative path."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.usefixtures("breakable")
def test_a_class_with_an_internal_verdict_waits_for_a_human(process, students, copied, files):
    """Exit code 1, marks for everyone, and the traceback is in internal.log alone."""
    (students / "cleo.py").write_text(files.solution.read_text(encoding="utf-8") + ASKING_TO_BREAK, "utf-8")
    ended = process("grade", "class", "--out", "marks", "--jobs", "1", "--json")
    out = copied / "marks"
    assert ended.code == 1, ended.err
    graded = ClassReport.model_validate_json(ended.out)
    marks = {report.student: (report.score, report.max_score, report.needs_review) for report in graded.students}
    assert marks == {"ada": (5, 7, False), "bob": (0, 7, False), "cleo": (4, 6, True)}
    pages = [f"{name}/report.{kind}" for name in ("ada", "bob", "cleo") for kind in ("html", "json")]
    assert names(out) == sorted([*pages, ".pages.json", "grades.csv", "grades.json", "internal.log"])
    log = (out / "internal.log").read_text(encoding="utf-8")
    assert log.startswith("== cleo\nTraceback (most recent call last):")
    assert "RuntimeError: broken on purpose: hidden words of the judge" in log
    for page in ("report.html", "report.json"):
        text = (out / "cleo" / page).read_text(encoding="utf-8")
        assert "hidden words" not in text
        assert "The grader itself failed here; this costs you nothing" in text


def test_a_class_is_graded(grader, rehearsal, students, copied):
    """Exit code 0, a report per student, the marks of the class, and a table that says where they lie."""
    ended = grader("grade", students, "--out", "marks")
    assert ended.code == 0
    assert "feedback: marks" in ended.out
    assert "2 students" in ended.out
    with (copied / "marks" / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row[0].strip("'\"") for row in csv.reader(file)][1:] == ["ada", "bob"]
    assert json.loads((copied / "marks" / "ada" / "report.json").read_text(encoding="utf-8"))["student"] == "ada"
    assert not (copied / "marks" / "internal.log").exists()
    assert len(rehearsal.started) == 1


def test_a_run_tells_what_it_took(grader, rehearsal, students, copied):
    """One line for people, and for programs a log of events that the next run adds to."""
    for _ in range(2):
        ended = grader("grade", students, "--out", "marks", "--log", "run.log")
    assert re.search(r"2 graded in \d+\.\d s: start-up \d+\.\d s, judging \d+\.\d s, writing \d+\.\d s", ended.err)
    events = [json.loads(line) for line in (copied / "run.log").read_text(encoding="utf-8").splitlines()]
    assert [each["event"] for each in events] == ["begun", "graded", "graded", "timing"] * 2
    assert {each["student"] for each in events if each["event"] == "graded"} == {"ada", "bob"}
    assert events[-1]["students"] == 2
    assert rehearsal.started


def test_verbose_tells_it_on_the_way(grader, rehearsal, students):
    """On the error stream, beside JSON that a program reads."""
    ended = grader("grade", students, "--json", "--verbose")
    assert "graded: student=ada" in ended.err
    assert len(json.loads(ended.out)["students"]) == 2
    assert rehearsal.started


def test_one_file_is_one_submission(grader, rehearsal, students):
    """A path to one student's file grades that student; --json prints nothing but the marks."""
    ended = grader("grade", students / "ada.py", "--json")
    assert [report["student"] for report in json.loads(ended.out)["students"]] == ["ada"]
    assert rehearsal.started[0].options.names == ()


def test_feedback_goes_to_a_folder_of_that_name_by_default(grader, rehearsal, students, copied):
    """Without --out the feedback lies where the command was given."""
    grader("grade", students)
    assert rehearsal.started
    assert (copied / "feedback" / "grades.csv").is_file()


def test_an_internal_verdict_ends_with_exit_code_1(grader, rehearsal, students, copied):
    """The marks are there, and a script sees that somebody must look at them."""
    rehearsal.internal = {"bob"}
    ended = grader("grade", students, "--out", "marks")
    assert ended.code == 1
    assert "1 waits for review" in ended.out
    assert (copied / "marks" / "internal.log").read_text(encoding="utf-8") == "== bob\nTraceback of bob\n"


def test_the_options_of_the_command_reach_the_run(grader, rehearsal, students):
    """Exercises, jobs and isolation are those that were asked for."""
    grader("grade", students, "-e", "weighted_grad", "--jobs", "1", "--isolation", "process")
    (run,) = rehearsal.started
    assert (run.options.names, run.jobs) == (("weighted_grad",), 1)
    assert run.options.isolation == "process"


@pytest.mark.parametrize(("given", "cores", "jobs"), [("0", 2, 2), ("0", 9, 3), ("9", 1, 3), ("2", 9, 2)])
def test_there_is_a_judge_per_core_and_none_without_work(  # noqa: PLR0913, PLR0917 - fixtures beside what varies
    grader, rehearsal, students, monkeypatch, given, cores, jobs
):
    """Unless --jobs says otherwise, every core is used; three submissions need three judges at the most."""
    shutil.copy(students / "ada.py", students / "cleo.py")
    monkeypatch.setattr(grade_all, "cores", lambda: cores)
    grader("grade", students, "--jobs", given)
    assert rehearsal.started[0].jobs == jobs


@pytest.mark.usefixtures("students")
@pytest.mark.parametrize(
    ("policy", "told"),
    [
        ("{level: visible}", (True, "visible")),
        ("{level: hidden}", (False, "hidden")),
        ("{level: after_due, due: 2000-01-01T00:00:00Z}", (True, "after_due")),
        ("{level: after_due, due: 2999-01-01T00:00:00Z}", (False, "after_due")),
        ("{level: after_published}", (False, "after_published")),
        ("{level: after_published, published: true}", (True, "after_published")),
    ],
)
def test_how_much_is_told_is_the_courses_policy(grader, rehearsal, files, policy, told):
    """The feedback level of config.yaml decides, by today's date."""
    text = files.config.read_text(encoding="utf-8")
    assert "feedback:\n  level: visible\n" in text
    text = text.replace("feedback:\n  level: visible\n", f"feedback: {policy}\n")
    files.config.write_text(text, encoding="utf-8")
    finding, brief = message("judge.part", path=".told"), message("judge.brief_failed")
    check = CheckFacts(id="a", part="edges", points=0, max_points=1, verdict="failed", finding=finding, brief=brief)
    rehearsal.exercises = (ExerciseFacts(slug="weighted_grad", verdict="failed", checks=(check,)),)
    grader("grade", "class")
    report = read_report(next(Path("feedback").glob("*/report.json")))
    assert (".told" in report.exercises[0].checks[0].message, report.feedback) == told


@pytest.mark.usefixtures("rehearsal")
def test_the_language_is_the_courses_unless_it_is_given(grader, students, files):
    """A Chinese course has Chinese reports without further ado."""
    text = files.config.read_text(encoding="utf-8").replace("language: en", "language: zh")
    files.config.write_text(text, encoding="utf-8")
    said = [json.loads(grader("grade", students, "--json", *more).out) for more in ((), ("--lang", "en"))]
    assert [{each["language"] for each in grades["students"]} for grades in said] == [{"zh"}, {"en"}]
    assert [grades["course"][:2] for grades in said] == ["自动", "Au"]


def test_the_secret_is_kept_for_the_next_run(grader, rehearsal, students, copied):
    """Both runs draw the same probes, by a file that only its owner reads."""
    grader("grade", students)
    grader("grade", students)
    first, second = (run.options.secret for run in rehearsal.started)
    assert first == second
    assert stat.S_IMODE((copied / ".grader" / "secret").stat().st_mode) == 0o600


def test_a_report_reads_back_as_what_it_was(grader, rehearsal, students, copied):
    """report.json holds the whole record."""
    rehearsal.internal = {"ada"}
    grader("grade", students)
    text = (copied / "feedback" / "ada" / "report.json").read_text(encoding="utf-8")
    report = Report.model_validate_json(text)
    assert (report.student, report.needs_review) == ("ada", True)


@pytest.mark.parametrize("name", ["grades.csv", "grades.json", "internal.log"])
def test_no_students_name_is_in_the_way_of_the_class(grader, rehearsal, students, copied, name):
    """A folder named as one of the run's own files is a submission like any other, and costs nobody the marks."""
    (students / name).mkdir()
    shutil.copy(students / "ada.py", students / name / "weighted_grad.py")
    rehearsal.internal = {"bob"}
    ended = grader("grade", students)
    assert ended.code == 1, ended.err
    graded = ClassReport.model_validate_json((copied / "feedback" / "grades.json").read_text(encoding="utf-8"))
    assert len(graded.students) == 3
    assert (copied / "feedback" / "internal.log").is_file()


@pytest.mark.usefixtures("rehearsal")
def test_a_submission_that_is_missing_is_told(refused):
    """The message says what to give instead."""
    assert refused("grade", "nobody") == "there is no nobody; give a folder of submissions, or one submission"


@pytest.mark.usefixtures("rehearsal")
def test_an_unknown_exercise_is_told(refused, students, files):
    """-e takes the slugs and units of the course alone."""
    expected = f"there is no exercise or unit 'sums' in {files.config}; the course has weighted_grad, weights"
    assert refused("grade", students, "-e", "sums") == expected


@pytest.mark.usefixtures("rehearsal")
def test_an_empty_class_is_told(refused, copied):
    """A folder without submissions is the user's mistake, not an empty table of marks."""
    (copied / "class").mkdir()
    assert refused("grade", "class").startswith("class holds no submissions: put a folder or a file ending in")


@pytest.mark.usefixtures("rehearsal")
@pytest.mark.parametrize(
    ("out", "words"),
    [
        ("config.yaml", "config.yaml could not be written: a file of that name is in the way"),
        ("config.yaml/out", "config.yaml/out could not be written: a part of the path is a file"),
        ("n" * 300, "could not be written: the name is too long; choose a shorter one"),
    ],
)
def test_a_folder_that_cannot_be_made_is_told_before_anybody_is_graded(refused, students, out, words):
    """One sentence says what is in the way and what to do."""
    assert words in refused("grade", students, "--out", out)


@pytest.mark.usefixtures("rehearsal")
def test_a_folder_that_may_not_be_written_is_told(refused, students, copied, monkeypatch):
    """The system's refusal becomes a sentence with a remedy."""
    out = copied / "marks"

    def refuse(path, *_arguments, **_options):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(type(out), "mkdir", refuse)
    monkeypatch.setenv("GRADER_SECRET", "given")
    expected = "marks could not be written: you may not write there; choose another folder or change its permissions."
    assert refused("grade", students, "--out", "marks") == expected


def test_an_entry_that_our_own_reading_breaks_on_costs_nobody_else(grader, rehearsal, students, monkeypatch, copied):
    """Its report is internal with the traceback in the log, and the others are graded as ever."""
    read = reception.read_submission

    def breaks(entry, wanted):
        return 1 / 0 if entry.student == "ada" else read(entry, wanted)

    monkeypatch.setattr(reception, "read_submission", breaks)
    ended = grader("grade", students)
    assert (ended.code, len(rehearsal.started)) == (1, 1)
    graded = ClassReport.model_validate_json((copied / "feedback" / "grades.json").read_text(encoding="utf-8"))
    assert {each.student: each.needs_review for each in graded.students} == {"ada": True, "bob": False}
    assert "ZeroDivisionError" in (copied / "feedback" / "internal.log").read_text(encoding="utf-8")


def test_tracebacks_are_added_to_the_log(tmp_path):
    """The log holds every run's internal verdicts, by student; without any there is no log."""
    log_traces(tmp_path, "ada", ())
    assert not (tmp_path / "internal.log").exists()
    log_traces(tmp_path, "ada", ("first", "second"))
    log_traces(tmp_path, "王小明", ("third",))
    text = (tmp_path / "internal.log").read_text(encoding="utf-8")
    assert text == "== ada\nfirst\n== ada\nsecond\n== 王小明\nthird\n"


def test_a_traceback_may_hold_any_characters(tmp_path):
    """A lone surrogate, which UTF-8 can't hold, is written in another way and ends no run."""
    log_traces(tmp_path, "ada", ("broken \udc80 text",))
    assert "broken" in (tmp_path / "internal.log").read_text(encoding="utf-8")
