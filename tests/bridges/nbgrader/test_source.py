"""Source notebooks: nbgrader's metadata, and nothing to hide."""

import ast
import json
import shutil

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator
from sample_exercises import COURSE

from grader.bridges.nbgrader.source import source_cells, source_release
from grader.catalogue.course import load_course
from grader.catalogue.one_language import in_one_language

UNIT, SLUG = "weights", "weighted_grad"


@pytest.fixture
def copied(tmp_path, root):
    """Return the folder of a course that may be changed."""
    for part in ("exercises", "solutions"):
        shutil.copytree(root / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / COURSE, tmp_path / "config.yaml")
    return tmp_path


def cells_of(course, unit=UNIT, language="en"):
    """Return the cells of a unit by their names."""
    (entry,) = course.select_units([unit])
    return {cell.name: cell for cell in source_cells(course, entry, language)}


def kind_of(cell):
    """Return what nbgrader takes a cell for: what it may do, and its points."""
    meta = cell.metadata.get("nbgrader", {})
    marks = {name for name in ("grade", "solution", "locked", "task") if meta.get(name)}
    return marks, meta.get("points")


def quizzed(course):
    """Return the names of the units whose questions lie in the course's folder."""
    return [each for each in course.quiz_units if (course.root / "exercises" / each / "quiz.yaml").is_file()]


def test_nbgrader_accepts_every_source_notebook(course):
    """The metadata are those of its schema, version 3, and each id stands once."""
    files = source_release(course, course.select_units(quizzed(course)), "en")
    assert files
    for name, content in files.items():
        unit = name.split("/")[1]
        assert name == f"source/{unit}/{unit}.ipynb"
        notebook = nbformat.reads(content.decode(), as_version=4)
        nbformat.validate(notebook)
        MetadataValidator().validate_nb(notebook)


def test_a_broken_mark_would_be_refused_by_nbgrader(course):
    """The check above is nbgrader's own and does see a cell without points."""
    (content,) = source_release(course, course.select_units([UNIT]), "en").values()
    notebook = nbformat.reads(content.decode(), as_version=4)
    (cell,) = [each for each in notebook.cells if each.source.endswith(f": {SLUG}")]
    del cell.metadata.nbgrader["points"]
    with pytest.raises(Exception, match="does not have points"):
        MetadataValidator().validate_nb(notebook)


def test_each_cell_is_what_it_says(sample_course):
    """Stubs are to be solved, tests are locked and worth nothing, the autograder cell carries the points."""
    cells = cells_of(sample_course)
    assert kind_of(cells[f"{SLUG}-readme"]) == (set(), None)
    assert kind_of(cells[f"{SLUG}-solution"]) == ({"solution"}, None)
    assert kind_of(cells[f"{SLUG}-setup"]) == ({"locked"}, None)
    assert kind_of(cells[f"{SLUG}-visible-1"]) == ({"grade", "locked"}, 0)
    assert kind_of(cells[f"{SLUG}-autograde"]) == ({"grade", "locked"}, 4)
    assert kind_of(cells[f"quiz-{UNIT}-autograde"]) == ({"grade", "locked"}, 2)
    assert kind_of(cells["text-why_coefficient_fails-question"]) == ({"locked"}, None)
    assert kind_of(cells["text-why_coefficient_fails"]) == ({"grade", "solution"}, 1)
    for name, cell in cells.items():
        assert cell.metadata.get("nbgrader", {}).get("grade_id", name) == name


def test_an_autograder_cell_names_what_it_is_for_and_nothing_else(course):
    """It is a comment, so running it is no harm, and it tells the student nothing of the checks."""
    cells = cells_of(course)
    assert cells[f"{SLUG}-autograde"].source == f"# graded by Autograd Grader: {SLUG}"
    assert cells[f"quiz-{UNIT}-autograde"].source == f"# graded by Autograd Grader: quiz-{UNIT}"
    assert ast.parse(cells[f"{SLUG}-autograde"].source).body == []


@pytest.mark.parametrize("slug", ["accumulate_then_zero", SLUG, "sum_backward", "jacobian_via_backward"])
def test_the_stub_stands_where_nbgrader_expects_the_solution(course, slug):
    """The region holds the starter's own `raise` and nothing else; without the marks it is the starter."""
    (exercise,) = course.select_parts([slug])[0]
    lines = cells_of(course, exercise.unit)[f"{slug}-solution"].source.split("\n")
    start, end = lines.index("    ### BEGIN SOLUTION"), lines.index("    ### END SOLUTION")
    assert lines[start + 1 : end] == ["    raise NotImplementedError"]
    unmarked = "\n".join(line for line in lines if "SOLUTION" not in line)
    assert unmarked == in_one_language(exercise.starter.read_text(encoding="utf-8"), "en").rstrip()


