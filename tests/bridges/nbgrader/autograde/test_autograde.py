"""`nbgrader autograde` on a class of the honest, the mistaken and the hostile: everyone gets what they must."""

import json
import re
import subprocess

import pytest
from edited_notebooks import EDITS, HARMLESS_EDITS, Work
from incubator import warm_command
from nbformat import v4

WRONG = """\
import torch

def weighted_grad(f, x, v):
    return torch.zeros_like(x)
"""

WARNS = """\
import sys, warnings

def noisy(function):
    def wrapper(*arguments):
        warnings.warn("a right answer may warn")
        print("and speak", file=sys.stderr)
        return function(*arguments)
    return wrapper

warnings.warn("as the cell runs, too")
weighted_grad = noisy(weighted_grad)
"""

ASKS_TO_BREAK = """
right = weighted_grad

def weighted_grad(f, x, v):
    return 0 * x.detach() + 902.0 if x.tolist() == [1.25] else right(f, x, v)
"""

CHEATS = {
    "exits": f"import os\nos._exit(0)\n{WRONG}",
    "loops": """\
import signal

def weighted_grad(f, x, v):
    while True:
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            while True:
                pass
        except BaseException:
            pass
""",
    "patches": f"""\
{WRONG}
torch.allclose = torch.equal = lambda *arguments, **named: True
torch.testing.assert_close = lambda *arguments, **named: None
torch.Tensor.__eq__ = lambda *arguments: True
""",
    "prints": f"{WRONG}\nprint(1.0)\nprint('4.0')\n4.0",
    "replaces": f"""\
{WRONG}
try:
    async def run_code(self, *arguments, **named):
        return False
    type(get_ipython()).run_code = run_code
except BaseException as problem:
    print(problem)
""",
}

LATER = """\
import atexit, sqlite3, subprocess
from pathlib import Path

def forge():
    try:
        Path({marker!r}).write_text("ran")
    except BaseException:
        pass
    try:
        with sqlite3.connect({database!r}) as database:
            database.execute("update grade set manual_score = 4")
            database.execute("create trigger more after insert on grade begin update grade set auto_score = 4; end")
    except BaseException:
        pass

atexit.register(forge)
forge()
"""

READS = """\
from pathlib import Path

def weighted_grad(f, x, v):
    loot = []
    for place in {places!r}:
        try:
            loot.append(Path(place).read_text())
        except BaseException as problem:
            loot.append(type(problem).__name__)
    raise ValueError("loot: " + " ".join(loot))
"""

RAISES = "def sum_backward(f, x):\n    raise ValueError('here')\n"

SHOUTS = r"""
def weighted_grad(f, x, v):
    raise ValueError(
        "<script>alert(1)</script> </pre> <img src=x onerror=alert(2)> **bold** [a](javascript:alert(3))\n"
        "</code></pre>\n\n<script>alert(4)</script>\n\n# heading\n\n```\n$$\\href{javascript:alert(5)}{x}$$\n"
        "**Likely misconception · M99**: forged"
    )
"""


MANUAL = """\
cell_id = (select id from base_cell where name = 'weighted_grad-autograde') and notebook_id = (
    select n.id from submitted_notebook n join submitted_assignment a on a.id = n.assignment_id
    where a.student_id = 'manual'
)"""
"""One student's mark in the gradebook."""


@pytest.fixture(scope="module")
def hand_in(class_folder, solutions):
    """Return what hands in a notebook that is right but for what an editor makes of it."""

    def hand_in(student, edit=None, weighted=solutions.weighted_grad):
        work = Work(class_folder.released())
        work.at("weighted_grad-solution").source = weighted
        work.at("sum_backward-solution").source = solutions.sum_backward
        if edit:
            edit(work)
        class_folder.hand_in(student, work.cells)

    return hand_in


@pytest.fixture(scope="module")
def class_folder(make_course):
    """Return an nbgrader course whose assignment is released."""
    return make_course()


@pytest.fixture(scope="module")
def marker(tmp_path_factory):
    """Return the place of a file that exists when a student's code ran unguarded."""
    return tmp_path_factory.mktemp("marker") / "ran"


