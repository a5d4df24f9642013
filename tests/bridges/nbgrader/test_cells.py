"""Which cells carry points, what the judge gets of a notebook, and how a mark is written."""

import json

import pytest
from nbformat import v4
from nbgrader.utils import determine_grade

from grader.bridges.nbgrader import cells
from grader.results.report import AnswerReport, CheckReport, ExerciseReport, QuizReport, Report
from grader.results.verdicts import AnswerVerdict, Part, Verdict


def cell(name, source="", **known):
    """Return a code cell with nbgrader's metadata."""
    metadata = {"grade_id": name, "grade": False, "solution": False, "locked": False, "task": False, **known}
    return v4.new_code_cell(source, metadata={"nbgrader": metadata})


def exercise(score, max_score, verdict=Verdict.FAILED):
    """Return an exercise's report with one check."""
    check = CheckReport(id="t", title="t", part=Part.EDGES, points=0, max_points=0, verdict=verdict)
    return ExerciseReport(slug="s", title="S", score=score, max_score=max_score, verdict=verdict, checks=(check,))


def quiz(score, max_score, verdict=AnswerVerdict.RIGHT):
    """Return a quiz's report with one answer."""
    fields = {"kind": "text", "concepts": (), "seed": "1", "attempt": 1, "text": "", "code": ""}
    answer = AnswerReport(id="q", points=0, max_points=0, verdict=verdict, **fields)
    return QuizReport(unit="u", title="U", score=score, max_score=max_score, answers=(answer,))


@pytest.mark.parametrize(
    ("part", "points", "expected"),
    [
        (exercise(3, 3), 4, (4.0, False)),
        (exercise(1, 3), 4, (1.3333, False)),
        (exercise(1, 3), 0, (0.0, False)),
        (exercise(2, 3), 1e-3, (0.0007, False)),
        (exercise(3.00001, 3), 4, (4.0, False)),
        (exercise(-1, 3), 4, (0.0, False)),
        (exercise(2, 2, Verdict.INTERNAL), 4, (4.0, True)),
        (exercise(0, 0, Verdict.INTERNAL), 4, (None, True)),
        (quiz(1, 2), 4, (2.0, False)),
        (quiz(1, 2, AnswerVerdict.WAITING), 4, (2.0, True)),
        (quiz(1, 2, AnswerVerdict.INTERNAL), 4, (2.0, True)),
        (None, 4, (None, True)),
    ],
)
def test_a_mark_is_on_the_scale_of_its_cell_and_never_beyond(part, points, expected):
    """What we failed on is out of the reckoning; where nothing is left, a human marks."""
    given = cells.mark(part, cell("s-autograde", grade=True, points=points))
    assert (given.points, given.waits) == expected
    assert given.most == points


@pytest.mark.parametrize(("points", "expected"), [(0, (0.0, False)), (2, (None, True))])
def test_another_graded_cell_waits_for_a_human_unless_it_is_worth_nothing(points, expected):
    """By its outputs, nbgrader would give a cell that nobody ran its full points."""
    given = cells.mark(None, cell("test_foo", grade=True, points=points))
    assert (given.points, given.waits) == expected


@pytest.mark.parametrize("points", [0.0, 0.0001, 1.3333, 4.0, None])
def test_nbgrader_reads_the_mark_that_was_written(points):
    """Its own reckoning takes exactly this number from the cell, whatever stood there before."""
    graded = cell("s-autograde", grade=True, locked=True, points=4)
    graded.outputs = [v4.new_output("stream", name="stderr", text="x")]
    cells.write_mark(graded, cells.Mark(points, 4.0, waits=False))
    assert determine_grade(graded) == (points or 0.0, 4.0)


def test_a_cell_worth_nothing_shows_no_number():
    """Nbgrader makes 0 of 0 of it; a number below a visible test would look like its result."""
    graded = cell("s-visible-1", grade=True, locked=True, points=0)
    cells.write_mark(graded, cells.Mark(0.0, 0.0, waits=False))
    assert graded.outputs == []
    assert determine_grade(graded) == (0, 0)


def test_the_name_of_an_autograder_cell():
    """The grade_id tells it, of a code cell that nbgrader grades by its output and of no other."""
    assert cells.name_of(cell("s-autograde", grade=True)) == "s"
    assert cells.name_of(cell("quiz-u-autograde", grade=True)) == "quiz-u"
    assert cells.name_of(cell("s-autograde")) == ""
    assert cells.name_of(cell("s-autograde", grade=True, solution=True)) == ""
    assert cells.name_of(cell("s-solution", grade=True)) == ""
    assert cells.name_of(v4.new_code_cell("")) == ""
    assert cells.name_of(v4.new_markdown_cell("", metadata={"nbgrader": {"grade_id": "s-autograde", "grade": 1}})) == ""


