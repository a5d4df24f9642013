"""The three steps as nbgrader configures them: what can't be switched off, and what its process never loads."""

import subprocess
import sys
from types import SimpleNamespace

import pytest
from nbconvert.exporters import NotebookExporter
from nbformat import v4
from traitlets.config import Config

from grader.bridges.nbgrader import preprocessors
from grader.bridges.nbgrader.desk import NOTEBOOK
from grader.bridges.nbgrader.preprocessors import JUDGED, GradeExercises, RestoreCells, WriteFeedback
from grader.errors import UserError
from grader.results.report import Report


def loaded(statement):
    """Return which of some heavy modules a statement brings into a new Python."""
    script = (
        f"import sys\n{statement}\nprint(*sorted({{'torch', 'pytest', 'hypothesis', 'nbgrader'}} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_nbgraders_process_loads_neither_torch_nor_tests():
    """Both belong to the judge's own process."""
    assert loaded("import grader.bridges.nbgrader.preprocessors, grader.bridges.nbgrader.export") == ["nbgrader"]


def test_the_command_line_does_not_load_nbgrader():
    """Neither for --help nor for a class of ordinary files."""
    assert loaded("import grader.cli.app, grader.grading.grade_all") == []


@pytest.mark.parametrize("step", [RestoreCells, GradeExercises, WriteFeedback])
@pytest.mark.filterwarnings("ignore:Config option `enabled`")
def test_no_step_can_be_switched_off(step):
    """A cell that nobody judged would get its full points."""
    config = Config({step.__name__: {"enabled": False}, "NbGraderPreprocessor": {"enabled": False}})
    exporter = NotebookExporter(config=config)
    exporter.register_preprocessor(f"{step.__module__}.{step.__name__}")
    (made,) = [each for each in exporter._preprocessors if isinstance(each, step)]
    assert made.enabled is True


def test_settings_come_from_nbgraders_configuration():
    """By the class's name, with values that are checked."""
    config = Config({"GradeExercises": {"course": "x", "language": "zh", "isolation": "process"}})
    made = GradeExercises(config=config)
    assert (made.course, made.language, made.isolation) == ("x", "zh", "process")
    with pytest.raises(Exception, match="language"):
        GradeExercises(language="fr")


def test_a_notebook_without_an_autograder_cell_needs_no_judge(monkeypatch):
    """A graded cell of another kind in it gets no point for running nowhere."""
    monkeypatch.setattr(GradeExercises, "judged", lambda *_: pytest.fail("the judge was asked"))
    known = {"grade_id": "test_foo", "grade": True, "solution": False, "locked": True, "points": 2}
    notebook = v4.new_notebook(cells=[v4.new_code_cell("1", metadata={"nbgrader": known}), v4.new_code_cell("2")])
    made, resources = GradeExercises().preprocess(notebook, {"nbgrader": {"student": "ada"}})
    assert made.cells[0].outputs[0].data["text/plain"] == "0.0"
    assert resources[JUDGED].marks["test_foo"].waits
    assert resources[JUDGED].parts == {}


def test_what_the_judge_saw_of_cells_goes_into_them(monkeypatch):
    """Where the judge's answer holds the outputs of code cells, by the notebook's name."""
    report = Report(
        student="ada",
        course="c",
        language="en",
        isolation="sandbox",
        feedback="visible",
        score=0,
        max_score=0,
    )
    printed = {"output_type": "stream", "name": "stdout", "text": "hi"}
    graded = SimpleNamespace(report=report, traces=(), cells={NOTEBOOK: ((), (printed,))})
    monkeypatch.setattr(preprocessors, "desk", lambda: SimpleNamespace(graded=lambda *_: graded))
    known = {"grade_id": "s-autograde", "grade": True, "solution": False, "locked": True, "points": 2}
    notebook = v4.new_notebook(cells=[v4.new_code_cell("", metadata={"nbgrader": known}), v4.new_code_cell("print()")])
    made, resources = GradeExercises().preprocess(notebook, {"nbgrader": {"student": "ada"}})
    assert [each.text for each in made.cells[1].outputs] == ["hi"]
    assert resources[JUDGED].marks["s-autograde"].waits


def test_feedback_without_a_judge_is_told():
    """The instructor reads which line of the settings to mend."""
    with pytest.raises(UserError, match="after GradeExercises"):
        WriteFeedback().preprocess(v4.new_notebook(), {"nbgrader": {}})