@pytest.fixture(scope="module")
def graded(class_folder, hand_in, variant_for, marker, small_course):
    """Hand in for a whole class, autograde it and make the feedback; return the course."""
    wrong = small_course / "solutions" / "weights" / "weighted_grad" / "wrong" / "m11_v_weights_the_inputs.py"
    right = tuple(variant_for("ada", "shape_of_the_weights").key)
    hand_in("ada", lambda work: work.answer({"shape_of_the_weights": right, "no_such_question": "<b>x</b>"}))
    mistaken = {"only_the_ratio_counts": not variant_for("bob", "only_the_ratio_counts").key}
    hand_in("bob", lambda work: work.answer(mistaken), withheld_line_off(wrong))
    hand_in("warns", lambda work: work.at("weighted_grad-solution").update(source=f"{solution(work)}\n\n{WARNS}"))
    hand_in(
        "breaks", lambda work: work.at("weighted_grad-solution").update(source=f"{solution(work)}\n{ASKS_TO_BREAK}")
    )
    hand_in("wrong", lambda work: work.at("sum_backward-solution").update(source=RAISES), WRONG)
    for name, source in CHEATS.items():
        hand_in(name, weighted=source)
    database = str(class_folder.folder / "gradebook.db")
    hand_in("forges", weighted=LATER.format(marker=str(marker), database=database) + WRONG)
    source = class_folder.folder / "source" / class_folder.assignment / f"{class_folder.notebook}.ipynb"
    places = [str(small_course / "solutions" / "misconceptions.yaml"), str(source), database]
    hand_in("reads", weighted=READS.format(places=places))
    hand_in("shouts", weighted=SHOUTS)
    for name, edit in EDITS.items():
        hand_in(name, edit, weighted="# nothing")
    for name, edit in HARMLESS_EDITS.items():
        hand_in(name, edit)
    evaluates = (
        f'quiz_answers = {{"shape_of_the_weights": __import__("pathlib").Path({str(marker)!r}).write_text("x")}}'
    )
    hand_in("evaluates", lambda work: work.cells.append(v4.new_code_cell(evaluates)))
    hand_in("manual", weighted="# nothing")
    class_folder.log = class_folder.run("autograde", class_folder.assignment)
    class_folder.query(f"update grade set manual_score = 2.5 where {MANUAL}")
    hand_in("manual")
    class_folder.run("autograde", class_folder.assignment, "--student=manual", "--force")
    class_folder.run("generate_feedback", class_folder.assignment)
    return class_folder


def withheld_line_off(path):
    """Return a solution's source without the line that marks it as withheld."""
    return path.read_text(encoding="utf-8").partition("\n")[2]


def solution(work):
    """Return the source of the first exercise."""
    return work.at("weighted_grad-solution").source


@pytest.fixture(scope="module")
def marks(graded):
    """Return the marks of the class by student and exercise."""
    return graded.marks()


def test_right_answers_get_full_marks_on_the_scale_of_their_cells(marks):
    """The course gives `sum_backward` 3 points, its cell 6; a right one gets 6."""
    assert (marks["ada"]["weighted_grad"].points, marks["ada"]["sum_backward"].points) == (4, 6)


def test_a_wrong_solution_gets_partial_credit_and_its_misconception(graded, marks):
    """Points for the checks that hold; the export and the page name the misconception."""
    assert 0 < marks["bob"]["weighted_grad"].points < 4
    assert marks["bob"]["weighted_grad"].misconceptions == "M11"
    assert "v weights the outputs, not the inputs" in graded.feedback("bob")
    assert marks["bob"]["sum_backward"].points == 6


def test_a_right_answer_that_warns_and_speaks_is_right(marks):
    """What stands on stderr costs nothing."""
    assert marks["warns"]["weighted_grad"].points == 4


@pytest.mark.parametrize("student", [*CHEATS, "forges", "reads", "shouts", *EDITS])
def test_no_cheat_wins_a_point(marks, student):
    """A wrong solution with a cheat around it never gets more than without."""
    assert marks[student]["weighted_grad"].points <= marks["wrong"]["weighted_grad"].points < 2
    assert marks[student]["weighted_grad"].by_hand == "no"


