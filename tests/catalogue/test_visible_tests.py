"""Public tests as cells: the same asserts on the same values, without pytest."""

import ast
import re
import shutil
from pathlib import Path

import pytest

from grader.catalogue.course import load_course
from grader.catalogue.visible_tests import visible_tests
from grader.errors import ContentError

pytestmark = pytest.mark.filterwarnings("ignore:.*torch.jit.script:DeprecationWarning")  # torch.func's own first use
SLUG = "weighted_grad"
NAMES = [exercise.slug for exercise in load_course(Path(__file__).parents[2]).exercises]


@pytest.fixture
def cells_of(tmp_path, root):
    """Return what gives the cells of public tests of the caller's own."""
    for part in ("exercises", "solutions"):
        shutil.copytree(root / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "config.yaml", tmp_path)
    (exercise,) = load_course(tmp_path).select_parts([SLUG])[0]

    def cells(text):
        exercise.public_tests.write_text(text, encoding="utf-8")
        return visible_tests(exercise.public_tests, exercise.slug)

    return cells


def run(cells, answer, name="__main__"):
    """Return what each cell raises after `answer`, by name, or an empty text; Jupyter calls itself `__main__`."""
    namespace = {"__name__": name}
    exec(answer, namespace)
    exec(cells.setup, namespace)
    found = []
    for test in cells.tests:
        try:
            exec(test.cell(), namespace)
        except Exception as problem:  # noqa: BLE001 - whatever it is, the cell shows it
            found.append(type(problem).__name__)
        else:
            found.append("")
    return found


@pytest.mark.parametrize("slug", NAMES)
def test_each_test_becomes_a_cell_that_needs_torch_alone(course, slug):
    """There are as many cells as tests, in their order, and none of them knows pytest or the file of the exercise."""
    (exercise,) = course.select_parts([slug])[0]
    cells = visible_tests(exercise.public_tests, exercise.slug)
    tests = re.findall(r"^def (test_\w+)", exercise.public_tests.read_text(encoding="utf-8"), re.MULTILINE)
    assert [test.name for test in cells.tests] == tests
    for source in (cells.setup, *(test.cell() for test in cells.tests)):
        assert "pytest" not in source
        imports = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import | ast.ImportFrom)]
        assert {ast.unparse(node) for node in imports} <= {"import torch"}


def test_the_cells_call_nothing_where_a_notebook_is_graded(course):
    """There the functions are asked by the course's own checks; a test that hangs must not keep them from it."""
    (exercise,) = course.select_parts([SLUG])[0]
    assert set(
        run(
            visible_tests(exercise.public_tests, exercise.slug),
            "def weighted_grad(f, x, v): raise AssertionError",
            "weights",
        )
    ) == {""}


@pytest.mark.parametrize("slug", NAMES)
def test_the_cells_judge_as_the_tests_do(course, slug):
    """The solution passes every cell, the starter none."""
    (exercise,) = course.select_parts([slug])[0]
    cells = visible_tests(exercise.public_tests, exercise.slug)
    assert set(run(cells, exercise.solution.read_text(encoding="utf-8"))) == {""}
    assert "" not in run(cells, exercise.starter.read_text(encoding="utf-8"))


def test_a_wrong_answer_fails_in_the_cell_that_tests_it(cells_of):
    """Every value of a repeated test is tried, the last one too."""
    cells = cells_of(
        "import pytest\nfrom weighted_grad import weighted_grad\n\n\n"
        '@pytest.mark.parametrize("x", [1, 2, 3])\ndef test_it(x):\n    assert weighted_grad(x) == x\n\n\n'
        "def test_one():\n    assert weighted_grad(1) == 1\n"
    )
    assert cells.setup == ""
    assert run(cells, "def weighted_grad(x): return min(x, 2)") == ["AssertionError", ""]
    assert run(cells, "def weighted_grad(x): return x") == ["", ""]


def test_a_repeated_test_is_a_loop_over_its_values(cells_of):
    """The values stand as the author wrote them, with the names in the test's own order."""
    cells = cells_of(
        '@pytest.mark.parametrize(\n    ("x", "y"),\n    [\n        (1, 2),\n        (3, 4),\n    ],\n    ids="ab",'
        "\n)\ndef test_it(y, x):\n    assert x < y\n"
    )
    loop = "    for x, y in [\n        (1, 2),\n        (3, 4),\n    ]:\n        test_it(y, x)"
    (test,) = cells.tests
    assert test.cell() == f'def test_it(y, x):\n    assert x < y\n\n\nif __name__ == "__main__":\n{loop}'
    assert run(cells, "") == [""]


def test_what_the_tests_use_comes_before_them(cells_of):
    """Constants and functions keep their text and their decorators."""
    setup = "import torch\n\nX = torch.ones(2)\n\n\n@torch.no_grad()\ndef double(x):\n    return 2 * x"
    cells = cells_of(
        f'"""Public tests."""\n\nimport pytest\n{setup}\n\n\ndef test_it():\n    assert double(X).sum() == 4\n'
    )
    assert cells.setup == setup
    assert run(cells, "") == [""]


@pytest.mark.parametrize(
    ("text", "problem", "line"),
    [
        ("def test_it(tmp_path):\n    pass\n", "test_it takes other arguments than it is given", 1),
        ("def test_it():\n    with pytest.raises(ValueError):\n        pass\n", "pytest is used inside", 2),
        ("@pytest.fixture\ndef x():\n    return 1\n", "pytest is used inside", 1),
        ("@pytest.mark.skip\ndef test_it():\n    pass\n", "can't be written as a loop", 2),
        (
            '@pytest.mark.parametrize("x", [1])\n@pytest.mark.parametrize("y", [2])\ndef test_it(x, y):\n    pass\n',
            "can't be written as a loop",
            3,
        ),
        ('@pytest.mark.parametrize("x", [pytest.param(1)])\ndef test_it(x):\n    pass\n', "pytest is used inside", 1),
        ("class TestIt:\n    def test_it(self):\n        pass\n", "TestIt is a class of tests", 1),
    ],
)
def test_what_a_notebook_can_not_do_is_told_by_line(cells_of, text, problem, line):
    """Nothing is left out in silence: the author is told where, and what to use instead."""
    with pytest.raises(ContentError, match="use plain asserts") as caught:
        cells_of(text)
    assert problem in caught.value.problem
    assert (caught.value.path.name, caught.value.line) == (f"test_{SLUG}.py", line)


def test_a_cell_says_that_its_test_passed(course, capsys):
    """In Jupyter a passing test prints a line; a failing one raises and prints none."""
    (exercise,) = course.select_parts([SLUG])[0]
    public = visible_tests(exercise.public_tests, exercise.slug)
    namespace = {"__name__": "__main__"}
    exec(exercise.solution.read_text(encoding="utf-8"), namespace)
    exec(public.setup, namespace)
    exec(public.tests[0].cell("✓ passed"), namespace)
    assert capsys.readouterr().out == "✓ passed\n"
    exec("def weighted_grad(f, x, v): return x", namespace)
    with pytest.raises(AssertionError):
        exec(public.tests[0].cell("✓ passed"), namespace)
    assert capsys.readouterr().out == ""
