"""The `nbgrader_config.py` of a course: what makes nbgrader hand submissions to our judge.

Owns its text. Knows no module of nbgrader but by name.
"""

from __future__ import annotations

from pathlib import Path

NAME = "nbgrader_config.py"

SANITIZE = (
    "grader.bridges.nbgrader.preprocessors.RestoreCells",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.CheckCellMetadata",
)
"""nbgrader's own list, with `RestoreCells` in place of its `DeduplicateIds` and `OverwriteCells`."""
AUTOGRADE = (
    "grader.bridges.nbgrader.preprocessors.GradeExercises",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "grader.bridges.nbgrader.preprocessors.WriteFeedback",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
)
"""nbgrader's own list, with `GradeExercises` in place of its `Execute`, and `WriteFeedback` where grades are saved."""


def whole_config(course: Path, course_id: str) -> str:
    """Return the text of a new file."""
    return f"c = get_config()\nc.CourseDirectory.course_id = {course_id!r}\n\n{judge_config(course)}"


def judge_config(course: Path) -> str:
    """Return the lines without which nbgrader does not know our judge."""
    sanitize, autograde = ("".join(f'    "{name}",\n' for name in names) for names in (SANITIZE, AUTOGRADE))
    return (
        "# Autograd Grader judges instead of nbgrader's Execute. Without these lines nobody does,\n"
        "# and every autograder cell earns its full points.\n"
        f"c.Autograde.sanitize_preprocessors = [\n{sanitize}]\n"
        f"c.Autograde.autograde_preprocessors = [\n{autograde}]\n"
        f"c.GradeExercises.course = {str(course)!r}\n"
    )
