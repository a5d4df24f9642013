"""Notebooks that students get: valid, the same every time, and whole."""

import ast
import json

import nbformat
import pytest

from grader.bridges.notebook import Cell, exercise_cells, notebook, notebook_release
from grader.catalogue.one_language import in_one_language
from grader.catalogue.release import with_exercises
from grader.catalogue.rules import CHINESE


@pytest.fixture
def released(course):
    """Return the notebooks of the whole course in English, read by the library."""
    files = notebook_release(course, with_exercises(course, []), "en")
    return {name: nbformat.reads(content.decode(), as_version=4) for name, content in files.items()}


def test_there_is_one_notebook_for_each_unit_with_exercises(course, released):
    """Units of questions alone have none."""
    assert set(released) == {f"{unit.name}.ipynb" for unit in course.config.units if unit.exercises}


def test_every_notebook_is_valid(released):
    """The form is that of nbformat 4.5, and nothing was run."""
    for each in released.values():
        nbformat.validate(each)
        assert (each.nbformat, each.nbformat_minor) == (4, 5)
        assert all(cell.outputs == [] for cell in each.cells if cell.cell_type == "code")
        assert len({cell.id for cell in each.cells}) == len(each.cells)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_same_course_gives_the_same_notebooks(course, language):
    """A second release has the same bytes, ids of cells included."""
    units = with_exercises(course, [])
    assert notebook_release(course, units, language) == notebook_release(course, units, language)


def test_an_id_depends_on_the_name_of_the_cell_alone():
    """A changed text keeps its id, so that a change can be seen as one."""
    first, second = (json.loads(notebook([Cell("a", text), Cell("b", text)])) for text in ("old", "new"))
    assert [cell["id"] for cell in first["cells"]] == [cell["id"] for cell in second["cells"]]
    assert first["cells"][0]["id"] != first["cells"][1]["id"]


@pytest.mark.parametrize(("language", "name"), [("en", "README.md"), ("zh", "README.zh.md")])
def test_texts_and_starters_stand_in_it_as_they_are(course, language, name):
    """The text in the chosen language, its maths untouched, then the starter, then the tests."""
    files = notebook_release(course, with_exercises(course, []), language)
    for exercise in course.exercises:
        cells = nbformat.reads(files[f"{exercise.unit}.ipynb"].decode(), as_version=4).cells
        found = [(cell.cell_type, cell.source) for cell in cells]
        text = (exercise.folder / name).read_text(encoding="utf-8").strip()
        start = found.index(("markdown", text))
        starter = exercise.starter.read_text(encoding="utf-8").rstrip()
        assert found[start + 2] == ("code", in_one_language(starter, language))
        rest = [cell.source for cell in exercise_cells(exercise, language).all]
        assert [source for _, source in found[start:]][: len(rest)] == rest


@pytest.mark.parametrize(
    ("language", "headings", "passed"),
    [("en", ("### Your code", "### Tests"), "✓ passed"), ("zh", ("### 你的代码", "### 测试"), "✓ 通过")],
)
def test_headings_part_your_code_from_the_tests(course, language, headings, passed):
    """One heading stands above the starter and one above the tests, which say in the same language that they passed."""
    cells = exercise_cells(course.exercises[0], language)
    assert [cells.your_code.source, cells.testing.source.split("\n")[0]] == list(headings)
    assert [each.kind for each in cells.all[:4]] == ["markdown", "markdown", "code", "markdown"]
    assert all(f"print({passed!r})" in each.source for each in cells.tests)


def test_code_cells_are_in_the_language_of_the_notebook(course):
    """An English notebook's code holds no Chinese, and the docstring of each test in a Chinese one is Chinese."""
    for exercise in course.exercises:
        english, chinese = (exercise_cells(exercise, language) for language in ("en", "zh"))
        code = [english.starter, *english.setup, *english.tests]
        assert not any(CHINESE.search(each.source.replace("✓ passed", "")) for each in code)
        for each in chinese.tests:
            function = next(node for node in ast.parse(each.source).body if isinstance(node, ast.FunctionDef))
            assert CHINESE.search(ast.get_docstring(function)), each.name


def test_the_top_says_what_to_do_in_the_chosen_language(course):
    """The unit's title and the way to hand in are the first that a student reads."""
    units = with_exercises(course, ["weights"])
    for language, told in (("en", "Hand in this notebook"), ("zh", "直接提交本笔记本")):
        first = json.loads(notebook_release(course, units, language)["weights.ipynb"])["cells"][0]
        assert units[0].title.in_language(language) in "".join(first["source"])
        assert told in "".join(first["source"])
