"""One submission in, its facts out: points, diagnosis, and the words that a student gets of them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace

import pytest

from grader.catalogue.course import Course
from grader.errors import InternalError
from grader.grading.graded import Graded
from grader.grading.judge import Judge
from grader.results.verdicts import Verdict
from grader.sandbox.limits import Limits
from grader.submissions.submission import SourceFile, Submission
from grader.wording.message import message


class NoProcesses:
    """A sandbox that can't start anything."""

    limits = Limits()

    def start(self, *, notebook=False, exercises=1):  # noqa: ARG002 - none can be had
        """Fail as a machine without memory does."""
        raise InternalError("no student process could be started: broken on purpose")


@dataclass
class Seen:
    """What grading gave, and how a student sees it."""

    graded: Graded
    course: Course
    in_words: Callable

    @property
    def report(self):
        """Return the English report that tells everything."""
        return self.in_words(self.graded.facts, self.course)

    def seen(self, language="en", level="visible"):
        """Return the same facts as they are told otherwise."""
        return Seen(self.graded, self.course, partial(self.in_words, language=language, level=level))


@pytest.fixture(scope="module")
def graded(assignment, judge, sources, submission, in_words):
    """Return every submission below as it was graded, by name, one after another by one judge, with its report."""
    missing = message("submissions.missing", slug="sum_backward", names="sum_backward")
    refused = Submission("ada", {}, {}, message("submissions.nothing_in_it"), "")

    def of(source, by=judge):
        given = source if isinstance(source, Submission) else submission("ada", source)
        return Seen(by.grade(given), assignment.course, in_words)

    return SimpleNamespace(
        right=of(sources.right),
        starter=of(sources.starter),
        mean=of(sources.mean),
        mean_moved=of(f"\n\n\n{sources.mean}"),
        no_leaf=of("def sum_backward(f, x):\n    y = f(x.detach().clone())\n    y.sum().backward()"),
        ones=of(sources.ones),
        doubled=of(sources.doubled),
        forbidden=of(sources.forbidden),
        telling=of(sources.telling),
        breaks_grader=of(sources.breaks_grader),
        not_started=of(sources.right, Judge(assignment, judge.means, NoProcesses())),
        missing=of(Submission("ada", {}, {"sum_backward": missing}, None, "")),
        forgotten=of(Submission("ada", {}, {}, None, "")),
        refused=of(refused),
        right_again=of(sources.right),
        notebook=of(answered_by(as_notebook(sources.right))),
        broken_notebook=of(answered_by(as_notebook("import os\nos._exit(3)"))),
    )


def as_notebook(source):
    """Return a notebook that prints, answers and fails."""
    return SourceFile("work.ipynb", ("print('a')\n1 + 1", source, "1 / 0"), notebook=True)


def answered_by(file):
    """Return a submission of one file."""
    return Submission("ada", {"sum_backward": file}, {}, None, "")


def checks_of(graded_one):
    """Return the checks of a report's one exercise by id."""
    (exercise,) = graded_one.report.exercises
    return {check.id: check for check in exercise.checks}


def marks_of(graded_one):
    """Return verdict, points and greatest points of each check, by id."""
    return {name: (check.verdict, check.points, check.max_points) for name, check in checks_of(graded_one).items()}


def test_a_right_solution_earns_every_point(graded):
    """Every check passes, nothing is left to say, and no human is needed."""
    report = graded.right.report
    (exercise,) = report.exercises
    assert (report.score, report.max_score, report.needs_review, report.message) == (3, 3, False, "")
    assert (exercise.verdict, exercise.misconception, exercise.diagnosis) == (Verdict.PASSED, None, "")
    assert {check.message for check in exercise.checks} == {""}
    assert graded.right.graded.traces == ()


def test_a_report_says_what_was_asked(graded):
    """Checks keep their order, title, part and documented outputs."""
    checks = graded.right.report.exercises[0].checks
    assert [(each.id, each.part) for each in checks] == [
        ("squares", "documented"),
        ("random_points", "probes"),
        ("argument_stays", "edges"),
        ("no_graph", "edges"),
    ]
    assert (checks[0].title, checks[0].covers) == ("The squares of 0, 1, 2, 3.", ("d3-o1",))


def test_grading_leaves_no_trace_in_the_next_submission(graded):
    """The same submission has the same facts, whoever was graded between."""
    assert graded.right_again.graded == graded.right.graded


def test_an_unwritten_exercise_is_said_to_be_unwritten(graded):
    """A starter earns nothing and is told what is missing, not that it is wrong."""
    (exercise,) = graded.starter.report.exercises
    assert (exercise.score, exercise.max_score, exercise.verdict) == (0, 3, Verdict.ERROR)
    assert exercise.checks[0].message.startswith("sum_backward is not written yet: it raises NotImplementedError")


