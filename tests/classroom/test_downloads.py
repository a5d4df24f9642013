"""The sample class, downloaded from a learning platform: the same students with the same work and the same marks."""

import runpy
from pathlib import Path

import pytest
import yaml

from grader.grading.judge import open_judge
from grader.grading.options import Options, load_assignment
from grader.submissions.entries import listing
from grader.submissions.handed_in import Layout
from grader.submissions.intake import read_submission

HERE = Path(__file__).resolve().parent
EXPECTED = yaml.safe_load((HERE / "expected.yaml").read_text(encoding="utf-8"))
MAKER = runpy.run_path(str(HERE / "make_downloads.py"))
STUDENTS = MAKER["handed_in"]()
GRADED = ("amelia_hart", "chiara_moretti", "hiroshi_tanaka", "umut_kaya", "wendy_chu", "王小明")
TOGETHER = {"anders_berg"}
"""Whose folder and archive a platform takes as one submission."""
LINKS = {"rania_farouk", "silas_wood"}
"""Who handed in links, which no platform takes."""


@pytest.fixture(scope="module")
def assignment():
    """The assignment that the class was given."""
    return load_assignment(Options(HERE / "course.yaml", b"classroom"))


@pytest.fixture(params=["folder", "zip"])
def download(request, tmp_path):
    """Return a function that gives a platform's download of some students, as a folder or a zip."""

    def make(platform, students):
        files = MAKER["PLATFORMS"][platform]({each: STUDENTS[each] for each in students})
        if request.param == "folder":
            assert all(MAKER["write"](files, tmp_path / "download"))
            return tmp_path / "download"
        path = tmp_path / "download.zip"
        path.write_bytes(MAKER["zipped"](files))
        return path

    return make


def work(submission):
    """Return what is graded of a submission: sources by exercise, else why there are none."""
    sources = {slug: file.cells for slug, file in submission.files.items()}
    return sources, {slug: each.key for slug, each in submission.problems.items()}, submission.sheet.given.keys()


def original(name):
    """Return the student of the sample class whom a platform calls by this name."""
    plain = name.replace(" ", "").replace("_", "").casefold()
    return next(each for each in STUDENTS if each.replace("_", "").casefold() == plain)


@pytest.mark.parametrize("platform", MAKER["PLATFORMS"])
def test_everybodys_work_is_found(download, assignment, platform):
    """Each student of the class is found under the platform's name, with the sources that the class's folder gives."""
    found = listing(download(platform, STUDENTS), assignment.wanted)
    assert found.layout is Layout(platform)
    assert found.notes[0].text("en") == f"Read as a {platform.capitalize()} download: {len(STUDENTS)} students."
    at_home = {entry.student: entry for entry in listing(MAKER["SUBMISSIONS"], assignment.wanted).entries}
    for entry in found.entries:
        student = original(entry.handed_in.name)
        if student in TOGETHER | LINKS or student not in at_home:
            continue
        there, here = (read_submission(each, assignment.wanted) for each in (entry, at_home.pop(student)))
        assert work(there) == work(here), student
        assert (there.problem is None) == (here.problem is None), student
    assert {original(entry.handed_in.name) for entry in found.entries} == set(STUDENTS)


@pytest.fixture(scope="module")
def judge(assignment):
    """A judge of the class."""
    with open_judge(assignment) as opened:
        yield opened


@pytest.mark.parametrize("platform", MAKER["PLATFORMS"])
def test_the_marks_are_the_same(download, assignment, judge, platform):
    """The exercises of a downloaded submission get the marks that the class gets."""
    for entry in listing(download(platform, GRADED), assignment.wanted).entries:
        graded = judge.grade(read_submission(entry, assignment.wanted))
        line = EXPECTED[original(entry.handed_in.name)]
        marks = {each.slug: (each.points, each.verdict) for each in graded.facts.exercises}
        worth = {each.slug: each.points for each in assignment.exercises}
        for slug, points in worth.items():
            score, verdict, *_ = line.get(slug, line.get("all", (points, "passed")))
            assert marks[slug] == (score, verdict), (entry.student, slug)
