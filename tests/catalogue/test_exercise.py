"""One exercise: its sheet, and where its files lie."""

import pytest

from grader.catalogue.exercise import load_exercise
from grader.errors import ContentError


@pytest.fixture
def problem_of(copied, exercise):
    """Return what replaces a text in the sheet, and gives the line and the words of the error."""
    sheet = exercise.folder / "exercise.yaml"

    def problem(old, new):
        text = sheet.read_text(encoding="utf-8")
        assert old in text, "the sheet holds what is to be broken"
        sheet.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(ContentError) as caught:
            load_exercise(copied, exercise.unit, exercise.slug, 4)
        assert caught.value.path == sheet
        assert caught.value.line == text[: text.index(old)].count("\n") + 1
        return caught.value.problem

    return problem


def test_the_files_of_an_exercise_mirror_each_other(copied, exercise):
    """One slug in three places: what students get, what is withheld, what judges."""
    assert exercise.starter == copied / "exercises/weights/weighted_grad/weighted_grad.py"
    assert exercise.public_tests == copied / "exercises/weights/weighted_grad/test_weighted_grad.py"
    assert exercise.solution == copied / "solutions/weights/weighted_grad/weighted_grad.py"
    assert exercise.hidden_tests == copied / "tests/hidden/weights/test_weighted_grad_hidden.py"
    places = (exercise.starter, exercise.public_tests, exercise.solution, exercise.hidden_tests)
    assert all(path.is_file() for path in places)


def test_a_sheet_knows_what_its_exercise_is(exercise):
    """Title, entry points and hints are those of `exercise.yaml`; the points are the course's."""
    assert exercise.sheet.entry_points == ("weighted_grad",)
    assert exercise.sheet.title.in_language("zh") != exercise.sheet.title.in_language("en")
    assert len(exercise.sheet.hints) == 3
    assert exercise.points == 4


def test_wrong_solutions_are_known_by_their_misconception(exercise):
    """The file's name begins with the id; the order is that of the names."""
    wrong = exercise.solution.parent / "wrong"
    for path in wrong.iterdir():
        path.unlink()
    for name in ("m101_b.py", "m05_a.py", "m05_a_again.py", "notes.txt"):
        (wrong / name).touch()
    found = [(each.name, each.misconception) for each in exercise.wrong_solutions]
    assert found == [("m05_a", "M05"), ("m05_a_again", "M05"), ("m101_b", "M101")]


def test_parameters_do_not_depend_on_the_starter(exercise):
    """A report calls the arguments as the course does, also where the starter is a learner's broken file."""
    exercise.starter.write_text("import torch\ndef weighted_grad(:\n", encoding="utf-8")
    assert exercise.parameters == {"weighted_grad": ("f", "x", "v")}


def test_a_solution_that_is_not_python_is_told_by_its_line(exercise):
    """The author's mistake is named by file and line."""
    exercise.solution.write_text("import torch\ndef weighted_grad(:\n", encoding="utf-8")
    with pytest.raises(ContentError, match="the solution is not valid Python") as caught:
        _ = exercise.parameters
    assert (caught.value.path, caught.value.line) == (exercise.solution, 2)


def test_a_missing_sheet_is_told_as_missing(copied, exercise):
    """An exercise that `config.yaml` lists and nobody wrote is named by the file that is not there."""
    (exercise.folder / "exercise.yaml").unlink()
    with pytest.raises(ContentError, match=r"exercise\.yaml: the file is missing; create it or correct the name"):
        load_exercise(copied, exercise.unit, exercise.slug, 4)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("version: 1", "version: 3", "version must be 1, not 3"),
        ("entry_points: [weighted_grad]", "entry_points: []", "entry_points needs at least 1 of them"),
        (
            "entry_points: [weighted_grad]",
            "entry_points: weighted_grad",
            "entry_points must be a list, as `[a, b]`, not 'weighted_grad'",
        ),
        ("needs: []", "needs: [Weighted Grad]", "needs.0 must be lower-case letters, digits and _"),
        ("required: []", "requires: []", "requires is not a known key; did you mean required?"),
        ("hints:", "hints: []\nmore:", "hints needs at least 3 of them and has 0; add more"),
    ],
)
def test_a_broken_sheet_is_told_by_its_line(problem_of, old, new, problem):
    """Wrong types, unknown keys and lists of another length name their line and key."""
    assert problem in problem_of(old, new)


@pytest.mark.parametrize("count", [2, 4])
def test_there_are_exactly_three_hints(copied, exercise, count):
    """Where to look, which idea, almost the line: no fewer and no more."""
    sheet = exercise.folder / "exercise.yaml"
    head = sheet.read_text(encoding="utf-8").partition("hints:")[0]
    sheet.write_text(head + "hints:\n" + "  - {en: a, zh: 甲}\n" * count, encoding="utf-8")
    with pytest.raises(ContentError, match=r"hints (needs at least 3 of them|has too many entries; 3 are the most)"):
        load_exercise(copied, exercise.unit, exercise.slug, 4)