def test_points_are_those_of_the_passed_checks(graded):
    """A failed check costs its own points and those of the check that waits for it."""
    assert marks_of(graded.mean) == {
        "squares": (Verdict.FAILED, 0, 0.75),
        "random_points": (Verdict.FAILED, 0, 1.5),
        "argument_stays": (Verdict.SKIPPED, 0, 0.5),
        "no_graph": (Verdict.PASSED, 0.25, 0.25),
    }
    report = graded.mean.report
    assert (report.score, report.max_score, report.exercises[0].verdict) == (0.25, 3, Verdict.FAILED)


@pytest.mark.parametrize(
    ("language", "squares", "waits"),
    [
        ("en", "entries of the result differ", "it waits for the check “The squares of 0, 1, 2, 3.”"),
        ("zh", "个元素中有", "要先通过检查“0、1、2、3 的平方。”"),
    ],
)
def test_a_finding_is_told_in_the_language_of_the_report(graded, language, squares, waits):
    """A failed check says what differs, a skipped one which check it waited for; neither was graded for a language."""
    checks = checks_of(graded.mean.seen(language))
    assert squares in checks["squares"].message
    assert waits in checks["argument_stays"].message


def test_a_misconception_is_named_and_explained(graded, assignment):
    """The one known-wrong solution that agrees on every failed check names what was misunderstood."""
    known = assignment.course.misconceptions["M14"]
    for language in ("en", "zh"):
        (exercise,) = graded.mean.seen(language).report.exercises
        assert (exercise.misconception, exercise.diagnosis) == ("M14", "")
        assert exercise.misconception_title == known.title.in_language(language)
        assert exercise.misconception_explanation == known.explanation.in_language(language)


def test_what_fits_no_misconception_is_said_honestly(graded):
    """A wrong result that nobody foresaw gets no diagnosis that might mislead."""
    (exercise,) = graded.ones.report.exercises
    assert exercise.misconception is None
    assert exercise.diagnosis.startswith("These results fit none of the known misunderstandings")


def test_a_diagnosis_names_the_checks_that_it_explains(graded):
    """The one misconception explains every failed check, and nothing of those that were skipped."""
    (named,) = graded.mean.graded.facts.exercises[0].diagnosis.misconceptions
    assert (named.misconception, named.checks) == ("M14", ("squares", "random_points"))


def test_what_was_observed_is_told_at_the_students_own_lines(graded):
    """Who gives the same answers from other lines has the same marks and name, and a recording of their own."""
    here, moved = (each.graded.facts.exercises[0] for each in (graded.mean, graded.mean_moved))
    assert (here.checks, here.diagnosis) == (moved.checks, moved.diagnosis)
    assert (here.recording.check, moved.recording.check) == ("squares", "squares")
    assert "arange" in here.recording.call or "torch.tensor" in here.recording.call
    lines = [[event.line for event in each.recording.recording.events] for each in (here, moved)]
    assert lines[1] == [line + 3 for line in lines[0]]


def test_what_was_observed_stands_beside_the_name(graded):
    """Observations have lines, and a right solution has neither these nor a recording."""
    facts = graded.no_leaf.graded.facts.exercises[0]
    assert [(each.name, each.line > 0) for each in facts.observations] == [("no_leaf", True)]
    right = graded.right.graded.facts.exercises[0]
    assert (right.recording, right.observations, right.diagnosis.tried) == (None, (), False)


def test_a_forbidden_call_earns_nothing(graded):
    """A right result that the exercise's own rule forbids is told as such, and is no case for a human."""
    report = graded.forbidden.report
    (exercise,) = report.exercises
    assert (report.score, report.max_score, report.needs_review) == (0, 3, False)
    assert (exercise.verdict, exercise.misconception) == (Verdict.FORBIDDEN, None)
    assert "torch.autograd.functional.vjp" in exercise.checks[0].message


def test_another_dtype_is_a_remark_that_costs_nothing(graded):
    """Right numbers in another precision earn their points; the student hears of it."""
    check = checks_of(graded.doubled)["squares"]
    assert (check.verdict, check.points) == (Verdict.PASSED, 0.75)
    assert check.remarks == ("the result has dtype torch.float64; torch.float32 was expected (this costs nothing).",)


def test_full_feedback_repeats_what_the_students_code_said(graded):
    """Where everything may be told, the student reads the own exception with its words."""
    assert "raised ValueError in line" in checks_of(graded.telling)["squares"].message
    assert "the hidden point is tensor" in checks_of(graded.telling)["squares"].message


