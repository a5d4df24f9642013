"""`%%check` in a running JupyterLab: a wrong answer, a hint, a right answer; and what a released notebook says."""

import os
import re
import select
import shutil
from contextlib import contextmanager

import nbclient
import nbformat
import pytest
from nbformat import v4
from playwright.sync_api import expect
from running_lab import running_lab
from sample_exercises import copy_exercise, course_config, write_config

from grader.bridges.notebook import notebook_release
from grader.catalogue.course import load_course
from grader.catalogue.release import with_exercises, write_release
from grader.learn.start import start_in

UNIT, SLUG = "weights", "weighted_grad"
PATIENCE_MS = 120_000
SERIOUS = {"serious", "critical"}
RAN = re.compile(r"\[\d+\]:")
"""The prompt of a cell that has ended."""
WRONG = """%%check weighted_grad
def weighted_grad(f, x, v):
    leaf = x.detach().clone().requires_grad_(True)
    f(leaf).sum().backward()
    return leaf.grad"""
RIGHT = """%%check weighted_grad
def weighted_grad(f, x, v):
    leaf = x.detach().clone().requires_grad_(True)
    y = f(leaf)
    (grad,) = torch.autograd.grad(y, leaf, grad_outputs=v.detach().to(y.dtype))
    return grad"""


def book(*cells):
    """Return a notebook."""
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return v4.new_notebook(cells=[v4.new_code_cell(each) for each in cells], metadata=kernel)


@pytest.fixture(scope="module")
def work(tmp_path_factory, pytestconfig):
    """Return a learner's own folder with a notebook, and beside it a folder with a released one."""
    place = tmp_path_factory.mktemp("work")
    copy_exercise(pytestconfig.rootpath, place / "course", UNIT, SLUG)
    shutil.copy(pytestconfig.rootpath / "solutions" / "misconceptions.yaml", place / "course" / "solutions")
    config = course_config(pytestconfig.rootpath, UNIT)
    config["units"][0].pop("quiz", None)
    write_config(place / "course", config)
    course = load_course(place / "course")
    start_in(course, place / "mine", None)
    nbformat.write(book("import torch\n%load_ext grader", WRONG, RIGHT), place / "mine" / "work.ipynb")
    write_release(notebook_release(course, with_exercises(course, ()), "en"), place / "released")
    return place


@pytest.fixture(scope="module")
def lab(work):
    """Yield a JupyterLab that runs beside the learner's folder."""
    own = {f"JUPYTER_{name}_DIR": str(work / "jupyter" / name) for name in ("CONFIG", "RUNTIME", "DATA")}
    environment = {**os.environ, **own, "IPYTHONDIR": str(work / "ipython"), "LC_ALL": "en_GB.UTF-8"}
    with running_lab(work, environment, work / "lab.log") as running:
        yield running


@contextmanager
def opened(browser, lab, path, **options):
    """Yield the page of a notebook in JupyterLab."""
    context = browser.new_context(locale="en", **{"viewport": {"width": 1100, "height": 900}, **options})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(lab.url(f"/doc/tree/{path}"))
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()  # what is typed before that is lost
    yield page
    context.close()


def run(page, number):
    """Run a cell as a person does."""
    cell = page.locator(".jp-Notebook .jp-CodeCell").nth(number)
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    expect(cell.locator(".jp-InputPrompt")).to_have_text(RAN, timeout=PATIENCE_MS)
    return cell


def barriers(page, axe, place):
    """Return what axe finds in a place that is serious or critical."""
    page.evaluate(axe)
    found = page.evaluate("place => axe.run(place)", place)
    assert len(found["passes"]) > 5
    return [
        (each["id"], node["html"], node["failureSummary"])
        for each in found["violations"]
        for node in each["nodes"]
        if each["impact"] in SERIOUS
    ]


