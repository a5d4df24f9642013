"""`docs/documents.md`: fresh, complete, and made from the course alone."""

import re

from grader.catalogue.course import load_course
from grader.verify.documents import owed_outputs
from grader.verify.documents_page import PAGE, RECORDS, Record, documents_page, is_fresh
from grader.yamlfile import load_yaml


def test_the_page_is_fresh(course):
    """It says what the course holds now; `make docs` writes it again."""
    assert (course.root / PAGE).read_text(encoding="utf-8") == documents_page(course), "run `make docs`"
    assert is_fresh(course)


def test_every_output_that_is_owed_is_held(course):
    """Each owed output stands there once, with a check that compares with it or a question that computes it."""
    lines = documents_page(course).splitlines()
    for output in owed_outputs(course):
        (line,) = [each for each in lines if each.startswith(f"| {output} |")]
        held = line.rsplit(" | ", 1)[1]
        assert re.search(r"`\w+\.\w+`|\*\*\w+: `\w+`\*\*", held), line


def test_every_id_that_the_course_names_is_on_the_page(course):
    """No exercise and no question names an output, a claim or an erratum that nobody wrote down."""
    known = {each.id for each in load_yaml(course.root / RECORDS, tuple[Record, ...])}
    named = {each for exercise in course.exercises for each in exercise.sheet.documents}
    named |= {each for questions in course.quizzes.values() for one in questions for each in one.sheet.documents}
    assert {each for each in named if re.match(r"d\d-[a-z]\d", each)} <= known


def test_a_course_without_documents_has_no_such_page(quiz_root):
    """Only this course has five documents."""
    assert is_fresh(load_course(quiz_root)) is None
