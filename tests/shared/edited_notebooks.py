"""A student's copy of a released notebook, and what an editor may make of it."""

from copy import deepcopy

from nbformat import v4


class Work:
    """A student's copy of the released notebook."""

    def __init__(self, cells):
        self.cells = cells

    def at(self, name):
        """Return the cell of a name."""
        return next(each for each in self.cells if each.metadata.get("nbgrader", {}).get("grade_id") == name)

    def answer(self, answers):
        """Fill in the quiz."""
        cell = next(each for each in self.cells if each.source.startswith("quiz_answers"))
        cell.source = f"# my answers\nquiz_answers = {answers!r}"


def stripped(work):
    """Take the autograder cell's place with a cell that says the full mark itself."""
    cell = work.at("weighted_grad-autograde")
    cell.source = "4.0"
    cell.outputs = [v4.new_output("execute_result", {"text/plain": "4.0"})]


def duplicated(work):
    """Give the autograder cell and the answer copies, the last of which are wrong."""
    for name in ("weighted_grad-autograde", "weighted_grad-solution"):
        copy = deepcopy(work.at(name))
        copy.source = "raise SystemExit"
        work.cells.append(copy)


def deleted(work):
    """Keep nothing of the release but the code, in ordinary cells, upside down."""
    kept = [v4.new_code_cell(work.at(f"{slug}-solution").source) for slug in ("sum_backward", "weighted_grad")]
    work.cells[:] = kept


def promoted(work):
    """Say that the autograder cells are worth more, and that nobody locks or grades them."""
    work.at("weighted_grad-autograde").metadata["nbgrader"].update(points=1000, locked=False)
    work.at("sum_backward-autograde").metadata["nbgrader"].update(grade=False, solution=True, task=True)


def mangled(work):
    """Write metadata of forms that nbgrader never made."""
    work.at("sum_backward-autograde").metadata["nbgrader"].update(points="many", schema_version=99, grade_id=7)
    work.at("weighted_grad-solution").metadata["nbgrader"] = {"grade": True, "locked": True}
    work.at("weighted_grad-autograde").metadata["nbgrader"] = "a text"
    work.cells.append(v4.new_code_cell("1", metadata={"nbgrader": {"grade_id": "head", "grade": True}}))
    work.cells.append(v4.new_code_cell("1", metadata={"nbgrader": ["a list"]}))


def foreign(work):
    """Add graded cells of one's own, one under the name of an exercise that nobody gave out."""
    for name in ("vjp_matmul-autograde", "free"):
        known = {"grade_id": name, "grade": True, "solution": False, "locked": True, "points": 50, "schema_version": 3}
        work.cells.append(v4.new_code_cell("50.0", metadata={"nbgrader": {**known, "task": False}}))


EDITS = {
    "stripped": stripped,
    "duplicated": duplicated,
    "promoted": promoted,
    "foreign": foreign,
}
HARMLESS_EDITS = {"deleted": deleted, "mangled": mangled, "moved": lambda work: work.cells.reverse()}
