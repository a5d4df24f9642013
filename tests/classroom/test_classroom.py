"""The sample class, graded as an instructor would, against the marks that it must get."""

from __future__ import annotations

import csv
import io
import json
import os
import runpy
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest
import yaml
from incubator import warm_command

from grader.catalogue.rules import CANARY

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SUBMISSIONS = HERE / "submissions"
COURSE = HERE / "course.yaml"
EXPECTED = yaml.safe_load((HERE / "expected.yaml").read_text(encoding="utf-8"))
SCHEMAS = ROOT / "grader" / "reports" / "schema"
MAKER = runpy.run_path(str(HERE / "make_archives.py"))
ANSWERS = runpy.run_path(str(HERE / "make_answers.py"))
SECRET, SHEETS = ANSWERS["SECRET"], ANSWERS["sheets"]()
BUILT, BOMB = MAKER["archives"](), MAKER["BOMB"]
DRAWN_ANEW = ("hiroshi_tanaka", "katya_ivanova.py", "nadia_rahman.zip", "wanjiru_kamau", "王小明.ipynb")
"""Submissions whose marks hang on random probes, or must not."""


@dataclass(frozen=True)
class Run:
    """What a run of `grader grade` left behind."""

    out: Path
    exit_code: int
    printed: str

    def report(self, student):
        """Return the record of one student."""
        return json.loads((self.out / student / "report.json").read_text(encoding="utf-8"))


def grade(submissions, out, *, secret, jobs=0):
    """Grade a folder of submissions as from the command line."""
    options = ["--course", str(COURSE), "--out", str(out), "--jobs", str(jobs)]
    command = [*warm_command(), "grade", str(submissions), *options]
    environment = {**os.environ, "GRADER_SECRET": secret, "GRADER_STORE": str(out.parent / f"{out.name}.db")}
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return Run(out, ended.returncode, ended.stdout + ended.stderr)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """The whole class, graded once."""
    return grade(SUBMISSIONS, tmp_path_factory.mktemp("class") / "feedback", secret=SECRET)


@pytest.fixture
def marks(sample_course):
    """A function from a report to the student's marks, in the form of `wanted`."""

    def of(report):
        found = {each["slug"]: (each["score"], each["verdict"], named(each)) for each in report["exercises"]}
        quiz = sum(each["score"] for each in report["quizzes"])
        return {"score": report["score"], "quiz": pytest.approx(quiz, abs=2e-4), **found}

    def named(exercise):
        if exercise["misconception"]:
            return exercise["misconception"]
        titles = {each: known.title.in_language("en") for each, known in sample_course.misconceptions.items()}
        return sorted(each for each, title in titles.items() if title in exercise["diagnosis"]) or None

    return of


@pytest.fixture
def wanted(sample_course):
    """A function from a student to the expected marks: of all, of the quizzes, and of every exercise with verdict."""

    def of(student):
        line = EXPECTED[student]
        found = {slug: line.get(slug, line.get("all", (points, "passed"))) for slug, points in worth.items()}
        rest = {"score": line["score"], "quiz": line.get("quiz", 0)}
        return {**rest, **{slug: complete(*given) for slug, given in found.items()}}

    def complete(score, verdict, misconception=None):
        return score, verdict, sorted(misconception) if isinstance(misconception, list) else misconception

    worth = {entry.slug: entry.points for unit in sample_course.config.units for entry in unit.exercises}
    return of


@pytest.mark.parametrize("student", EXPECTED)
def test_student_gets_the_marks_that_the_contract_demands(run, marks, wanted, student):
    """Score, verdict and named misconception of each exercise are the expected ones."""
    assert marks(run.report(student)) == wanted(student)


