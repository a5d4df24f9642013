"""The assignment of ten asserts as a course of nbgrader's, graded by nbgrader as it comes or with our judge in it."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import nbformat
from measure import Cost, run
from ten_asserts import TASKS, UNIT, answers, notebook, starter_sources

ASSIGNMENT, NOTEBOOK = "ps", UNIT


class NbgraderCourse:
    """An nbgrader course whose submissions are graded again and again."""

    def __init__(self, folder: Path, settings: str = "") -> None:
        """Make the course and generate its assignment; `settings` are lines of `nbgrader_config.py`."""
        self.folder = folder
        self.is_ours = bool(settings)
        folder.mkdir(parents=True)
        (folder / "nbgrader_config.py").write_text(f"c = get_config()\n{settings}", encoding="utf-8")
        self.write(folder / "source" / ASSIGNMENT / f"{NOTEBOOK}.ipynb", starter_sources())
        self.run("generate_assignment", ASSIGNMENT)

    def write(self, path: Path, sources: list[str]) -> None:
        """Write a notebook with a source per function."""
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook(sources, judged=self.is_ours), path)

    def run(self, *arguments: str) -> Cost:
        """Run a command of nbgrader; return what it cost."""
        own = dict.fromkeys(("JUPYTER_CONFIG_DIR", "IPYTHONDIR"), str(self.folder / ".jupyter"))
        own["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # nbgrader starts alembic
        return run([sys.executable, "-m", "nbgrader", *arguments], cwd=self.folder, environment=own)

    def autograde(self, count: int) -> Cost:
        """Grade `count` submissions anew; return what it cost."""
        for part in ("submitted", "autograded"):
            shutil.rmtree(self.folder / part, ignore_errors=True)
        for number, sources in enumerate(answers(count)):
            self.write(self.folder / "submitted" / f"student{number:05}" / ASSIGNMENT / f"{NOTEBOOK}.ipynb", sources)
        return self.run("autograde", ASSIGNMENT)


__all__ = ["ASSIGNMENT", "TASKS", "NbgraderCourse"]