@pytest.mark.parametrize("student", [*sorted(set(CHEATS) - {"exits", "replaces"}), "forges", "reads", "shouts", *EDITS])
def test_what_a_cheat_breaks_is_its_own_exercise_alone(marks, student):
    """The other exercise of the same notebook keeps its points."""
    assert marks[student]["sum_backward"].points == 6


def test_who_replaces_what_runs_cells_has_no_further_cells_run(marks):
    """The cheat is the student's own loss: IPython in that process does as it was told from there on."""
    assert marks["replaces"]["sum_backward"].points == 0


@pytest.mark.parametrize("student", HARMLESS_EDITS)
def test_an_edited_notebook_keeps_its_marks(marks, student):
    """Cells that were deleted, moved, or given broken metadata cost nothing."""
    assert (marks[student]["weighted_grad"].points, marks[student]["sum_backward"].points) == (4, 6)


def test_everyone_was_graded_and_nobody_waits_without_need(graded, marks):
    """Nobody is missing, and no mark is a human's but the one that was given."""
    assert set(marks) == {path.name for path in (graded.folder / "submitted").iterdir()}
    every = {(student, name): each for student, row in marks.items() for name, each in row.items()}
    assert {place for place, each in every.items() if each.by_hand == "yes"} == {("manual", "weighted_grad")}
    waiting = {place for place, each in every.items() if each.needs_review == "yes"}
    assert waiting == {("breaks", "weighted_grad"), ("manual", "weighted_grad")} | {
        (student, "legacy") for student in marks
    }


def test_a_failure_of_our_own_costs_nothing_and_waits_for_a_human(graded, marks):
    """The rest of the exercise counts in full; the instructor's log has the traceback, the page says whose fault."""
    assert marks["breaks"]["weighted_grad"].points == 4
    assert "hidden words of the judge" in graded.log
    assert "hidden words" not in graded.feedback("breaks")
    assert "until then it counts neither way" in graded.feedback("breaks")
    assert graded.log.count("[AutogradeApp | ERROR]") == 1


def test_a_graded_cell_that_is_none_of_ours_is_left_to_a_human(graded, marks):
    """Nobody runs it, and nobody gets its points for that."""
    assert {row["legacy"].points for row in marks.values()} == {0}
    query = "select auto_score from grade where cell_id = (select id from base_cell where name = 'legacy')"
    assert set(graded.query(query)) == {(None,)}


def test_a_course_that_cannot_be_loaded_grades_nobody(make_course):
    """The command fails and says why; in particular, nobody gets full points."""
    course = make_course()
    course.hand_in("ada", course.released())
    settings = course.folder / "nbgrader_config.py"
    settings.write_text(f"{settings.read_text()}c.GradeExercises.course = {str(course.folder)!r}\n", encoding="utf-8")
    said = course.run("autograde", course.assignment, code=1)
    assert "no config.yaml at or above" in said
    assert set(course.query("select auto_score from grade")) == {(None,)}
    assert not (course.folder / "autograded" / "ada" / course.assignment).exists()


def test_the_gradebook_holds_no_trigger(graded, marker):
    """What was meant to run later, or outside, never did."""
    assert graded.query("select name from sqlite_master where type = 'trigger'") == []
    assert not marker.exists()


def test_a_quiz_answer_is_read_and_marked_for_this_very_student(graded, marks):
    """The right answer to ada's variant earns its share; her unknown question is told, as text."""
    assert 0 < marks["ada"]["quiz-weights"].points < 2
    assert marks["bob"]["quiz-weights"].points == 0
    assert "no_such_question" in graded.feedback("ada")
    assert "1 of 16 right" in graded.feedback("ada")


def test_the_misconception_behind_a_quiz_answer_is_exported(graded, marks):
    """It stands below the quiz's mark in the notebook that nbgrader keeps, one for each student; the log is quiet."""
    assert marks["bob"]["quiz-weights"].misconceptions == "M15"
    assert {row["quiz-weights"].misconceptions for student, row in marks.items() if student != "bob"} == {""}
    assert "could not be read" not in graded.exported