def test_every_function_of_a_starter_gets_its_region(copied):
    """An exercise may ask for two functions; what they share is not emptied."""
    course = load_course(copied)
    starter = course.select_parts([SLUG])[0][0].starter
    head = f'LIMIT = 3\n\n\ndef {SLUG}(x):\n    """One."""\n    raise NotImplementedError\n\n\n'
    starter.write_text(f'{head}def second(x):\n    """Two."""\n    raise NotImplementedError("write me")\n')
    source = cells_of(course)[f"{SLUG}-solution"].source
    assert source.startswith(f"LIMIT = 3\n\n\ndef {SLUG}(x):")
    assert source.count("    ### BEGIN SOLUTION\n    raise NotImplementedError") == 2
    assert source.count("\n    ### END SOLUTION") == 2


def test_every_method_of_a_class_gets_its_region(copied):
    """An exercise may ask for a class: its methods are emptied, and the class stays."""
    course = load_course(copied)
    starter = course.select_parts([SLUG])[0][0].starter
    body = "    def {}(self):\n        raise NotImplementedError\n"
    head = f'def {SLUG}(x):\n    """One."""\n    raise NotImplementedError\n\n\n'
    starter.write_text(f"{head}class Two:\n{body.format('a')}\n{body.format('b')}")
    source = cells_of(course)[f"{SLUG}-solution"].source
    assert source.count("        ### BEGIN SOLUTION\n        raise NotImplementedError\n        ### END SOLUTION") == 2


def test_quiz_answers_are_a_plain_dict(course):
    """Every question that a computer marks stands in it once, unanswered; free text does not."""
    (statement,) = ast.parse(cells_of(course)[f"quiz-{UNIT}-answers"].source).body
    answers = ast.literal_eval(statement.value)
    assert statement.targets[0].id == "quiz_answers"
    assert "table_of_weights" in answers
    assert "why_coefficient_fails" not in answers
    assert set(answers.values()) == {None}


def test_a_unit_of_questions_alone_is_released_too(sample_course):
    """Its notebook holds the quiz."""
    cells = cells_of(sample_course, "graph")
    assert kind_of(cells["quiz-graph-autograde"]) == ({"grade", "locked"}, 3)
    assert not [name for name in cells if name.endswith("-solution")]


def test_a_unit_without_a_quiz_has_no_cells_for_one(copied):
    """Then the exercise is all there is."""
    path = copied / "config.yaml"
    before, unit, after = path.read_text(encoding="utf-8").partition(f"  - name: {UNIT}\n")
    path.write_text(before + unit + after.replace("    quiz: {points: 2}\n", "", 1), encoding="utf-8")
    assert not [name for name in cells_of(load_course(copied)) if name.startswith(("quiz", "text"))]


@pytest.mark.parametrize(("language", "told"), [("en", "write each answer in place of"), ("zh", "换成你的答案")])
def test_what_students_read_is_in_the_chosen_language(course, language, told):
    """The way to answer and the question itself are in one language."""
    cells = cells_of(course, language=language)
    assert told in cells[f"quiz-{UNIT}"].source
    question = cells["text-why_coefficient_fails-question"].source
    assert ("classmate" in question) == (language == "en")


def test_a_free_text_question_with_numbers_of_its_own_is_left_to_the_sheet(copied):
    """Its numbers are each student's own, so the notebook says where to find it instead of showing a blank form."""
    path = copied / "exercises" / UNIT / "quiz.yaml"
    text = path.read_text(encoding="utf-8")
    head, mark, tail = text.partition("    kind: text\n")
    path.write_text(f"{head}{mark}    draw:\n      a: {{integers: [1, 9]}}\n{tail}", encoding="utf-8")
    source = cells_of(load_course(copied))["text-why_coefficient_fails-question"].source
    assert "on your answer sheet, under the name `why_coefficient_fails`" in source
    assert "classmate" not in source


def test_the_code_of_a_free_text_question_is_shown(copied):
    """A question about a program comes with the program."""
    path = copied / "exercises" / UNIT / "quiz.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "    code: |\n      y = 2 * x\n", encoding="utf-8")
    assert "```python\ny = 2 * x\n```" in cells_of(load_course(copied))["text-why_coefficient_fails-question"].source


def test_the_same_course_gives_the_same_source(course):
    """A second release has the same bytes, so that an instructor's change can be told from ours."""
    units = course.select_units([UNIT])
    first, second = (source_release(course, units, "en") for _ in range(2))
    assert first == second
    assert json.loads(first[f"source/{UNIT}/{UNIT}.ipynb"])["nbformat_minor"] == 5
