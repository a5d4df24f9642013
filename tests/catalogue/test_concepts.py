"""What questions are about has a name in both languages."""

import pytest

from grader.catalogue.concepts import concept_in, load_concepts
from grader.catalogue.course import load_course
from grader.errors import ContentError


def test_a_term_is_told_in_each_language(tmp_path):
    """The English term is the key, the Chinese one stands beside it."""
    path = tmp_path / "concepts.yaml"
    path.write_text("leaf: 叶子张量\n", encoding="utf-8")
    concepts = load_concepts(path)
    assert [concept_in(concepts, "leaf", each) for each in ("en", "zh")] == ["leaf", "叶子张量"]
    assert concept_in(concepts, "detach", "zh") == "detach"


def test_a_course_need_not_name_its_concepts(tmp_path):
    """Where there is no such file, English terms stand for themselves."""
    assert load_concepts(tmp_path / "concepts.yaml") == {}


def test_a_term_without_a_name_is_told_by_file_and_line(tmp_path):
    """The author reads where to write it."""
    path = tmp_path / "concepts.yaml"
    path.write_text("leaf: 叶子张量\ndetach: ''\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"concepts\.yaml:2: detach"):
        load_concepts(path)


def test_every_concept_of_the_course_has_both_names(root):
    """No student reads a term of the other language in a quiz, and no name is left over."""
    course = load_course(root)
    asked = {each for questions in course.quizzes.values() for one in questions for each in one.sheet.concepts}
    taught = {each for exercise in course.exercises for each in exercise.sheet.concepts}
    assert asked <= course.concepts.keys() <= asked | taught
