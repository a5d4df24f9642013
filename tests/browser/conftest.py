"""A headless Chromium, Debian's own, for the pages that the grader writes."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
ADVICE = "run `make test-browser`, which installs what is missing, or `apt install chromium nodejs npm`"


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
