"""formgrader in a running JupyterLab, on a class of thirty: its button, its pages, and marks given by hand."""

import re

import pytest
from nbgrader_course import REFERENCE, UNITS, ClassCourse, query
from playwright.sync_api import expect
from running_lab import running_lab

PATIENCE_MS = 60_000
MISTAKEN = "hiroshi_tanaka"
AUTO = "SELECT auto_score, needs_manual_grade FROM grade JOIN base_cell ON base_cell.id = grade.cell_id"
NOTEBOOK = (
    "SELECT submitted_notebook.id FROM submitted_notebook JOIN submitted_assignment"
    " ON submitted_assignment.id = submitted_notebook.assignment_id JOIN notebook"
    " ON notebook.id = submitted_notebook.notebook_id WHERE student_id = ? AND notebook.name = ?"
)


@pytest.fixture(scope="module")
def graded_class(tmp_path_factory, pytestconfig):
    """Return a course of thirty with the first unit graded from the command line, and the second only collected."""
    course = ClassCourse(tmp_path_factory.mktemp("class"), pytestconfig.rootpath).walk()
    course.run("autograde", "weights")
    return course


@pytest.fixture(scope="module")
def lab(graded_class):
    """Yield a JupyterLab that runs in the course's folder."""
    log = graded_class.folder.parent / "lab.log"
    with running_lab(graded_class.folder, graded_class.nbgrader.environment, log) as running:
        yield running


@pytest.fixture
def instructor(browser, lab):
    """Yield a page of an instructor who has signed in; a dialog, which only a script could open, is an error."""
    context = browser.new_context(locale="en")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(lab.url("/lab"))
    yield page
    context.close()
    assert dialogs == []


def open_submission(page, lab, course, student, unit="weights"):
    """Open a student's submission in formgrader."""
    ((number,),) = query(course.folder, NOTEBOOK, student, unit)
    page.goto(f"{lab.address}/formgrader/submissions/{number}")
    page.wait_for_selector(".score")


def shown_mark(page):
    """Return the mark that stands in the box of weighted_grad, once formgrader has fetched it."""
    box = page.locator("#weighted_grad-autograde")
    expect(box).to_have_attribute("placeholder", re.compile(r"\d"))
    return float(box.get_attribute("placeholder"))


def press_autograde(frame, student):
    """Press the button beside a student's name and wait for what formgrader says of it."""
    frame.locator(f"tbody tr:has(td:text-is('{student}')) .autograde a").click()
    frame.locator(".modal.in .modal-title").wait_for()
    title = frame.locator(".modal.in .modal-title").inner_text()
    frame.locator(".modal.in .modal-footer .close").click()
    frame.locator(".modal").wait_for(state="detached")
    return title


def marks(course, unit, student):
    """Return a student's marks in one unit, by exercise."""
    return {name: row.points for name, row in course.marks()[student].items() if row.assignment == unit}


def test_the_button_grades_in_jupyterlab(instructor, graded_class):
    """From Lab's own menu to the mark, which is the one that the command line gives."""
    instructor.get_by_role("menuitem", name="Nbgrader").click()
    instructor.get_by_role("menuitem", name="Formgrader").click()
    frame = instructor.frame_locator("iframe")
    frame.locator("tr", has_text="jacobian").locator(".num-submissions a").click()
    for student in (REFERENCE, MISTAKEN):
        assert press_autograde(frame, student) == "Success"
    pressed = {student: marks(graded_class, "jacobian", student) for student in (REFERENCE, MISTAKEN)}
    assert pressed[REFERENCE][UNITS["jacobian"]] == 6
    assert pressed[MISTAKEN][UNITS["jacobian"]] == 0
    graded_class.run("autograde", "jacobian", f"--student={MISTAKEN}", "--force")
    assert marks(graded_class, "jacobian", MISTAKEN) == pressed[MISTAKEN]


def test_every_student_is_on_the_page(instructor, lab, graded_class):
    """The class, hostile company included, stands there, and nobody is left to be graded."""
    instructor.goto(f"{lab.address}/formgrader/manage_submissions/weights")
    instructor.wait_for_selector("tbody tr .autograde a")
    shown = instructor.locator("tbody tr td:nth-child(2)").all_inner_texts()
    assert sorted(shown) == sorted(graded_class.sources)
    assert "needs autograding" not in instructor.locator("tbody").inner_text()


def test_a_submission_shows_mark_and_comment(instructor, lab, graded_class):
    """The mark stands in its box, and the misconception where the instructor would write a comment."""
    open_submission(instructor, lab, graded_class, MISTAKEN)
    row = graded_class.marks()[MISTAKEN]["weighted_grad"]
    assert shown_mark(instructor) == row.points
    comment = instructor.locator("#weighted_grad-solution-comment").get_attribute("placeholder")
    first = row.misconceptions.replace(",", " ").split()[0]
    title = graded_class.course.misconceptions[first].title.in_language("en")
    assert first in comment
    assert title.split("`")[0].strip() in comment


@pytest.mark.parametrize("student", ["inject_html", "read_hidden_tests", "memory_bomb", "leave_at_once"])
def test_a_hostile_submission_is_a_page_like_any_other(instructor, lab, graded_class, student):
    """It opens, shows no point, and runs nothing of the student's in the instructor's browser."""
    open_submission(instructor, lab, graded_class, student)
    assert shown_mark(instructor) == 0
    assert instructor.locator("img[src='x']").count() == 0


def test_what_is_given_by_hand_stays(instructor, lab, graded_class):
    """A mark and a comment of an instructor's outlive the button, and are what the student and the table get."""
    student, question = "amelia_hart", "text-why_coefficient_fails"
    open_submission(instructor, lab, graded_class, student)
    by_hand = {question: "0.75", "weighted_grad-autograde": "3.5"}
    for cell, points in by_hand.items():
        with instructor.expect_response(re.compile("/formgrader/api/grade/")):
            instructor.locator(f"#{cell}").fill(points)
            instructor.locator(f"#{cell}").press("Tab")
    with instructor.expect_response(re.compile("/formgrader/api/comment/")):
        instructor.locator(f"#{question}-comment").fill("Well put, but why?")
        instructor.locator(f"#{question}-comment").press("Tab")
    instructor.goto(f"{lab.address}/formgrader/manage_submissions/weights")
    assert press_autograde(instructor, student) == "Success"
    rows = graded_class.marks()[student]
    assert (rows[question].points, rows[question].by_hand) == (0.75, "yes")
    assert (rows["weighted_grad"].points, rows["weighted_grad"].by_hand) == (3.5, "yes")
    automatic = f"{AUTO} JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id"
    ((number,),) = query(graded_class.folder, NOTEBOOK, student, "weights")
    where = "WHERE submitted_notebook.id = ? AND base_cell.name = 'weighted_grad-autograde'"
    assert query(graded_class.folder, f"{automatic} {where}", number) == [(4.0, 1)]
    graded_class.run("generate_feedback", "weights", f"--student={student}")
    page = graded_class.feedback("weights", student).read_text(encoding="utf-8")
    assert "Well put, but why?" in page
    assert "0.75" in page