def test_wrong_then_a_hint_then_right(browser, lab, axe, tmp_path):
    """The verdict, the picture and the hints stand below the cell; the style reaches nothing around them."""
    with opened(browser, lab, "mine/work.ipynb") as page:
        run(page, 0)
        before = page.locator(".jp-Toolbar").first.evaluate("each => getComputedStyle(each).fontSize")
        wrong = run(page, 1).locator(".autograd-grader")
        wrong.locator(".badge.tone-bad, .badge.tone-warn").wait_for()
        assert wrong.locator("svg.graph").count() == 1
        assert wrong.locator("table.steps").is_visible()
        assert wrong.locator("script").count() == 0
        hint = wrong.locator("details.hint").first
        assert hint.locator("p").is_hidden()
        hint.locator("summary").click()
        assert hint.locator("p").is_visible()
        page.screenshot(path=tmp_path / "wrong.png", full_page=True)
        right = run(page, 2).locator(".autograd-grader")
        right.locator(".badge.tone-good").wait_for()
        assert right.locator("details.hint").count() == 0
        page.screenshot(path=tmp_path / "right.png", full_page=True)
        assert barriers(page, axe, ".autograd-grader") == []
        assert page.locator(".jp-Toolbar").first.evaluate("each => getComputedStyle(each).fontSize") == before


def test_a_dark_theme_has_a_dark_verdict(browser, lab, axe):
    """The verdict follows Jupyter's theme and not the system's."""
    with opened(browser, lab, "mine/work.ipynb") as page:
        run(page, 0)
        wrong = run(page, 1).locator(".autograd-grader")
        wrong.locator(".badge").wait_for()
        colour = "each => getComputedStyle(each).backgroundColor"
        light = wrong.locator(".exercise").evaluate(colour)
        page.evaluate("document.body.dataset.jpThemeLight = 'false'")
        assert wrong.locator(".exercise").evaluate(colour) != light
        assert barriers(page, axe, ".autograd-grader") == []


def test_a_released_notebook_is_checked_by_its_public_tests(work):
    """In nbclient: the tests that it holds run in the sandbox, and the others are said to be the teacher's."""
    path = work / "released" / f"{UNIT}.ipynb"
    made = nbformat.read(path, as_version=4)
    code = [each for each in made.cells if each.cell_type == "code"]
    code[0].source = f"import torch\n%load_ext grader\n{RIGHT.partition(chr(10))[2]}"
    made.cells.append(v4.new_code_cell(f"%check {SLUG} --lang en"))
    client = nbclient.NotebookClient(made, kernel_name="python3", timeout=300)
    client.resources["metadata"] = {"path": str(path.parent)}
    client.execute()
    assert all(each.outputs[0].text == "✓ passed\n" for each in code[2:])
    (shown,) = made.cells[-1].outputs
    assert "Public tests · weighted_grad · 5 of 5 passed" in shown.data["text/plain"]
    assert "The other checks are your teacher's" in shown.data["text/plain"]
    assert shown.data["text/html"].startswith("<div")


CHILDREN = """
from pathlib import Path

def children(pid):
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [each for pid in map(int, told) for each in (pid, *children(pid))]

print(*children(os.getpid()))"""


def test_the_judge_ends_with_the_kernel(work):
    """What the kernel started is gone soon after it, the zygote and the judge's process among them."""
    path = work / "mine" / "work.ipynb"
    made = book("import os, torch\n%load_ext grader", f"{WRONG}\n", CHILDREN)
    client = nbclient.NotebookClient(made, kernel_name="python3", timeout=300)
    client.resources["metadata"] = {"path": str(path.parent)}
    handles = []

    def keep(cell, cell_index, **_reply):
        if cell_index == len(made.cells) - 1:
            handles.extend(os.pidfd_open(int(pid)) for pid in cell.outputs[0].text.split())

    client.on_cell_executed = keep
    client.execute()
    assert len(handles) >= 2
    for handle in handles:
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        assert poll.poll(PATIENCE_MS)
        os.close(handle)
