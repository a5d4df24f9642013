"""What `nbgrader_config.py` makes of nbgrader."""

from pathlib import Path

from nbgrader.converters import Autograde
from traitlets.config import PyFileConfigLoader
from traitlets.utils.importstring import import_item

from grader.bridges.nbgrader.course_config import AUTOGRADE, SANITIZE, judge_config, whole_config

OURS = "grader.bridges.nbgrader.preprocessors."


def loaded(folder, text):
    """Return what nbgrader's own reader makes of a settings file."""
    (folder / "nbgrader_config.py").write_text(text, encoding="utf-8")
    return PyFileConfigLoader("nbgrader_config.py", path=str(folder)).load_config()


def test_nbgrader_reads_the_settings(tmp_path):
    """The course's id, the list of steps and the folder of our course arrive, quotes and blanks included."""
    settings = loaded(tmp_path, whole_config(Path("/courses/Ada's course"), "autograd"))
    assert settings.CourseDirectory.course_id == "autograd"
    assert settings.Autograde.autograde_preprocessors == list(AUTOGRADE)
    assert settings.Autograde.sanitize_preprocessors == list(SANITIZE)
    assert settings.GradeExercises.course == "/courses/Ada's course"


def test_the_steps_are_nbgraders_own_but_for_ours():
    """One step of nbgrader's is replaced, one of ours is added after the grades are saved, and none is lost."""
    names = [name.rpartition(".")[2] for name in AUTOGRADE]
    own = [each.__name__ for each in Autograde().autograde_preprocessors]
    assert names[0] == "GradeExercises"
    assert own[0] == "Execute"
    assert names.index("WriteFeedback") == names.index("SaveAutoGrades") + 1
    assert [name for name in names[1:] if name != "WriteFeedback"] == own[1:]


def test_every_step_of_nbgraders_is_found_by_its_name():
    """The dotted names lead to the very classes of nbgrader's list."""
    found = [import_item(name) for name in AUTOGRADE if not name.startswith(OURS)]
    assert found == Autograde().autograde_preprocessors[1:]
    kept = [import_item(name) for name in SANITIZE if not name.startswith(OURS)]
    replaced = {"DeduplicateIds", "OverwriteCells"}
    assert kept == [each for each in Autograde().sanitize_preprocessors if each.__name__ not in replaced]


def test_the_lines_to_add_are_part_of_the_whole(tmp_path):
    """Who keeps a settings file of their own adds the same lines that a new one has."""
    lines = judge_config(Path("/course"))
    assert lines in whole_config(Path("/course"), "autograd")
    settings = loaded(tmp_path, f"c = get_config()\nc.CourseDirectory.course_id = 'own'\n{lines}")
    assert settings.GradeExercises.course == "/course"
