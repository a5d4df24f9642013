"""The facts of an exercise in words: what happened, why, what to do; and what stays withheld."""

import io

import pytest
from rich.console import Console

from grader.protocol.recording import Event, Recording, TensorSeen, Use
from grader.reports.exercise import ExerciseWriter
from grader.reports.feedback import feedback
from grader.reports.html import render_html
from grader.reports.jsonfile import report_json
from grader.results.facts import (
    CheckFacts,
    DiagnosisFacts,
    ExerciseFacts,
    Explained,
    GridFacts,
    ObservationFacts,
    RecordingFacts,
    SourceLine,
)
from grader.results.report import Report
from grader.results.texts import Both, CourseTexts, MisconceptionTexts
from grader.wording.message import message

SHOWN = "HIDDEN-INPUT"
LINE = "STUDENT-LINE"
ALIAS = MisconceptionTexts(title=Both(en="Alias", zh="别名"), explanation=Both(en="Why.", zh="原因。"))
TEXTS = CourseTexts(
    course="0c0ffee",
    title=Both(en="Course", zh="课程"),
    units={},
    exercises={"weighted_grad": Both(en="Weights", zh="权重")},
    checks={},
    misconceptions={"M05": ALIAS},
    concepts={},
    questions={},
    hints={"weighted_grad": (Both(en="Look at v.", zh="看 v。"), Both(en="Second.", zh="第二。"))},
)
STARTED = Use(0, requires_grad=True, has_graph=False, has_grad=False)
MADE = Use(1, requires_grad=True, has_graph=True, has_grad=False)
RECORDING = RecordingFacts(
    check="second",
    call=f"    x = {SHOWN}\n    f(x)",
    recording=Recording(
        (Event("logsumexp", 3, 0, 1, "grad", (STARTED,), outputs=(MADE,)),),
        (TensorSeen((41, 43), floating=True, storage=0),) * 2,
        ((0,),),
        (MADE,),
        "tensor",
    ),
    lines=(SourceLine(line=3, text=LINE),),
)


def check(name, finding=None, **more):
    """Return a check that failed, with a finding that holds hidden inputs."""
    brief = message("judge.brief_failed")
    fields = {"part": "probes", "points": 0, "max_points": 1, "verdict": "failed", "brief": brief}
    finding = finding or message("judge.other_value", part="it", got=name, expected=SHOWN)
    return CheckFacts(**{"id": name, "finding": finding, **fields, **more})


def told(*checks, language="en", tells_all=True, **facts):
    """Return the report on an exercise with some checks."""
    exercise = ExerciseFacts(slug="weighted_grad", verdict="failed", checks=checks, **facts)
    return ExerciseWriter(TEXTS, language, tells_all=tells_all).exercise(exercise)


PASSED = check("passed", verdict="passed", points=1)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Line 6 differentiates a tensor without a graph; line 5 cut the graph with detach()."),
        ("zh", "第 6 行对一个没有计算图的张量求导；第 5 行用 detach() 切断了计算图。"),
    ],
)
def test_what_happened_is_told_with_its_lines(language, sentence):
    """An observation is a sentence that names where it shows and what led to it."""
    seen = ObservationFacts(name="cut_by_detach", line=6, cause=5)
    assert told(check("a"), language=language, observations=(seen,)).observations == (sentence,)


def test_a_notebooks_lines_have_their_cell():
    """A line of a notebook is named by its code cell too."""
    seen = ObservationFacts(name="non_leaf_grad", line=2, cell=4, cause=1, cause_cell=3)
    (sentence,) = told(check("a"), observations=(seen,)).observations
    assert sentence.startswith("Line 2 of code cell 4 reads .grad of a tensor that line 1 of code cell 3 computed.")


@pytest.mark.parametrize(
    ("checks", "named", "start"),
    [
        ((check("a"), PASSED), (), "In the check that failed, the result"),
        ((check("a"), check("b")), (), "In every check that failed, the result"),
        ((check("a"), check("b")), (Explained(misconception="M05", checks=("a",)),), "In every other check that"),
    ],
)
def test_a_relation_says_for_which_checks_it_holds(checks, named, start):
    """One check, every check, or every one that no misconception explains."""
    found = DiagnosisFacts(tried=True, misconceptions=named, relation=message("relations.zeros", part="the result"))
    made = told(*checks, diagnosis=found)
    assert made.relation.startswith(start)
    assert made.diagnosis == ""


def test_what_no_misconception_explains_is_counted():
    """A name that explains some failed checks says how many it leaves open."""
    named = {"tried": True, "misconceptions": (Explained(misconception="M05", checks=("a",)),)}
    found = DiagnosisFacts(**named, unexplained=("b", "c"))
    made = told(check("a"), check("b"), check("c"), PASSED, diagnosis=found)
    assert made.diagnosis == "Failed checks with another cause, which no known misunderstanding explains: 2."
    assert told(check("a"), PASSED, diagnosis=DiagnosisFacts(**named)).diagnosis == ""


