"""What becomes of a released unit in the real nbgrader."""

import ast
from types import SimpleNamespace

import pytest
from nbgrader_course import REFERENCE, by_grade_id, cells_in, query

from grader.catalogue.one_language import in_one_language
from grader.catalogue.question import load_quiz
from grader.catalogue.rules import CANARY

UNIT, SLUG = "weights", "weighted_grad"


@pytest.fixture(scope="session")
def walk(collected_class):
    """Return the places of one unit on its way, and of the submission that is right."""
    return SimpleNamespace(
        course=collected_class.folder,
        source=collected_class.source(UNIT),
        released=collected_class.released(UNIT),
        fetched=collected_class.fetched(UNIT),
        collected=collected_class.submitted(UNIT, REFERENCE),
    )


def known(path):
    """Return the cells that nbgrader knows, by its id."""
    return by_grade_id(cells_in(path))


def distinctive(path, given):
    """Return the long lines of a withheld file that stand in nothing that students get."""
    lines = {line.strip() for line in path.read_text(encoding="utf-8").splitlines()}
    return {line for line in lines if len(line) > 25 and line not in given}


def test_no_folder_of_nbgraders_holds_anything_withheld(walk, course, root):
    """No canary, and no line of a solution, a wrong solution or a hidden test, before and after nbgrader's own step."""
    given = "\n".join(path.read_text(encoding="utf-8") for path in (root / "exercises").rglob("*.*") if path.is_file())
    places = [root / "solutions" / UNIT, root / "tests" / "hidden" / UNIT]
    withheld = [path for place in places for path in place.rglob("*.*") if path.suffix in (".py", ".yaml")]
    secret = set().union(*(distinctive(path, given) for path in withheld))
    assert len(secret) > 100
    for path in (walk.source, walk.released):
        text = "\n".join(cell.source for cell in cells_in(path))
        assert CANARY not in text
        assert [line for line in secret if line in text] == []
    solution = "\n".join(cell.source for cell in cells_in(walk.collected))
    assert [line for line in secret if line in solution], "the search would not see a solution"
    assert course.select_parts([SLUG])[0][0].solution in withheld


def test_the_gradebook_knows_every_point(walk, course):
    """The exercise and the quiz are worth what config.yaml says, each free-text question its own points."""
    (exercise,), (unit,) = course.select_parts([SLUG])[0], course.select_units([UNIT])
    rows = query(
        walk.course,
        "SELECT base_cell.name, grade_cells.max_score FROM grade_cells JOIN base_cell USING (id)"
        " JOIN notebook ON notebook.id = base_cell.notebook_id WHERE notebook.name = ?",
        UNIT,
    )
    points = {name: score for name, score in rows if score}
    assert points[f"{SLUG}-autograde"] == exercise.points
    assert points[f"quiz-{UNIT}-autograde"] == unit.quiz.points
    assert points["text-why_coefficient_fails"] == 1
    assert len(points) == 3
    assert {name for name, score in rows if not score} == {f"{SLUG}-visible-{number}" for number in range(1, 6)}


def test_the_stub_stays_usable(walk, course):
    """In the body stands nbgrader's own mark; signature, contract and imports stay."""
    source = known(walk.released)[f"{SLUG}-solution"].source
    starter = in_one_language(course.select_parts([SLUG])[0][0].starter.read_text(encoding="utf-8").rstrip(), "en")
    assert source == starter.replace("raise NotImplementedError", "# YOUR CODE HERE\n    raise NotImplementedError()")
    namespace = {}
    exec(source, namespace)
    with pytest.raises(NotImplementedError):
        namespace[SLUG](None, None, None)


def test_nothing_else_is_changed_on_the_way_to_the_student(walk):
    """Texts, tests, the cell for quiz answers and the questions reach the student as the source has them."""
    before, after = cells_in(walk.source), cells_in(walk.released)
    changed = [old.source for old, new in zip(before, after, strict=True) if old.source != new.source]
    assert len(changed) == 1
    assert "BEGIN SOLUTION" in changed[0]
    assert [cell.source for cell in cells_in(walk.fetched)[:1]] == [after[0].source]


def test_the_quiz_answers_can_be_read_after_the_walk(walk, course):
    """One cell assigns a plain dict with every question that a computer marks; students can't delete it."""
    (cell,) = [cell for cell in cells_in(walk.collected) if cell.source.startswith("quiz_answers")]
    (statement,) = ast.parse(cell.source).body
    asked = [each.id for each in load_quiz(course.root, UNIT) if each.kind != "text"]
    assert ast.literal_eval(statement.value) == dict.fromkeys(asked)
    assert cell.metadata.deletable is False


def test_the_submission_that_is_collected_is_what_was_handed_in(walk, course):
    """Ids, locks and the student's work come back whole."""
    submitted, source = known(walk.collected), known(walk.source)
    assert list(submitted) == list(source)
    solution = course.select_parts([SLUG])[0][0].solution.read_text(encoding="utf-8")
    assert submitted[f"{SLUG}-solution"].source == solution.removeprefix(f"{CANARY}\n")
    assert submitted[f"{SLUG}-autograde"].source == f"# graded by Autograd Grader: {SLUG}"
    assert not submitted[f"{SLUG}-autograde"].metadata.editable


def test_the_whole_notebook_runs_once_the_function_is_written(walk):
    """Every code cell of the handed-in notebook runs, autograder cells and quiz answers included."""
    namespace = {"__name__": "__main__"}
    for cell in cells_in(walk.collected):
        if cell.cell_type == "code":
            exec(cell.source, namespace)
    assert {SLUG, "quiz_answers", "test_arguments_are_left_alone"} <= set(namespace)
