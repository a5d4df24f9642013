"""The notebook of a quiz, run and shown in a browser: jupyterquiz draws, marks and tells what it was given."""

import nbclient
import nbconvert
import nbformat
import pytest

from grader.bridges.jupyterquiz import notebook

CHOICES = 14
TYPED = 4


@pytest.fixture(scope="module")
def notebook_page(exports, tmp_path_factory):
    """Return the English notebook, run and written as a page that asks for nothing but itself."""
    book = nbformat.reads(notebook(exports[:1]).decode("utf-8"), as_version=4)
    nbclient.NotebookClient(book, kernel_name="python3", timeout=300).execute()
    empty = {"mathjax_url": "", "require_js_url": "", "jquery_url": "", "mermaid_js_url": "", "widget_renderer_url": ""}
    body, _ = nbconvert.HTMLExporter(template_name="lab", **empty).from_notebook_node(book)
    path = tmp_path_factory.mktemp("notebook") / "everything.html"
    path.write_text(body, encoding="utf-8")
    return path


@pytest.fixture
def shown(browser, notebook_page):
    """Yield the notebook's page; an error of a script or a request for another address is an error."""
    complaints = []
    page = browser.new_page()
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda got: None if got.url == notebook_page.as_uri() else complaints.append(got.url))
    page.goto(notebook_page.as_uri())
    page.locator(".Quiz[data-qnum]").nth(CHOICES + TYPED - 1).wait_for()
    yield page
    page.close()
    assert complaints == []


def quiz_of(page, cell):
    """Return the question that a cell shows."""
    return page.locator(f"[id='cell-id={cell}'] .Quiz[data-qnum]").first


def test_every_question_is_shown_once(shown):
    """One variant of each question that can be marked, drawn by jupyterquiz; free text stands as it is."""
    assert shown.locator(".MultipleChoiceQn, .ManyChoiceQn").count() == CHOICES
    assert shown.locator(".NumericQn, .StringQn").count() == TYPED
    assert shown.get_by_text("Why does c.grad stay None?").count() == 1


def test_a_right_choice_is_told(shown):
    """The right option turns right and gives the explanation."""
    quiz = quiz_of(shown, "whose_shape")
    quiz.get_by_text("the output y").click()
    feedback = quiz.locator(".Feedback")
    assert "correct" in feedback.get_attribute("class").split()
    assert "Right." in feedback.inner_text()
    assert "one weight for each entry" in feedback.inner_text()


def test_a_wrong_choice_is_told_its_misconception(shown):
    """The wrong option gives its misconception, and the explanation."""
    quiz = quiz_of(shown, "whose_shape")
    quiz.get_by_text("the input x").click()
    feedback = quiz.locator(".Feedback")
    assert "incorrect" in feedback.get_attribute("class").split()
    assert "Your answer is what comes out when this is overlooked." in feedback.inner_text()
    assert "one weight for each entry" in feedback.inner_text()


def test_a_number_is_marked_within_its_tolerance(shown, exports):
    """Whichever variant was drawn: a number near its key is right, half of it shows the misconception."""
    quiz = quiz_of(shown, "twice")
    code = quiz.locator(".QuizCode").inner_text().strip()
    pool = next(pool for pool in exports[0].pools if pool.question.id == "twice")
    (variant,) = [each for each in pool.variants if each.code == code]
    field = quiz.locator("input")
    field.fill(f"{variant.key * 1.0005:.6f}")
    field.press("Enter")
    assert "Right." in quiz.locator(".Feedback").inner_text()
    field.fill(f"{variant.key / 2}")
    field.press("Enter")
    assert "backward() adds to .grad" in quiz.locator(".Feedback").inner_text()
    field.fill(f"{variant.key * 1.002:.6f}")
    field.press("Enter")
    assert "Not right." in quiz.locator(".Feedback").inner_text()


def test_a_line_of_print_is_marked(shown):
    """With or without blanks it is right; the wrong line shows its misconception."""
    quiz = quiz_of(shown, "prints_one_line")
    for text, told in (
        ("tensor([1., 1.]) True", "Right."),
        ("tensor([1.,1.])True", "Right."),
        ("tensor([1., 1.]) False", "Only leaves keep .grad"),
        ("tensor([2., 1.]) True", "Not right."),
    ):
        quiz.locator("input").fill(text)
        quiz.locator("input").press("Enter")
        assert told in quiz.locator(".Feedback").inner_text()


def test_several_that_hold_are_counted(shown):
    """Jupyterquiz counts the right ones as they are found."""
    quiz = quiz_of(shown, "which_have_grad")
    quiz.locator(".MCButton").get_by_text("a", exact=True).click()
    assert "[1/2]" in quiz.locator(".Feedback").inner_text()
    quiz.locator(".MCButton").get_by_text("b", exact=True).click()
    assert "[2/2]" in quiz.locator(".Feedback").inner_text()


def test_maths_is_shown_without_a_network(shown):
    """Formulas are MathML, so that no MathJax is needed."""
    assert quiz_of(shown, "whose_shape").locator("math msup").count() >= 1
    assert shown.evaluate("typeof MathJax") == "undefined"
