"""The names that other people's files hold: hidden tests, settings, scripts. One that goes breaks their course."""

from importlib import import_module
from importlib.metadata import entry_points

import pytest
from typer.main import get_command

from grader.cli.app import app

NAMES = {
    "grader.judge.hidden": "Snippet entries nonzero oracle pick probe quarters sum_of tensors vector_maps",
    "grader.bridges.nbgrader.preprocessors": "GradeExercises RestoreCells WriteFeedback",
    "grader.bridges.nbgrader.export": "GradesPlugin",
    "grader.grading.judge": "open_judge Judge",
    "grader.grading.grade_all": "grade_all local_executor",
    "grader.grading.options": "Options load_assignment",
    "grader.results.facts": "SubmissionFacts",
    "grader.results.report": "Report ClassReport",
}
COMMANDS = {
    "grade": "--out --exercise --course --lang --jobs --isolation --json --layout --roster --times --verbose --log",
    "check": "--course --lang --isolation --json --all --html --watch",
    "release": "--to --course --lang",
    "verify": "--course --draws --json",
    "quiz": "--course --lang",
    "regrade": "--never-lower --out --class --store",
    "export grades": "--to --from --roster --by --out-of --missing --course",
    "bundle gradescope": "--out --isolation --roster --course --lang",
}


@pytest.mark.parametrize("module", NAMES)
def test_a_name_that_others_import_is_there(module):
    """Hidden tests, `nbgrader_config.py` and scripts of other courses import these."""
    found = import_module(module)
    assert [name for name in NAMES[module].split() if not hasattr(found, name)] == []


def test_pytest_finds_the_plugin():
    """Plain `pytest tests/hidden --submission PATH` needs nothing else."""
    assert "grader.judge.plugin" in [each.value for each in entry_points(group="pytest11")]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_keeps_its_options(name):
    """Scripts and workflows of other people call them."""
    command = get_command(app)
    for part in name.split():
        command = command.commands[part]
    options = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    assert set(COMMANDS[name].split()) - options == set()
