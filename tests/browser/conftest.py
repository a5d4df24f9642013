"""A headless Chromium, Debian's own, for the pages that the grader writes, and a course with every kind of question."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from grader.bridges.html.page import render_page
from grader.bridges.pool import quiz_exports
from grader.catalogue.course import load_course

HERE = Path(__file__).parent
ADVICE = "run `make test-browser`, which installs what is missing, or `apt install chromium nodejs npm`"
VARIANTS = 3


@pytest.fixture(scope="session")
def browser():
    """Yield a running Chromium; an error, never a skip, where there is none."""
    program = shutil.which("chromium")
    assert program, f"the browser tests need the program `chromium`: {ADVICE}"
    # Chromium refuses to sandbox itself as root.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=arguments)
        yield running
        running.close()


@pytest.fixture(scope="session")
def axe():
    """Return axe-core's source, which finds barriers in a page it is run in."""
    source = HERE / "node_modules" / "axe-core" / "axe.min.js"
    assert source.is_file(), f"the browser tests need axe-core: {ADVICE}"
    return source.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def course():
    """Return the throw-away course."""
    return load_course(HERE.parent / "bridges" / "course")


@pytest.fixture(scope="session")
def exports(course):
    """Return its quiz in both languages."""
    return quiz_exports(course, "everything", b"secret", VARIANTS)


@pytest.fixture(scope="session")
def page_file(exports, tmp_path_factory):
    """Return the page of its quiz."""
    path = tmp_path_factory.mktemp("page") / "everything.html"
    path.write_bytes(render_page(exports))
    return path


@pytest.fixture
def open_page(browser, page_file):
    """Yield a function that opens the page from its file; what the page logs or asks the network for is an error."""
    contexts, complaints = [], []

    def opened(path=page_file, **options):
        context = browser.new_context(**{"locale": "en", **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: complaints.append(request.url) if request.url != path.as_uri() else None)
        page.goto(path.as_uri())
        return page

    opened.complaints = complaints
    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(open_page):
    """Return the page in English."""
    return open_page()