def test_what_several_misconceptions_would_explain_is_said_of_the_rest_alone():
    """Beside a misconception that is named, others that fit alike are said to fit the other checks."""
    named = (Explained(misconception="M05", checks=("a",)),)
    found = DiagnosisFacts(tried=True, misconceptions=named, candidates=("M05",))
    assert told(check("a"), diagnosis=found).diagnosis.startswith("For the other failed checks more than one")


def test_the_hint_to_take_is_the_first():
    """Who has something to mend is given a hint; who has nothing to mend, or nothing yet, is not."""
    assert told(check("a")).hint == "Look at v."
    assert told(PASSED).hint == ""
    unwritten = message("judge.not_implemented", entry="f", line=3)
    assert told(check("a", unwritten, verdict="error")).hint == ""
    assert told(check("a", verdict="timeout")).hint == ""


def test_a_check_that_was_given_up_is_not_the_simplest():
    """After a loop without end, the check that was stopped says why; those that were not run after it say nothing."""
    stopped = check("second", message("judge.stopped_cpu", limit=2), verdict="timeout")
    given_up = check("first", message("judge.given_up", times=4), verdict="timeout")
    assert told(given_up, stopped).simplest == "second"


def test_the_simplest_case_is_the_recorded_one():
    """The case that is told whole is the one whose picture is shown; else the one with the least to read."""
    long = message("judge.other_value", part="it", got="x" * 99, expected=SHOWN)
    checks = (check("first", long), check("second", long), check("third"))
    assert told(*checks).simplest == "third"
    assert told(*checks, recording=RECORDING).simplest == "second"
    named = DiagnosisFacts(tried=True, misconceptions=(Explained(misconception="M05", checks=("first",)),))
    assert told(*checks, diagnosis=named).simplest == "first"
    assert told(PASSED).simplest is None


def test_what_every_check_met_stands_once_at_the_head():
    """A file that can't be run is told of the exercise; checks that met different things are told by themselves."""
    broken = message("judge.load_raised", type="SyntaxError", line=3, text="invalid")
    alike = told(*(check(name, broken, verdict="error") for name in "abc"))
    assert alike.message == "Your file could not be run: SyntaxError in line 3: invalid"
    assert told(check("a"), check("b")).message == ""


def test_a_function_that_is_not_written_is_not_begun():
    """Only where every check found it so."""
    unwritten = message("judge.not_implemented", entry="f", line=3)
    assert not told(*(check(name, unwritten, verdict="error") for name in "ab")).is_begun
    assert told(check("a", unwritten, verdict="error"), check("b")).is_begun


def whole(language, *, tells_all):
    """Return the report on an exercise whose facts hold all that may be withheld."""
    grid = GridFacts(path="[7]", got=((SHOWN,),), expected=((SHOWN,),), wrong=((True,),))
    diagnosis = DiagnosisFacts(tried=True, relation=message("relations.transposed", part="the result"))
    seen = ObservationFacts(name="cut_by_detach", line=6, cause=5)
    checks = (check("first", grid=grid, remarks=(message("judge.part", path=SHOWN),)), check("second", grid=grid))
    return told(
        *checks, language=language, tells_all=tells_all, diagnosis=diagnosis, recording=RECORDING, observations=(seen,)
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_below_visible_nothing_of_a_recording_is_shown(language):
    """No line, operation, shape, grid, relation or hidden input is in page, drawing, JSON or terminal."""
    of_relation = {"en": "transpose", "zh": "转置"}[language]
    secrets = (SHOWN, LINE, "logsumexp", "(41, 43)", of_relation, "[7]", "detach()", "<figure", 'class="steps"')
    for tells_all in (True, False):
        exercise = whole(language, tells_all=tells_all)
        report = Report(
            student="ada", course="c", language=language, isolation="sandbox", feedback="hidden", score=0, max_score=2
        ).model_copy(update={"exercises": (exercise,)})
        console = Console(file=io.StringIO(), width=200)
        console.print(feedback(report, everything=True))
        views = "".join((render_html(report), report_json(report), console.file.getvalue()))
        assert [secret for secret in secrets if (secret in views) is not tells_all] == []


def test_below_visible_the_case_told_first_depends_on_nothing_hidden():
    """Neither the length of hidden inputs nor the recording chooses it."""
    long = message("judge.other_value", part="it", got="x" * 99, expected=SHOWN)
    assert told(check("first", long), check("second"), tells_all=False, recording=RECORDING).simplest == "first"
