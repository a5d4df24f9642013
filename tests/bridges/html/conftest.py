"""The quiz of the throw-away course, ready to be written as a page."""

from pathlib import Path

import pytest

from grader.bridges.pool import quiz_exports
from grader.catalogue.course import load_course

SECRET = b"a secret that no page may hold"
COURSE = Path(__file__).parent.parent / "course"


@pytest.fixture(scope="session")
def both_languages():
    """Return the quiz with every kind of question, in both languages, with two variants of what is drawn."""
    return quiz_exports(load_course(COURSE), "everything", SECRET, 2)
