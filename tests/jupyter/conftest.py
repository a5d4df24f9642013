"""A learner's own folder of one exercise, a release of it, and judges that answer without starting anything."""

import shutil

import pytest
from sample_exercises import copy_exercise, course_config, write_config

from grader.bridges.notebook import notebook_release
from grader.catalogue.course import load_course
from grader.catalogue.release import folder_release, with_exercises, write_release
from grader.grading.graded import Graded
from grader.jupyter.desk import Desk
from grader.learn import own_judge
from grader.learn.start import start_in
from grader.results.facts import CheckFacts, ExerciseFacts, SubmissionFacts
from grader.results.verdicts import Part, Verdict
from grader.wording.message import message

UNIT, SLUG = "weights", "weighted_grad"


@pytest.fixture(scope="session")
def small_course(tmp_path_factory, root):
    """Return the folder of a course with one exercise."""
    folder = tmp_path_factory.mktemp("course")
    copy_exercise(root, folder, UNIT, SLUG)
    shutil.copy(root / "solutions" / "misconceptions.yaml", folder / "solutions")
    config = course_config(root, UNIT)
    for unit in config["units"]:
        unit.pop("quiz", None)
    write_config(folder, config)
    return folder


@pytest.fixture
def own(small_course, tmp_path):
    """Return a learner's own folder of that course."""
    folder = tmp_path / "mine"
    start_in(load_course(small_course), folder, None)
    return folder


@pytest.fixture
def released(small_course, tmp_path):
    """Return the folder of a release: files, and a notebook beside them."""
    loaded = load_course(small_course)
    folder = tmp_path / "handout"
    units = with_exercises(loaded, ())
    write_release(folder_release(loaded, units), folder / "files")
    write_release(notebook_release(loaded, units, "en"), folder / "notebooks")
    return folder


class Judges:
    """Stands in for the warm judges of the process: an answer that says `right` passes."""

    def __init__(self, course):
        self.course = load_course(course)
        self.asked = []

    def grade_warm(self, options, _content, submission, *, only):
        """Return facts that name the first check."""
        assert only == (SLUG,)
        self.asked.append((options, submission))
        passed = any("right" in cell for cell in submission.files[SLUG].cells)
        check = CheckFacts(
            id="one",
            part=Part.DOCUMENTED,
            points=4.0 if passed else 0.0,
            max_points=4.0,
            verdict=Verdict.PASSED if passed else Verdict.FAILED,
            finding=None if passed else message("judge.brief_failed"),
        )
        facts = ExerciseFacts(slug=SLUG, verdict=check.verdict, checks=(check,))
        version = self.course.version
        return Graded(
            SubmissionFacts(
                student=submission.student, course=version, isolation=options.isolation.value, exercises=(facts,)
            )
        )


@pytest.fixture
def judges(small_course, monkeypatch):
    """Replace the warm judges."""
    stand_in = Judges(small_course)
    monkeypatch.setattr(own_judge, "grade_warm", stand_in.grade_warm)
    return stand_in


@pytest.fixture
def desk():
    """Yield the desk of a kernel."""
    made = Desk()
    yield made
    made.end()