def test_brief_feedback_keeps_hidden_inputs(graded):
    """Below full feedback, no word of the student's code gets out: it can carry a hidden input with it."""
    report = graded.telling.seen(level="hidden").report
    assert checks_of(graded.telling.seen(level="hidden"))["squares"].message.startswith(
        "Your code raised ValueError in line "
    )
    assert "hidden point" not in report.model_dump_json()
    assert report.feedback == "hidden"


def test_brief_feedback_keeps_expected_values(graded):
    """Below full feedback, a wrong result is told without the numbers, in points and verdicts as ever."""
    check = checks_of(graded.mean.seen(level="hidden"))["squares"]
    assert check.message == "The result is not what this check asks for."
    assert marks_of(graded.mean.seen(level="hidden")) == marks_of(graded.mean)


def test_brief_feedback_has_no_remarks(graded):
    """A remark may name a hidden expectation."""
    assert {check.remarks for check in checks_of(graded.doubled.seen(level="hidden")).values()} == {()}


def test_a_check_that_breaks_in_the_judge_costs_nothing(graded):
    """The check is taken out of the reckoning, and a human is asked for."""
    report = graded.breaks_grader.report
    assert (report.score, report.max_score, report.needs_review) == (2.75, 2.75, True)
    assert marks_of(graded.breaks_grader)["no_graph"] == (Verdict.INTERNAL, 0, 0)
    assert report.exercises[0].verdict is Verdict.INTERNAL


def test_the_judges_traceback_is_for_the_instructor_alone(graded):
    """The traceback comes beside the report, and no word of it is in what the student gets."""
    (trace,) = graded.breaks_grader.graded.traces
    assert "RuntimeError: broken on purpose: hidden words of the judge" in trace
    text = graded.breaks_grader.report.model_dump_json()
    assert "hidden words" not in text
    assert "RuntimeError" not in text
    assert "The grader itself failed here; this costs you nothing" in text


def test_a_student_process_that_cannot_be_started_is_nobodys_mistake(graded):
    """A machine in trouble is told as the grader's own failure, with the reason for the instructor."""
    assert marks_of(graded.not_started)["squares"] == (Verdict.INTERNAL, 0, 0)
    assert graded.not_started.report.needs_review
    assert all("no student process could be started" in trace for trace in graded.not_started.graded.traces)


def test_a_check_that_waits_for_one_that_broke_in_the_judge_costs_nothing(graded):
    """What could not be judged holds back nothing: a student loses no point of a later check by it either."""
    assert graded.not_started.report.score == graded.not_started.report.max_score


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("missing", "No file answers this exercise. Hand in sum_backward.py"),
        ("forgotten", "No file for this exercise was handed in."),
        ("refused", "The submission holds no Python file and no notebook."),
    ],
)
def test_what_was_not_handed_in_earns_nothing_and_is_told_why(graded, name, words):
    """Every check is skipped, the points stay in the reckoning, and the reason stands with the exercise."""
    report = getattr(graded, name).report
    (exercise,) = report.exercises
    assert (report.score, report.max_score, report.needs_review) == (0, 3, False)
    assert exercise.verdict is Verdict.ERROR
    assert exercise.message.startswith(words)
    assert {check.verdict for check in exercise.checks} == {Verdict.SKIPPED}
    assert len({check.message for check in exercise.checks}) == 1


def test_a_submission_that_cannot_be_read_says_so_at_its_head(graded):
    """The reason stands with the submission as a whole, in the report's language, and only then."""
    assert graded.refused.report.message.startswith("The submission holds no Python file")
    assert graded.refused.seen("zh").report.message.startswith("提交中没有")
    assert graded.missing.report.message == ""


def test_a_notebook_brings_its_outputs_up(graded):
    """What a notebook's cells put out comes with its report, cell by cell in a notebook's form, and earns nothing."""
    ((name, (first, *_, last)),) = graded.notebook.graded.cells.items()
    assert name == "work.ipynb"
    assert first == (
        {"output_type": "stream", "name": "stdout", "text": "a\n"},
        {"output_type": "execute_result", "data": {"text/plain": "2"}, "metadata": {}, "execution_count": 1},
    )
    assert (last[0]["output_type"], last[0]["ename"]) == ("error", "ZeroDivisionError")
    assert marks_of(graded.notebook) == marks_of(graded.right)


def test_what_has_no_cells_brings_none(graded):
    """A file has no cells, and a notebook that never told what it put out has none to show."""
    assert [each.graded.cells for each in (graded.right, graded.missing, graded.broken_notebook)] == [{}, {}, {}]