@pytest.mark.parametrize("student", [student for student, line in EXPECTED.items() if "remark" in line])
def test_answers_that_do_not_count_are_told(run, student):
    """The student reads what is wrong with the answers, and the rest of the work is graded all the same."""
    report = run.report(student)
    quizzes = [
        words for quiz in report["quizzes"] for words in (quiz["message"], *(a["message"] for a in quiz["answers"]))
    ]
    assert EXPECTED[student]["remark"] in "\n".join([report["message"], *quizzes])


def test_a_student_without_answers_is_told_how_to_give_some(run):
    """Each quiz counts in full, with nothing earned and one sentence that says why."""
    for student in EXPECTED.keys() - SHEETS.keys():
        unread = "unread" in EXPECTED[student].get("all", ())
        for quiz in run.report(student)["quizzes"]:
            assert (quiz["score"], quiz["answers"]) == (0, [])
            assert (quiz["max_score"] > 0) != unread
            assert quiz["message"], student


def test_wrong_answers_are_explained(run):
    """Each answer that a misconception gives carries its name; there is one for every question answered so."""
    answers = [each for quiz in run.report("liam_obrien")["quizzes"] for each in quiz["answers"]]
    wrong = [each for each in answers if each["verdict"] == "wrong"]
    asked = list(ANSWERS["Student"]("liam_obrien").variants("weights", "accumulation"))
    assert len(wrong) == sum(each.question.kind in ANSWERS["WHOLE"] for each in asked)
    assert all(each["misconception"] and each["misconception_explanation"] for each in wrong)


def test_class_is_graded_to_the_end(run):
    """Nothing in the class breaks the grader; who waits for a person handed in what nobody can read."""
    assert run.exit_code == 1, run.printed
    unread = {student for student, line in EXPECTED.items() if any("unread" in each for each in given(line))}
    unread.add("petra_novotna")  # her answers are a bomb of YAML
    with (run.out / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["student"] for row in csv.DictReader(file) if row["needs_review"] == "yes"} == unread
    told = run.printed[run.printed.index("Waiting for a person:") :]
    assert [student for student in unread if f"  {student}: " not in told] == []


def given(line):
    """Return the marks of exercises in a line of expectations."""
    return [each for each in line.values() if isinstance(each, list)]


def test_everybody_gets_everything(run):
    """Each student has a page and a record, and a row in each table of marks, with the same score."""
    with (run.out / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["student"]: float(row["score"]) for row in csv.DictReader(file)}
    grades = json.loads((run.out / "grades.json").read_text(encoding="utf-8"))
    scores = {student: run.report(student)["score"] for student in EXPECTED}
    assert rows == scores
    assert {each["student"]: each["score"] for each in grades["students"]} == scores
    assert {path.name for path in run.out.iterdir() if path.is_dir()} == set(EXPECTED)
    assert all(student in (run.out / student / "report.html").read_text(encoding="utf-8") for student in EXPECTED)


def test_records_keep_their_schema(run):
    """Every report.json, and grades.json, is valid by the schema that the package ships."""
    schemas = {name: json.loads((SCHEMAS / f"{name}.schema.json").read_text()) for name in ("report", "grades")}
    for student in EXPECTED:
        jsonschema.validate(run.report(student), schemas["report"])
    grades = json.loads((run.out / "grades.json").read_text(encoding="utf-8"))
    jsonschema.validate(grades, schemas["grades"])


def test_every_lost_point_is_explained(run):
    """A check that gave no points says why, and an exercise without a file says what is wrong with the file."""
    for student in EXPECTED:
        for exercise in run.report(student)["exercises"]:
            lost = [check for check in exercise["checks"] if check["verdict"] != "passed"]
            assert all(check["message"] for check in lost), (student, exercise["slug"])
            if lost and all(check["verdict"] == "skipped" for check in lost):
                assert exercise["message"], (student, exercise["slug"])


def test_feedback_holds_nothing_withheld(run):
    """No file of the feedback carries the line that marks solutions and hidden tests."""
    files = [path for path in run.out.rglob("*") if path.is_file()]
    assert len(files) >= 2 * len(EXPECTED) + 2
    assert [path for path in files if CANARY.encode() in path.read_bytes()] == []


