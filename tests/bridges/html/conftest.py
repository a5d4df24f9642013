"""The quiz of the throw-away course, ready to be written as a page."""

from dataclasses import replace
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


@pytest.fixture(scope="session", params=["throw-away", "own"])
def quizzes(request, both_languages, course):
    """Return quizzes in both languages: the throw-away one, and all of the course itself."""
    if request.param == "throw-away":
        return [both_languages]
    written = [each for each in course.config.units if (course.root / "exercises" / each.name / "quiz.yaml").is_file()]
    own = replace(course, config=course.config.model_copy(update={"units": tuple(written)}))
    found = [quiz_exports(own, unit, SECRET, 2) for unit in own.quiz_units]
    return found or pytest.skip("the course has no quiz yet")