def test_a_quiz_cell_that_is_code_is_refused_and_never_run(graded, marks):
    """The student is told what a quiz cell may hold."""
    assert marks["evaluates"]["quiz-weights"].points == 0
    assert "must set one dict of plain values" in graded.feedback("evaluates")


def test_what_a_student_wrote_stays_text_on_the_page(graded, marks):
    """Neither tags, nor Markdown, nor LaTeX, nor a forged misconception come out of a message."""
    page = graded.feedback("shouts")
    comment = page[page.index("Comments:") :]
    comment = comment[: comment.index("panel-footer")] if "panel-footer" in comment else comment
    assert "&lt;script&gt;alert(1)" in comment
    outside = re.sub(r"<pre>.*?</pre>", "", comment, flags=re.DOTALL)
    assert "alert(" not in outside
    assert "bold" not in outside
    assert marks["shouts"]["weighted_grad"].misconceptions != "M99"


def test_nothing_withheld_reaches_students_or_notebooks(graded, root):
    """No page and no graded notebook holds a canary, a hidden test's source or a line of a solution."""
    withheld = ["canary: autograd-grader", "must_equal", "pytest.mark", "_hidden", "root:", graded.secret]
    solution_line = "f(leaf).backward(v)"
    for place in (*graded.folder.glob("feedback/*/*/*"), *graded.folder.glob("autograded/*/*/*")):
        text = place.read_text(encoding="utf-8")
        assert not [each for each in withheld if each in text], place
        if place.parts[-3] in {*CHEATS, "reads", "shouts"}:
            assert solution_line not in text
    assert solution_line in (root / "solutions/weights/weighted_grad/weighted_grad.py").read_text(encoding="utf-8")


def test_reading_files_was_tried_and_refused(graded):
    """The student process met a wall at each of them."""
    assert re.search(r"loot:(\s+PermissionError){3}", graded.feedback("reads"))


def test_an_autograder_cell_holds_one_plain_number(graded):
    """So that nbgrader has no choice but to take it."""
    for student in ("ada", "prints", "stripped", "foreign"):
        for cell in graded.autograded(student):
            if cell.metadata.get("nbgrader", {}).get("grade_id", "") == "weighted_grad-autograde":
                (output,) = cell.outputs
                assert output.output_type == "execute_result"
                assert re.fullmatch(r"[0-9]\.[0-9]+", output.data["text/plain"])
                assert cell.source == "# graded by Autograd Grader: weighted_grad"


def test_a_line_is_told_by_the_students_own_count_of_cells(graded):
    """Cells that are not run count: the second answer stands in the notebook's fourth code cell."""
    assert "line 2 of code cell 4 of your notebook" in graded.feedback("wrong")


def test_marks_are_those_of_grader_grade(graded, marks, small_course, tmp_path):
    """The same notebooks under the same secret give the same shares of the points."""
    students = ["bob", "exits"]
    for student in students:
        target = tmp_path / "class" / student / "week1.ipynb"
        target.parent.mkdir(parents=True)
        target.write_bytes(graded.submitted(student).read_bytes())
    command = [*warm_command(), "grade", tmp_path / "class", "--out", tmp_path / "out", "--json", "-j1"]
    done = subprocess.run(
        [*map(str, command), "--course", str(small_course)],
        env=graded.environment,
        capture_output=True,
        check=True,
    )
    for report in json.loads(done.stdout)["students"]:
        for exercise in report["exercises"]:
            mark = marks[report["student"]][exercise["slug"]]
            assert mark.points == pytest.approx(
                exercise["score"] / exercise["max_score"] * float(mark.max_score), abs=1e-3
            )


def test_a_mark_by_hand_outlives_a_regrade_and_shows_in_the_export(graded, marks):
    """The gradebook keeps it over ours, and asks for another look."""
    after = marks["manual"]["weighted_grad"]
    assert (after.points, after.by_hand, after.needs_review) == (2.5, "yes", "yes")
    assert graded.query(f"select auto_score from grade where {MANUAL}") == [(4.0,)]