def test_another_secret_gives_the_same_marks(tmp_path, marks, wanted):
    """Other random probes find the same mistakes and name the same misconceptions."""
    folder = tmp_path / "submissions"
    folder.mkdir()
    for name in DRAWN_ANEW:
        copy = shutil.copytree if (SUBMISSIONS / name).is_dir() else shutil.copy
        copy(SUBMISSIONS / name, folder / name)
    other = grade(folder, tmp_path / "feedback", secret="another classroom", jobs=1)
    students = [name.partition(".")[0] for name in DRAWN_ANEW]
    assert {each: marks(other.report(each)) for each in students} == {each: wanted(each) for each in students}


def test_many_misconceptions_sit_in_the_class(sample_course):
    """Whoever is named holds a known misconception; most known ones are held, and `verify` proves the others."""
    known = {(each.slug, wrong.misconception) for each in sample_course.exercises for wrong in each.wrong_solutions}
    seated = {
        (slug, given[2])
        for line in EXPECTED.values()
        for slug, given in line.items()
        if isinstance(given, list) and len(given) > 2 and isinstance(given[2], str)
    }
    assert seated <= known
    assert len(seated) > len(known) / 2


def test_every_submission_has_expected_marks():
    """Nobody hands in without an expectation that says what the submission is, and nobody is expected in vain."""
    stems = {path.name.removesuffix(suffix) for path in SUBMISSIONS.iterdir() for suffix in suffixes(path.name)}
    assert stems == set(EXPECTED)
    assert all(line["about"] for line in EXPECTED.values())


def suffixes(name):
    """Return what a student's name is without: the suffix of an accepted file, or nothing."""
    return [suffix for suffix in (".py", ".ipynb", ".zip", ".tar.gz", ".tgz") if name.endswith(suffix)] or [""]


@pytest.mark.parametrize("name", sorted(BUILT))
def test_archives_are_made_of_their_sources(name):
    """Each archive is, byte for byte, what `make_archives.py` makes of its sources today."""
    there = (SUBMISSIONS / name).read_bytes()
    if name == BOMB:  # the one that is compressed: its bytes are those of one version of zlib, its members are not
        assert members(there) == members(BUILT[name])
    else:
        assert there == BUILT[name], "the sources have changed; run tests/classroom/make_archives.py"


def test_answers_are_what_their_maker_makes():
    """Each answer sheet is what `make_answers.py` makes of today's quizzes, and no student has another."""
    there = {path.parent.name: path.read_text(encoding="utf-8") for path in SUBMISSIONS.glob("*/answers.yaml")}
    assert there == SHEETS, "a quiz has changed; run tests/classroom/make_answers.py"


def test_a_newcomer_grades_the_class_with_its_own_secret():
    """`make grade`, and the command that stands for it in the README, show the marks that stand here."""
    for file, program in (("Makefile", "$(BIN)/grader"), ("README.md", "grader")):
        told = " ".join((ROOT / file).read_text(encoding="utf-8").replace("\\\n", " ").split())
        command = f"GRADER_SECRET={SECRET} {program} grade tests/classroom/submissions --course"
        assert f"{command} tests/classroom/course.yaml" in told, file


def test_every_archive_has_sources():
    """No archive lies among the submissions whose content can't be read in `sources/`."""
    archives = {path.name for path in SUBMISSIONS.iterdir() if path.name.endswith((".zip", ".tar.gz", ".tgz"))}
    assert archives == set(BUILT)


def test_bomb_is_one():
    """The zip bomb is small and unpacks to more than 100 MB."""
    assert len(BUILT[BOMB]) < 200_000
    assert sum(size for _, size, _ in members(BUILT[BOMB])) > 100_000_000


def members(content):
    """Return name, size and checksum of each member of a zip file."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return [(info.filename, info.file_size, info.CRC) for info in file.infolist()]