def whole(*quizzes, exercises=()):
    """Return a student's report."""
    said = {"student": "a", "course": "c", "language": "en", "isolation": "sandbox", "feedback": "visible"}
    return Report(**said, score=0, max_score=0, exercises=exercises, quizzes=quizzes)


def test_feedback_and_parts_go_by_the_same_names():
    """Exercises by slug, quizzes by unit."""
    report = whole(quiz(1, 1), exercises=(exercise(1, 1),))
    assert set(cells.parts(report)) == {"s", "quiz-u"}
    assert cells.feedback_id("s") == "s-solution"
    assert cells.feedback_id("quiz-u") == "quiz-u-answers"


def test_a_free_text_question_is_not_missed_in_the_quiz():
    """It is answered in a cell of its own; who answers it among the others waits for a human all the same."""
    assert cells.parts(whole(quiz(1, 1, AnswerVerdict.UNANSWERED)))["quiz-u"].answers == ()
    assert len(cells.parts(whole(quiz(1, 1, AnswerVerdict.WAITING)))["quiz-u"].answers) == 1


def test_the_judge_gets_sources_alone_and_each_cells_number():
    """No metadata, no output, no Markdown; graded cells and quiz answers keep their place, empty."""
    notebook = [
        v4.new_markdown_cell("text"),
        cell("s-solution", "def s(): ...", solution=True),
        cell("s-autograde", "1 / 0", grade=True, locked=True, points=1),
        v4.new_code_cell("quiz_answers = {}"),
        v4.new_code_cell("x = '\ud800'", outputs=[v4.new_output("stream", text="secret")]),
    ]
    made = json.loads(cells.notebook_of(cells.code_cells(notebook)))
    assert [each["source"] for each in made["cells"]] == ["def s(): ...", "", "", "x = '\ud800'"]
    assert all(each["metadata"] == {} and each["outputs"] == [] for each in made["cells"])


def result(data, **more):
    """Return a rich output."""
    return {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": data, **more}


ERROR = {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["line"]}
STREAM = {"output_type": "stream", "name": "stdout", "text": "hi"}


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        (result({"text/plain": "4.0"}), {"text/plain": "4.0"}),
        (result({"text/html": "<script>", "text/plain": "x"}), {"text/plain": "x"}),
        (result({"image/png": "iVBORw0KGgo=\n"}), {"image/png": "iVBORw0KGgo=\n"}),
        (result({"image/png": 'x"><script>alert(1)</script>', "text/plain": "x"}), {"text/plain": "x"}),
        (result({"text/plain": ["a list"]}), None),
        (result({"image/svg+xml": "<svg/>"}), None),
        (result({"application/javascript": "alert(1)"}), None),
        ({"output_type": "stream", "name": "<b>", "text": "hi"}, None),
        ({"output_type": "anything"}, None),
    ],
)
def test_rich_output_is_shown_without_what_a_browser_runs(output, expected):
    """Text and pixels stay; HTML, drawings and scripts go."""
    shown = cells.harmless(output)
    assert (shown.data if shown else None) == expected


def test_an_outputs_metadata_is_dropped():
    """It would stand in an image's tag as it is."""
    hostile = result({"image/png": "AAAA"}, metadata={"image/png": {"width": "1 onload=alert(1)"}})
    assert cells.harmless(hostile).metadata == {}


def test_printed_text_and_errors_stay():
    """They are text for all of nbgrader's pages."""
    assert dict(cells.harmless(STREAM)) == STREAM
    assert dict(cells.harmless(ERROR)) == ERROR


def test_a_cell_with_points_never_shows_what_was_put_out():
    """Else a student's number could stand where nbgrader looks for a mark."""
    shown, graded = v4.new_code_cell(""), cell("s-visible-1", grade=True, points=0)
    cells.write_outputs([shown, graded], [[STREAM], [STREAM]])
    assert [each.text for each in shown.outputs] == ["hi"]
    assert graded.outputs == []


def test_feedback_stands_below_the_mark_where_there_is_no_cell_for_comments():
    """And does not change what nbgrader reads."""
    graded = cell("quiz-u-autograde", grade=True, points=4)
    cells.write_mark(graded, cells.Mark(1.0, 4.0, waits=False))
    cells.write_feedback([v4.new_code_cell(""), graded], "quiz-u", "**1 of 4**")
    assert determine_grade(graded) == (1.0, 4.0)
    assert graded.outputs[1].data["text/markdown"] == "**1 of 4**"
