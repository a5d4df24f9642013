"""`solutions/misconceptions.yaml`: what learners believe, by id."""

import pytest

from grader.catalogue.misconceptions import load_misconceptions
from grader.errors import ContentError

TEXT = """\
# What learners believe.
- id: M05
  name: saved_grad_is_an_alias
  title: {en: A name is no copy, zh: 名字不是副本}
  explanation: {en: You kept the tensor itself., zh: 你保留的是张量本身。}
  document: "001"
- id: M100
  name: result_is_the_grad
  title: {en: Two, zh: 二}
  explanation: {en: Second., zh: 第二。}
  document: beyond
"""


@pytest.fixture
def read(tmp_path):
    """Return what reads a text as the misconceptions' file."""

    def read_text(text):
        path = tmp_path / "misconceptions.yaml"
        path.write_text(text, encoding="utf-8")
        return load_misconceptions(path)

    return read_text


def test_misconceptions_are_found_by_id(read):
    """A diagnosis looks up its title and explanation in the report's language."""
    found = read(TEXT)
    assert list(found) == ["M05", "M100"]
    assert found["M05"].title.in_language("zh") == "名字不是副本"
    assert found["M100"].explanation.in_language("en") == "Second."


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ("id: M100", "id: X100", 7, "1.id must be M and two or three digits, as in M101"),
        ("id: M100", "id: M1", 7, "1.id must be M and two or three digits, as in M101"),
        ("name: saved_grad_is_an_alias", "name: saved grad", 3, "0.name must be letters, digits and _"),
        (", zh: 二", "", 9, "1.title.zh is missing; add it"),
        ("  document: beyond\n", "", 7, "1.document is missing; add it"),
        ('document: "001"', 'documents: "001"', 6, "0.documents is not a known key; did you mean document?"),
        ('document: "001"', "document: 001", 6, "0.document must be a text, not 1; put it in quotes"),
    ],
)
def test_a_broken_misconception_is_told_by_its_line(read, old, new, line, problem):
    """Ids, names and texts keep their form, in both languages."""
    with pytest.raises(ContentError) as caught:
        read(TEXT.replace(old, new))
    assert caught.value.line == line
    assert problem in caught.value.problem


def test_an_id_that_stands_twice_is_refused(read):
    """Two descriptions of one id would leave it open which a student reads."""
    with pytest.raises(ContentError, match="M05 stands twice; give one of them another id") as caught:
        read(TEXT.replace("id: M100", "id: M05"))
    assert caught.value.path.name == "misconceptions.yaml"
